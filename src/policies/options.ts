import type { CommandServices } from '../commands/commandServices.js';
import type { Leadership } from '../projections/leadership.js';
import type { ControlStore } from './control/port.js';
import type { Policy } from './policy.js';

/** A policy cannot do what it should, and what it would record is not there. */
export class PolicyFailed extends Error {
  override readonly name = 'PolicyFailed';
}

/**
 * Recorded, now or when it was fired before; there was nothing to it any more; or others were writing all the while, and
 * it is to be fired again.
 */
export type Fired = 'done' | 'refused' | 'conflict';

export interface PolicyRunnerOptions {
  readonly policies: readonly Policy[];
  readonly control: ControlStore;
  /** Also tells the time by which something is due. */
  readonly commands: CommandServices;
  /** One process at a time runs the policies: whoever runs the projections. */
  readonly leadership: Pick<Leadership, 'leads' | 'tryLead'>;
  /** Told of what holds the policies up, once for as long as it lasts. Must not throw. */
  readonly onError: (error: Error) => void;
  /** Told of each timer that was fired, and of those that could not be. Must not throw. */
  readonly onFired?: (policy: string, result: Fired | 'failed') => void;
}
