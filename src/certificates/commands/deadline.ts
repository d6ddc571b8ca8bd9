import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { certificate } from '../certificate.js';
import { certificateEvents } from '../events.js';
import { notEnded } from './guards.js';

/** Not among the commands of the API: time gives it, by the policy of the term. */
export const recordDeadlineBreach = commandsOf(certificate)({
  name: 'recordDeadlineBreach',
  label: { zh: '登记超期', en: 'Record a breach of the deadline' },
  description: 'Records that the term has ended and no handover is on record.',
  citation: certificateEvents.DeadlineBreached.citation,
  roles: [],
  input: {},
  guard: state => [...notEnded(state), ...unless(state.dueDate !== undefined, 'NO_DEADLINE')],
  decide: (state, _input, { today }) => {
    const dueDate = state.dueDate!;
    return decision(
      [...unless(dueDate < today, 'TERM_NOT_OVER'), ...unless(state.breachedDueDate !== dueDate, 'BREACH_ON_RECORD')],
      () => [{ type: 'DeadlineBreached', data: { dueDate } }],
    );
  },
});
