import type { mediatorEvents } from '../events/mediators.js';
import type { CaseMediator, Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

/** Adds a mediator; one who was here before comes back. */
const withMediator = (state: Dispute, mediator: Omit<CaseMediator, 'replaced'>): Dispute => ({
  ...state,
  mediators: [
    ...state.mediators.filter(({ mediatorId }) => mediatorId !== mediator.mediatorId),
    { ...mediator, replaced: false },
  ],
});

export const evolveMediators: Steps<typeof mediatorEvents> = {
  MediatorAssigned: (state, { data }) => withMediator(state, present(data)),
  MediatorChosenByParty: (state, { data }) => withMediator(state, present(data)),
  MediatorReplaced: (state, { data: { mediatorId, replacementId, category, officerId } }) =>
    withMediator(
      {
        ...state,
        mediators: state.mediators.map(mediator =>
          mediator.mediatorId === mediatorId ? { ...mediator, replaced: true } : mediator,
        ),
      },
      { mediatorId: replacementId, ...present({ category, officerId }) },
    ),
  MediatorMisconductReported: (state, { data }) => ({ ...state, misconduct: [...state.misconduct, present(data)] }),
};
