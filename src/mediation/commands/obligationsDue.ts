import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { performanceEvents } from '../events/performance.js';
import type { Obligation } from '../state/agreement.js';
import { bindingAgreements, isOutstanding } from '../status.js';
import { command } from './command.js';

/** Whether its day has come, it is still awaited, and that is not on record yet. */
const comesDue = ({ dueDate, fellDueOn, status }: Obligation, today: string): boolean =>
  dueDate !== undefined && dueDate <= today && fellDueOn !== dueDate && status !== 'BREACHED';

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
      .flatMap(({ obligations }) => obligations)
      .filter(obligation => isOutstanding(obligation) && comesDue(obligation, today));
    return decision(unless(due.length > 0, 'NOTHING_DUE'), () =>
      due.map(({ obligationId, dueDate }) => ({ type: 'ObligationDue', data: { obligationId, dueDate: dueDate! } })),
    );
  },
});
