import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { performanceEvents } from '../events/performance.js';
import type { Obligation } from '../state/agreement.js';
import type { Dispute } from '../state.js';
import { bindingAgreements } from '../status.js';
import { type Breaches, command, MEDIATION, planned, told } from './command.js';
import { inTurn, someObligation } from './guards.js';
import { inputOf } from './input.js';

const { performedOn: _today, ...performed } = inputOf(performanceEvents.ObligationPerformed.data);
const { breachedOn: _then, ...breached } = inputOf(performanceEvents.ObligationBreached.data);
const urged = inputOf(performanceEvents.PerformanceUrged.data);

const inEffect = (state: Dispute): Breaches => unless(bindingAgreements(state).length > 0, 'NO_AGREEMENT_IN_EFFECT');

const obligationOf = (state: Dispute, id: string): Obligation | undefined =>
  bindingAgreements(state)
    .flatMap(({ obligations }) => obligations)
    .find(({ obligationId }) => obligationId === id);

/** Breaches for an obligation that is not there, or has been performed. */
const outstanding = (state: Dispute, id: string): Breaches => {
  const obligation = obligationOf(state, id);
  if (!obligation) return unless(false, 'OBLIGATION_UNKNOWN', 'obligationId');
  return unless(obligation.status !== 'PERFORMED', 'OBLIGATION_PERFORMED_ALREADY', 'obligationId');
};

const inBreach = (state: Dispute, id: string): Breaches => {
  const obligation = obligationOf(state, id);
  if (!obligation) return unless(false, 'OBLIGATION_UNKNOWN', 'obligationId');
  return unless(obligation.status === 'BREACHED', 'OBLIGATION_NOT_BREACHED', 'obligationId');
};

const someOutstanding = inTurn(inEffect, someObligation(outstanding));

/** Fen that are still owed; nothing where no money is. */
const owedFen = (obligation: Obligation | undefined): number | undefined =>
  obligation?.amountFen === undefined ? undefined : obligation.amountFen - obligation.performedFen;

/** Money named has to be all of the rest when it performs, and less when it is a part. */
const amountFits = (owed: number | undefined, paid: number | undefined, whole: boolean): boolean =>
  owed === undefined || paid === undefined || (whole ? paid === owed : paid > 0 && paid < owed);

export const recordPerformance = command({
  name: 'recordPerformance',
  label: { zh: '记录履行完毕', en: 'Record a performance' },
  description: 'Records that an obligation is performed, or that the rest of it is.',
  citation: performanceEvents.ObligationPerformed.citation,
  roles: MEDIATION,
  input: performed,
  guard: someOutstanding,
  decide: (state, input, { today }) => {
    const obligation = obligationOf(state, input.obligationId);
    return decision(
      [
        ...outstanding(state, input.obligationId),
        ...unless(amountFits(owedFen(obligation), input.amountFen, true), 'PERFORMANCE_AMOUNT_MISMATCH', 'amountFen'),
      ],
      () => [{ type: 'ObligationPerformed', data: { ...told(input), performedOn: today } }],
    );
  },
});

export const recordPartialPerformance = command({
  name: 'recordPartialPerformance',
  label: { zh: '记录部分履行', en: 'Record a partial performance' },
  description: 'Records that a part of an obligation is performed.',
  citation: performanceEvents.ObligationPartlyPerformed.citation,
  roles: MEDIATION,
  input: performed,
  guard: someOutstanding,
  decide: (state, input, { today }) => {
    const obligation = obligationOf(state, input.obligationId);
    return decision(
      [
        ...outstanding(state, input.obligationId),
        ...unless(amountFits(owedFen(obligation), input.amountFen, false), 'PERFORMANCE_AMOUNT_MISMATCH', 'amountFen'),
      ],
      () => [{ type: 'ObligationPartlyPerformed', data: { ...told(input), performedOn: today } }],
    );
  },
});

export const recordBreach = command({
  name: 'recordBreach',
  label: { zh: '记录违约', en: 'Record a breach' },
  description: 'Records that a party does not do what it agreed to.',
  citation: performanceEvents.ObligationBreached.citation,
  roles: MEDIATION,
  input: breached,
  conflictsWith: ['ObligationPerformed'],
  guard: someOutstanding,
  decide: (state, input, { today }) => {
    const obligation = obligationOf(state, input.obligationId);
    return decision(
      [
        ...outstanding(state, input.obligationId),
        ...unless(!obligation?.dueDate || obligation.dueDate < today, 'BREACH_BEFORE_DUE', 'obligationId'),
      ],
      () => [{ type: 'ObligationBreached', data: { ...told(input), breachedOn: today } }],
    );
  },
});

export const urgePerformance = command({
  name: 'urgePerformance',
  label: { zh: '督促履行', en: 'Urge performance' },
  description: 'Records that a party in breach was urged to perform, which gives it another chance.',
  citation: performanceEvents.PerformanceUrged.citation,
  roles: MEDIATION,
  input: urged,
  conflictsWith: ['ObligationPerformed', 'DisputeClosed'],
  guard: inTurn(inEffect, someObligation(inBreach)),
  decide: (state, input, { today }) =>
    decision([...inBreach(state, input.obligationId), ...planned(input.newDueDate, today, 'newDueDate')], () => [
      { type: 'PerformanceUrged', data: told(input) },
    ]),
});

export const performanceCommands = [recordPerformance, recordPartialPerformance, recordBreach, urgePerformance];
