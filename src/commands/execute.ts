import { maySee, requireRole } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import { KeyDestroyed } from '../access/vault/errors.js';
import type { Viewer } from '../access/viewer.js';
import { CommandIdTaken, RevisionConflict } from '../eventstore/errors.js';
import type { EventStore, Receipt } from '../eventstore/port.js';
import type { Clock } from '../kernel/clock.js';
import { fold, type Snapshot } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import { derivedUuid, streamId } from '../kernel/ids.js';
import { legalDayOf } from '../kernel/legalDay.js';
import type { Position } from '../kernel/position.js';
import type { BoundCommand, CommonInput } from './command.js';
import { refusalsOf, rule, ruleSetAt } from './decide.js';
import { loadStream } from './loadStream.js';
import type { Lookup } from './lookup.js';
import { appendEnvelopes, envelopesOf, type Sealer } from './record.js';
import { type Refusal, refusal } from './refusal.js';
import { validate } from './validate.js';

export interface CommandServices {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly lookup: Lookup;
  readonly clock: Clock;
}

export interface Done {
  readonly streamId: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  readonly position: Position;
}

/** Either it is recorded, now or when the same command came before, or there are reasons why not. */
export type Outcome =
  | { readonly done: Done; readonly refused?: undefined }
  | { readonly refused: readonly Refusal[]; readonly done?: undefined };

/** Times that a decision at a desk is taken anew when someone else was faster. */
const TRIES = 3;
const DAY_MS = 24 * 3600_000;

const refused = (...reasons: readonly Refusal[]): Outcome => ({ refused: reasons });

type Input = CommonInput & Record<string, unknown>;

/** The answer of then, if this is the same command of the same actor; otherwise nothing more than that the id is taken. */
function answerAgain(receipt: Receipt, viewer: Viewer, inputHmac: string): Outcome {
  if (receipt.actorId !== viewer.actorId || receipt.inputHmac !== inputHmac)
    return refused(refusal('COMMAND_ID_REUSED', ['commandId']));
  const { streamId, firstRevision, lastRevision, position } = receipt;
  return { done: { streamId, firstRevision, lastRevision, position } };
}

/** The stream that the command is about: named by the input, or made for it from the command's id. */
function targetOf({ aggregate, idField }: BoundCommand, input: Input, viewer: Viewer): string {
  const named = input[idField] as string | undefined;
  return named ?? streamId(aggregate.category, derivedUuid(viewer.actorId, input.commandId, 'id'));
}

/** Whether the state that the client decided on is not the one that is there. */
function conflictOf({ command }: BoundCommand, input: Input, snapshot: Snapshot, later: readonly string[]) {
  const conflict = (expectedRevision: number, field: string) =>
    refusal('CONFLICT', [field], { expectedRevision, actualRevision: snapshot.revision });
  if (input.expectedRevision !== undefined && input.expectedRevision !== snapshot.revision)
    return conflict(input.expectedRevision, 'expectedRevision');
  const contradicts = later.some(type => command.conflictsWith?.includes(type));
  if (input.basedOnRevision !== undefined && contradicts) return conflict(input.basedOnRevision, 'basedOnRevision');
  return undefined;
}

/** Nobody creates what they could not see: a case of another station is not there to be made. */
function requireSight({ aggregate }: BoundCommand, viewer: Viewer, id: string, events: readonly EventEnvelope[]): void {
  if (!maySee(viewer, aggregate, fold(aggregate, events))) throw new NotFound(id);
}

async function attempt(
  services: CommandServices,
  bound: BoundCommand,
  input: Input,
  viewer: Viewer,
  inputHmac: string,
): Promise<Outcome> {
  const { aggregate, command, idField } = bound;
  const id = targetOf(bound, input, viewer);
  const receipt = await services.store.findReceipt({ commandId: input.commandId, streamId: id });
  if (receipt) return answerAgain(receipt, viewer, inputHmac);

  const { snapshot, events } = await loadStream(services.store, aggregate, id);
  const exists = snapshot.revision >= 0;
  if (exists && !maySee(viewer, aggregate, snapshot.state)) throw new NotFound(id);
  if (exists && command.creates) return refused(refusal('ALREADY_EXISTS', [idField]));
  if (!exists && !command.creates) throw new NotFound(id);
  const seen = input.basedOnRevision ?? Number.POSITIVE_INFINITY;
  const later = events.filter(event => event.revision > seen).map(event => event.type);
  const conflict = conflictOf(bound, input, snapshot, later);
  if (conflict) return refused(conflict);

  const now = services.clock.now();
  const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
  if (occurredAt.getTime() - now.getTime() > DAY_MS) return refused(refusal('OCCURRED_IN_FUTURE', ['occurredAt']));
  const set = ruleSetAt(aggregate, occurredAt.toISOString());
  const forbidden = refusalsOf(set, command.guard?.(snapshot.state) ?? []);
  if (forbidden.length > 0) return refused(...forbidden);
  const context = {
    actor: viewer,
    commandId: input.commandId,
    occurredAt: occurredAt.toISOString(),
    today: legalDayOf(occurredAt),
    ruleSetId: set.id,
    id,
    derivedId: (name: string) => derivedUuid(viewer.actorId, input.commandId, name),
  };
  const facts = await command.facts?.(input, snapshot.state, services.lookup, context);
  const decided = command.decide(snapshot.state, input, { ...context, facts });
  const ruling = rule(set, decided);
  if (ruling.refused) return refused(...ruling.refused);
  if (ruling.events.length === 0) throw new Error(`${command.name} decided nothing`);
  const { commandId, deviceId } = input;
  const recording = { commandId, actor: viewer, occurredAt, now, deviceId, ruleSet: set, inputHmac };
  const envelopes = envelopesOf(aggregate, snapshot, ruling.events, recording, services.sealer);
  if (command.creates) requireSight(bound, viewer, id, envelopes);
  const appended = await appendEnvelopes(services.store, snapshot, envelopes, recording);
  return { done: { streamId: id, firstRevision: snapshot.revision + 1, ...appended } };
}

/**
 * The one path of every command: authorise → validate → load → decide → append.
 * @throws Forbidden, NotFound for what the viewer may not do or know
 */
export async function execute(
  services: CommandServices,
  bound: BoundCommand,
  rawInput: unknown,
  viewer: Viewer,
): Promise<Outcome> {
  requireRole(viewer, bound.command.roles, bound.command.name);
  const validated = validate(bound.schema, rawInput);
  if (validated.refused) return { refused: validated.refused };
  const input = validated.value as Input;
  const inputHmac = services.sealer.receiptHmac([bound.command.name, input]);
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(services, bound, input, viewer, inputHmac);
    } catch (error) {
      if (error instanceof KeyDestroyed) return refused(refusal('SUBJECT_ERASED'));
      if (error instanceof CommandIdTaken) return answerAgain(error.receipt, viewer, inputHmac);
      if (!(error instanceof RevisionConflict)) throw error;
      if (input.expectedRevision !== undefined || tries === TRIES)
        return refused(
          refusal('CONFLICT', [], {
            expectedRevision: input.expectedRevision ?? error.expectedRevision,
            actualRevision: error.actualRevision,
          }),
        );
    }
  }
}
