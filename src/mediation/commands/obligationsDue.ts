import { decision } from '../../kernel/decider.js';
import { startOfDay } from '../../kernel/legalDay.js';
import { unless } from '../../kernel/ruleSet.js';
import { performanceEvents } from '../events/performance.js';
import type { Agreement, Obligation } from '../state/agreement.js';
import { bindingAgreements } from '../status.js';
import { command } from './command.js';

/** Whether it was awaited when that day began; what was done on the day or after it, and told before this, is no matter. */
function wasAwaited({ status, performedOn, breaches }: Obligation, day: string): boolean {
  if (status === 'PERFORMED') return performedOn !== undefined && performedOn >= day;
  return status !== 'BREACHED' || breaches.at(-1)!.on >= day;
}

/** Whether its day has come and found it awaited, and that is not on record yet. */
const comesDue = (obligation: Obligation, today: string): boolean => {
  const { dueDate, fellDueOn } = obligation;
  return dueDate !== undefined && dueDate <= today && fellDueOn !== dueDate && wasAwaited(obligation, dueDate);
};

/** When its day began; where that day was set, or bound, after its beginning, the moment from which on it did. */
function cameDueAt({ dueDate, urgings }: Obligation, { effectiveAt }: Agreement): string {
  const moments = [startOfDay(dueDate!), effectiveAt, ...urgings.map(({ at }) => at)];
  return new Date(Math.max(...moments.map(moment => Date.parse(moment)))).toISOString();
}

/** Not among the commands of the API: time gives it, by the policy of obligations. */
export const recordObligationsDue = command({
  name: 'recordObligationsDue',
  label: { zh: '登记履行到期', en: 'Record obligations due' },
  description: 'Records of each obligation that is not performed that its last day has come.',
  citation: performanceEvents.ObligationDue.citation,
  roles: [],
  input: {},
  decide: (state, _input, { occurredAt, today }) => {
    const due = bindingAgreements(state)
      .filter(({ effectiveAt }) => Date.parse(effectiveAt) <= Date.parse(occurredAt))
      .flatMap(agreement =>
        agreement.obligations
          .filter(obligation => comesDue(obligation, today))
          .map(obligation => ({ obligation, at: cameDueAt(obligation, agreement) })),
      );
    return decision(unless(due.length > 0, 'NOTHING_DUE'), () =>
      due.map(({ obligation: { obligationId, dueDate }, at }) => ({
        type: 'ObligationDue',
        occurredAt: at,
        data: { obligationId, dueDate: dueDate! },
      })),
    );
  },
});
