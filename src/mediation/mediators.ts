import type { CaseMediator } from './state/people.js';
import type { Dispute } from './state.js';

/** Mediators who are on the case now. */
export const currentMediators = ({ mediators }: Dispute): readonly CaseMediator[] =>
  mediators.filter(({ left }) => left === undefined);

/** The mediator, as long as on the case. */
export const currentMediator = (state: Dispute, id: string): CaseMediator | undefined =>
  currentMediators(state).find(({ mediatorId }) => mediatorId === id);
