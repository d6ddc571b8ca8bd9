import type { mediatorEvents } from '../events/mediators.js';
import type { CaseMediator } from '../state/people.js';
import type { Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

/** Adds a mediator; one who was here before comes back. */
const withMediator = (state: Dispute, mediator: CaseMediator): Dispute => ({
  ...state,
  mediators: [...state.mediators.filter(({ mediatorId }) => mediatorId !== mediator.mediatorId), mediator],
});

const without = (state: Dispute, id: string, left: NonNullable<CaseMediator['left']>): Dispute => ({
  ...state,
  mediators: state.mediators.map(mediator => (mediator.mediatorId === id ? { ...mediator, left } : mediator)),
});

export const evolveMediators: Steps<typeof mediatorEvents> = {
  MediatorAssigned: (state, { data }) => withMediator(state, present(data)),
  MediatorChosenByParty: (state, { data }) => withMediator(state, present(data)),
  MediatorReplaced: (state, { data: { mediatorId, replacementId, category, officerId } }) =>
    withMediator(without(state, mediatorId, 'REPLACED'), {
      mediatorId: replacementId,
      ...present({ category, officerId }),
    }),
  MediatorRemoved: (state, { data }) => without(state, data.mediatorId, 'REMOVED'),
  MediatorMisconductReported: (state, { data }) => ({ ...state, misconduct: [...state.misconduct, present(data)] }),
};
