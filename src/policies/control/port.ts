import type { Position } from '../../kernel/position.js';
import type { Landmark } from '../../projections/history.js';

/** A moment at which something is due in a stream. */
export interface Timer {
  readonly policy: string;
  readonly streamId: string;
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
  /** When it is to be looked at: at that moment, or later again when it could not be fired. */
  readonly tryAt: string;
  /** Unit in whose work it was set. */
  readonly orgUnitId: string;
}

export type TimerId = Pick<Timer, 'policy' | 'streamId' | 'key'>;

/** Sets a timer, in the place of one of the same id, or cancels it. */
export type Change = TimerId & { readonly set?: Pick<Timer, 'dueAt' | 'orgUnitId'> };

/** What policies wait for. */
export interface Outlook {
  /** When the next timer is to be looked at, ISO 8601. */
  readonly nextTryAt: string | undefined;
  /** When that was due which could not be fired, and is to be looked at again: of the longest due, ISO 8601. */
  readonly postponedSince: string | undefined;
}

export const NOTHING_AHEAD: Outlook = { nextTryAt: undefined, postponedSince: undefined };

/** How far a policy has come. */
export interface Checkpoint {
  readonly policy: string;
  readonly version: number;
  readonly position: Position;
  /** The event at that position, by which the log is known again; absent before the first. */
  readonly landmark?: Landmark;
}

/** All that a control store holds. */
export interface StoredControl {
  readonly checkpoints: readonly Checkpoint[];
  readonly timers: readonly Timer[];
}

/**
 * Where policies keep how far they have come and what they wait for. Every write is of the runner that took over last:
 * one that was paused meanwhile changes nothing any more.
 */
export interface ControlStore {
  /** A file, or an address without its password: what errors name. */
  readonly place: string;
  /** Takes it over from whoever had it; the epoch that each write is then told. */
  takeOver(): Promise<number>;
  checkpoints(): Promise<readonly Checkpoint[]>;
  /**
   * Moves checkpoints from where they were, and changes timers, all or nothing. The landmark is the event there: where
   * there is none, nobody can tell whether another log is the same.
   * @throws ControlLost when someone else has taken over, or a checkpoint is elsewhere
   */
  advance(
    epoch: number,
    from: readonly Checkpoint[],
    to: Position,
    changes: readonly Change[],
    landmark?: Landmark,
  ): Promise<void>;
  /** Lets go of the timers of a policy, and puts it before the first event. @throws ControlLost */
  beginAnew(epoch: number, policy: string, version: number): Promise<void>;
  /** Lets go of everything, since it is of another log; whoever had it writes nothing any more. */
  forgetAll(): Promise<void>;
  /** Of these policies alone: one of another release waits until that runs again, and so do its timers. */
  outlook(policies: readonly string[]): Promise<Outlook>;
  /** Timers of these policies to be looked at by this moment, the longest due first. */
  due(policies: readonly string[], by: string, limit: number): Promise<readonly Timer[]>;
  /** Drops timers that are done with, unless they were set anew meanwhile. @throws ControlLost */
  drop(epoch: number, timers: readonly Timer[]): Promise<void>;
  /** Has one looked at again later. @throws ControlLost */
  postpone(epoch: number, timer: Timer, tryAt: string): Promise<void>;
  countTimers(): Promise<ReadonlyMap<string, number>>;
  /** As at one moment. */
  readAll(): Promise<StoredControl>;
  /** Of a store that holds nothing yet: all or none. */
  fill(contents: StoredControl): Promise<void>;
  close(): Promise<void>;
}
