import type { Evolve } from '../../kernel/decider.js';
import type { EventDeclaration, EventsOf } from '../../kernel/events.js';
import type { Dispute } from '../state.js';

/** How the events of one theme change a case. */
export type Steps<Declarations extends Readonly<Record<string, EventDeclaration>>> = Evolve<
  Dispute,
  EventsOf<Declarations>
>;
