import { maySee } from '../access/authorise.js';
import { Forbidden, NotFound } from '../access/errors.js';
import type { Viewer } from '../access/viewer.js';
import type { Receipt } from '../eventstore/port.js';
import { fold, type Snapshot } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import { derivedUuid } from '../kernel/ids.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { type BoundCommand, type CommonInput, HANDLERS, mayGive } from './command.js';
import type { CommandServices } from './commandServices.js';
import { type Ruling, refusalsOf, rule, ruleSetAt } from './decide.js';
import { type Loaded, loadStream } from './loadStream.js';
import { type Outcome, refused } from './outcome.js';
import { appendEnvelopes, envelopesOf, type Sealer } from './record.js';
import { type Refusal, refusal } from './refusal.js';

const DAY_MS = 24 * 3600_000;

export type Input = CommonInput & Record<string, unknown>;

/** One command of one viewer on its way. */
export interface Attempt {
  readonly services: CommandServices;
  readonly bound: BoundCommand;
  readonly input: Input;
  readonly viewer: Viewer;
  readonly inputHmac: string;
  /** The stream that it is about: named by the input, or made for it from the command's id. */
  readonly id: string;
}

/** The answer of then, if this is the same command of the same actor; otherwise nothing more than that the id is taken. */
export function answerAgain({ viewer, inputHmac }: Attempt, receipt: Receipt): Outcome {
  if (receipt.actorId !== viewer.actorId || receipt.inputHmac !== inputHmac)
    return refused(refusal('COMMAND_ID_REUSED', ['commandId']));
  const { streamId, firstRevision, lastRevision, position } = receipt;
  return { done: { streamId, firstRevision, lastRevision, position } };
}

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
  const context = {
    actor: viewer,
    commandId: input.commandId,
    occurredAt: occurredAt.toISOString(),
    today: legalDayOf(occurredAt),
    ruleSetId: set.id,
    id,
    derivedId: (name: string) => derivedUuid(viewer.actorId, input.commandId, name),
  };
  const forbidden = refusalsOf(set, command.guard?.(snapshot.state, { ...context, input }) ?? []);
  if (forbidden.length > 0) return { refused: forbidden };
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
  const { services, bound, input, id } = attempt;
  const loaded = await loadStream(services.store, bound.aggregate, id);
  const { snapshot } = loaded;
  const receipt = await services.store.findReceipt({
    commandId: input.commandId,
    streamId: id,
    upTo: snapshot.revision,
  });
  if (receipt) return { snapshot, answer: answerAgain(attempt, receipt) };
  const reason = refusalByStream(attempt, loaded);
  return { snapshot, answer: reason && refused(reason) };
}

/**
 * load → decide → append, on the stream as it is now.
 * @throws RevisionConflict when someone else was faster
 */
export async function tryOnce(attempt: Attempt): Promise<Outcome> {
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
