import type { Dispute } from '../state.js';
import type { Breaches } from './command.js';

type Guard = (state: Dispute) => Breaches;

/** What a command asks of something in the case that its input names by id: nothing is named by an empty one. */
type AskedOf = (state: Dispute, id: string) => Breaches;

/** As it is asked of any of these, or else what the latest of them lacks: what an input that names one would be told. */
const anyOf = (ids: readonly string[], asked: (id: string) => Breaches): Breaches => {
  const told = ids.map(asked);
  return told.find(breaches => breaches.length === 0) ?? told.at(-1) ?? asked('');
};

/** A guard: some session of the case is as the command asks of the one that its input names. */
export const someSession =
  (asked: AskedOf): Guard =>
  state =>
    anyOf(
      state.sessions.map(({ sessionId }) => sessionId),
      id => asked(state, id),
    );

/** The same of someone who was invited. */
export const someParticipant =
  (asked: AskedOf): Guard =>
  state =>
    anyOf(
      state.participants.map(({ participantId }) => participantId),
      id => asked(state, id),
    );

/** The same of a mediator, present or former. */
export const someMediator =
  (asked: AskedOf): Guard =>
  state =>
    anyOf(
      state.mediators.map(({ mediatorId }) => mediatorId),
      id => asked(state, id),
    );

/** Several guards: the first that forbids is told. */
export const inTurn =
  (...guards: readonly Guard[]): Guard =>
  state =>
    guards.map(guard => guard(state)).find(breaches => breaches.length > 0) ?? [];
