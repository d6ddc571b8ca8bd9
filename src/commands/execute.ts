import { maySee, requireRole } from '../access/authorise.js';
import { Forbidden, NotFound } from '../access/errors.js';
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
import { type BoundCommand, type CommonInput, HANDLERS, mayGive } from './command.js';
import { type Ruling, refusalsOf, rule, ruleSetAt } from './decide.js';
import { type Loaded, loadStream } from './loadStream.js';
import type { Lookup } from './lookup.js';
import { appendEnvelopes, envelopesOf, type Sealer } from './record.js';
import { type Refusal, refusal } from './refusal.js';
import { validate } from './validate.js';

export interface CommandServices {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly watch?: CommandWatch;
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

/** Has a command carried out and looks on: for figures, and for traces. What comes of it is passed on as it is. */
export type CommandWatch = (command: string, carryOut: () => Promise<Outcome>) => Promise<Outcome>;

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

/** One command of one viewer on its way. */
interface Attempt {
  readonly services: CommandServices;
  readonly bound: BoundCommand;
  readonly input: Input;
  readonly viewer: Viewer;
  readonly inputHmac: string;
  /** The stream that it is about: named by the input, or made for it from the command's id. */
  readonly id: string;
}

const targetOf = ({ aggregate, idField }: BoundCommand, input: Input, viewer: Viewer): string =>
  (input[idField] as string | undefined) ??
  streamId(aggregate.category, derivedUuid(viewer.actorId, input.commandId, 'id'));

/** Whether the state that the client decided on is not the one that is there. */
function conflictOf({ bound, input }: Attempt, { snapshot, events }: Loaded): Refusal | undefined {
  const { expectedRevision, basedOnRevision } = input;
  const conflict = (expected: number, field: string) =>
    refusal('CONFLICT', [field], { expectedRevision: expected, actualRevision: snapshot.revision });
  if (expectedRevision !== undefined && expectedRevision !== snapshot.revision)
    return conflict(expectedRevision, 'expectedRevision');
  if (basedOnRevision === undefined) return undefined;
  const contradicts = events.some(
    event => event.revision > basedOnRevision && bound.command.conflictsWith?.includes(event.type),
  );
  return contradicts ? conflict(basedOnRevision, 'basedOnRevision') : undefined;
}

/**
 * @throws NotFound for a stream that is not there for the viewer
 * @throws Forbidden for one that the viewer sees and others handle
 */
function refusalByStream(attempt: Attempt, loaded: Loaded): Refusal | undefined {
  const { bound, viewer, id } = attempt;
  const { aggregate, command, idField } = bound;
  const exists = loaded.snapshot.revision >= 0;
  const { state } = loaded.snapshot;
  const seen = command.unseen || maySee(viewer, aggregate, state);
  if (exists ? !seen : !command.creates) throw new NotFound(id);
  if (exists && !command.creates && !mayGive(bound, viewer, state)) throw new Forbidden(command.name, HANDLERS.en);
  return exists && command.creates ? refusal('ALREADY_EXISTS', [idField]) : conflictOf(attempt, loaded);
}

/** The rules of the noun, on the state as loaded and the facts as they are. */
async function rulingOf(attempt: Attempt, snapshot: Snapshot, occurredAt: Date): Promise<Ruling> {
  const { services, bound, input, viewer, id } = attempt;
  const { aggregate, command } = bound;
  const set = ruleSetAt(aggregate, occurredAt.toISOString());
  const forbidden = refusalsOf(set, command.guard?.(snapshot.state) ?? []);
  if (forbidden.length > 0) return { refused: forbidden };
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
  return rule(set, command.decide(snapshot.state, input, { ...context, facts }));
}

/** Leaves everything as it is: to see what events would come to. */
const UNSEALED: Pick<Sealer, 'seal'> = { seal: async (_definition, _eventId, _streamId, data) => data };

/** Nobody creates what they could not see: a case of another station is not there to be made. */
function requireSight({ bound, viewer, id }: Attempt, events: readonly EventEnvelope[]): void {
  if (!maySee(viewer, bound.aggregate, fold(bound.aggregate, events))) throw new NotFound(id);
}

/**
 * The state to decide on, unless the stream tells that the command was done or may not be. Of the events before it only
 * the state is kept: many commands wait side by side, and streams may be long.
 */
async function look(attempt: Attempt): Promise<{ readonly snapshot: Snapshot; readonly answer?: Outcome | undefined }> {
  const { services, bound, input, viewer, inputHmac, id } = attempt;
  const loaded = await loadStream(services.store, bound.aggregate, id);
  const { snapshot } = loaded;
  const receipt = await services.store.findReceipt({
    commandId: input.commandId,
    streamId: id,
    upTo: snapshot.revision,
  });
  if (receipt) return { snapshot, answer: answerAgain(receipt, viewer, inputHmac) };
  const reason = refusalByStream(attempt, loaded);
  return { snapshot, answer: reason && refused(reason) };
}

async function tryOnce(attempt: Attempt): Promise<Outcome> {
  const { services, bound, input, viewer, inputHmac, id } = attempt;
  const { commandId, deviceId, basedOnRevision } = input;
  const { snapshot, answer } = await look(attempt);
  if (answer) return answer;
  const now = services.clock.now();
  const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
  if (occurredAt.getTime() - now.getTime() > DAY_MS) return refused(refusal('OCCURRED_IN_FUTURE', ['occurredAt']));

  const ruling = await rulingOf(attempt, snapshot, occurredAt);
  if (ruling.refused) return refused(...ruling.refused);
  if (ruling.events.length === 0) throw new Error(`${bound.command.name} decided nothing`);
  const ruleSet = ruleSetAt(bound.aggregate, occurredAt.toISOString());
  const recording = { commandId, actor: viewer, occurredAt, now, deviceId, basedOnRevision, ruleSet, inputHmac };
  const sealedBy = (sealer: Pick<Sealer, 'seal'>) =>
    envelopesOf(bound.aggregate, snapshot, ruling.events, recording, sealer);
  // Before anything is sealed: a key is made for what is recorded, and for nothing else.
  if (bound.command.creates) requireSight(attempt, await sealedBy(UNSEALED));
  const envelopes = await sealedBy(services.sealer);
  const appended = await appendEnvelopes(services.store, snapshot, envelopes, recording);
  return { done: { streamId: id, firstRevision: snapshot.revision + 1, ...appended } };
}

/**
 * A command that came twice at once may be refused for what it did itself: the other one was done between the look for
 * a receipt and the look at the stream, or at the facts.
 */
async function answeredElsewhere({ services, input, viewer, inputHmac, id }: Attempt, outcome: Outcome) {
  const receipt = await services.store.findReceipt({ commandId: input.commandId, streamId: id });
  return receipt ? answerAgain(receipt, viewer, inputHmac) : outcome;
}

/**
 * The one path of every command: authorise → validate → load → decide → append.
 * @throws Forbidden, NotFound for what the viewer may not do or know
 */
export const execute = (
  services: CommandServices,
  bound: BoundCommand,
  rawInput: unknown,
  viewer: Viewer,
): Promise<Outcome> => {
  const { watch } = services;
  if (!watch) return carryOut(services, bound, rawInput, viewer);
  return watch(bound.command.name, () => carryOut(services, bound, rawInput, viewer));
};

async function carryOut(
  services: CommandServices,
  bound: BoundCommand,
  rawInput: unknown,
  viewer: Viewer,
): Promise<Outcome> {
  requireRole(viewer, bound.command.roles, bound.command.name);
  const validated = validate(bound, rawInput);
  if (validated.refused) return { refused: validated.refused };
  const input = validated.value as Input;
  const inputHmac = services.sealer.receiptHmac([bound.command.name, validated.asked]);
  const attempt: Attempt = { services, bound, input, viewer, inputHmac, id: targetOf(bound, input, viewer) };
  for (let tries = 1; ; tries++) {
    try {
      const outcome = await tryOnce(attempt);
      return outcome.refused ? await answeredElsewhere(attempt, outcome) : outcome;
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
