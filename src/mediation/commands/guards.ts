import type { GuardContext } from '../../commands/command.js';
import type { Dispute } from '../state.js';
import { bindingAgreements } from '../status.js';
import type { Breaches } from './command.js';

type Guard = (state: Dispute, context: GuardContext) => Breaches;

/** What a command asks of something in the case that its input names by id: nothing is named by an empty one. */
type AskedOf = (state: Dispute, id: string) => Breaches;

/** As it is asked of any of these, or else what the latest of them lacks: what an input that names one would be told. */
const anyOf = (ids: readonly string[], asked: (id: string) => Breaches): Breaches => {
  const told = ids.map(asked);
  return told.find(breaches => breaches.length === 0) ?? told.at(-1) ?? asked('');
};

/**
 * A guard: some part of the case is as the command asks of the one that its input names in a field; the named one,
 * where there is an input.
 */
const someOf =
  (field: string, idsOf: (state: Dispute) => readonly string[]) =>
  (asked: AskedOf): Guard =>
  (state, { input }) =>
    input ? asked(state, String(input[field])) : anyOf(idsOf(state), id => asked(state, id));

export const someSession = someOf('sessionId', ({ sessions }) => sessions.map(({ sessionId }) => sessionId));

export const someParty = someOf('partyId', ({ parties }) => parties.map(({ subjectId }) => subjectId));

/** The same of someone who was invited. */
export const someParticipant = someOf('participantId', ({ participants }) =>
  participants.map(({ participantId }) => participantId),
);

/** The same of a mediator, present or former. */
export const someMediator = someOf('mediatorId', ({ mediators }) => mediators.map(({ mediatorId }) => mediatorId));

/** The same of what an agreement binds to, present or of before the case was reopened. */
export const someObligation = someOf('obligationId', state =>
  bindingAgreements(state).flatMap(({ obligations }) => obligations.map(({ obligationId }) => obligationId)),
);

/** Several guards: the first that forbids is told. */
export const inTurn =
  (...guards: readonly Guard[]): Guard =>
  (state, context) => {
    for (const guard of guards) {
      const breaches = guard(state, context);
      if (breaches.length > 0) return breaches;
    }
    return [];
  };
