import { NotFound } from '../access/errors.js';
import { SYSTEM, type Viewer } from '../access/viewer.js';
import type { BoundCommand } from '../commands/command.js';
import type { CommandServices } from '../commands/commandServices.js';
import { execute } from '../commands/execute.js';
import { loadStream } from '../commands/loadStream.js';
import type { CommonCode, Refusal } from '../commands/refusal.js';
import { isOutage } from '../database/outage.js';
import { OutcomeUnknown, StoreUnavailable } from '../eventstore/errors.js';
import { derivedUuid } from '../kernel/ids.js';
import type { Timer } from './control/port.js';
import { type Fired, PolicyFailed, type PolicyRunnerOptions } from './options.js';
import type { Policy } from './policy.js';

/** The same for the same timer, so that what fires twice is one command, and its events are there once. */
export const commandIdOf = ({ policy, streamId, key, dueAt }: Timer): string =>
  derivedUuid('policy', policy, streamId, key, dueAt);

/** These say nothing of the noun: the command could not be given as it is, or not by this clock. */
const NOT_OF_THE_NOUN: readonly string[] = [
  'INPUT_INVALID',
  'COMMAND_ID_REUSED',
  'OCCURRED_IN_FUTURE',
] satisfies CommonCode[];

/** @throws PolicyFailed for a refusal that is none by the rules of the noun */
function refusedBy(refusals: readonly Refusal[]): Fired {
  const codes = refusals.map(({ code }) => code);
  if (codes.includes('CONFLICT')) return 'conflict';
  if (codes.some(code => NOT_OF_THE_NOUN.includes(code))) throw new PolicyFailed(`Refused: ${codes.join(', ')}`);
  return 'refused';
}

/** In the name of the unit whose work it is, whoever set the moment: those who follow the unit see it. */
async function actorFor({ store }: CommandServices, { aggregate }: BoundCommand, timer: Timer): Promise<Viewer> {
  const { snapshot } = await loadStream(store, aggregate, timer.streamId);
  return { ...SYSTEM, orgUnitId: aggregate.orgUnitOf(snapshot.state) ?? timer.orgUnitId };
}

/** Gives the command of a policy to the noun whose time has come. @throws what `execute` throws, and PolicyFailed */
async function fire(services: CommandServices, { command }: Policy, timer: Timer): Promise<Fired> {
  const input = { commandId: commandIdOf(timer), [command.idField]: timer.streamId, occurredAt: timer.dueAt };
  try {
    const outcome = await execute(services, command, input, await actorFor(services, command, timer));
    return outcome.done ? 'done' : refusedBy(outcome.refused);
  } catch (error) {
    if (error instanceof NotFound) return 'refused';
    throw error;
  }
}

/** The store or the database fails for now: the same again may succeed later. */
const passes = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof OutcomeUnknown || isOutage(error);

type Firing = Pick<PolicyRunnerOptions, 'policies' | 'commands' | 'onError' | 'onFired'>;

/** What goes wrong with one timer keeps no other from being fired. @throws what passes, as an outage does */
export async function fireOrFail(
  { policies, commands, onError, onFired }: Firing,
  timer: Timer,
): Promise<Fired | 'failed'> {
  const policy = policies.find(({ name }) => name === timer.policy);
  // Of a policy of another release: it is kept for when that one runs again.
  if (!policy) return 'failed';
  try {
    const fired = await fire(commands, policy, timer);
    onFired?.(policy.name, fired);
    return fired;
  } catch (error) {
    if (passes(error)) throw error;
    const { name } = policy.command.command;
    const what = `${name} on ${timer.streamId}, due at ${timer.dueAt}, failed; it is tried again in an hour`;
    onError(new PolicyFailed(what, { cause: error }));
    onFired?.(policy.name, 'failed');
    return 'failed';
  }
}
