import type { Position } from '../../kernel/position.js';

/** Whoever follows takes events more slowly than they come, and is further behind than what is kept at hand. */
export class FellBehind extends Error {
  override readonly name = 'FellBehind';
  constructor(
    /** Everything up to here was handed over: to be given as `after`, to go on. */
    readonly at: Position,
    readonly kept: number,
  ) {
    super(`More than ${kept} events behind`);
  }
}

/** Nobody follows the log any more: the process goes away. */
export class FollowingEnded extends Error {
  override readonly name = 'FollowingEnded';
  constructor(
    /** Everything up to here was handed over: to be given as `after`, to go on elsewhere. */
    readonly at: Position,
  ) {
    super('The log is no longer followed');
  }
}
