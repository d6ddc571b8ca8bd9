import type { EventStore } from '../eventstore/port.js';
import type { Clock } from '../kernel/clock.js';
import type { Lookup } from './lookup.js';
import type { Outcome } from './outcome.js';
import type { Sealer } from './record.js';

export interface CommandServices {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly watch?: CommandWatch;
}

/** Has a command carried out and looks on: for figures, and for traces. What comes of it is passed on as it is. */
export type CommandWatch = (command: string, carryOut: () => Promise<Outcome>) => Promise<Outcome>;
