import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Certificate, certificate } from '../certificate.js';
import { certificateEvents } from '../events.js';

/** Last days of its terms, in order: of one that was extended when it had ended already, both. */
const lastDays = ({ endedBeforeExtension, dueDate }: Certificate): readonly string[] =>
  [endedBeforeExtension, dueDate].filter(day => day !== undefined);

const isOnRecord = ({ breachedDueDate }: Certificate, day: string): boolean =>
  breachedDueDate !== undefined && breachedDueDate >= day;

/**
 * Not among the commands of the API: time gives it, by the policy of the term. What ended or extended the matter after
 * the term takes nothing back, though it be on record before.
 */
export const recordDeadlineBreach = commandsOf(certificate)({
  name: 'recordDeadlineBreach',
  label: { zh: '登记超期', en: 'Record a breach of the deadline' },
  description: 'Records that the term has ended without a handover in it.',
  citation: certificateEvents.DeadlineBreached.citation,
  roles: [],
  input: {},
  guard: state => unless(state.dueDate !== undefined, 'NO_DEADLINE'),
  decide: (state, _input, { today }) => {
    const over = lastDays(state).filter(day => day < today);
    const missed = over.filter(day => state.endedOn === undefined || state.endedOn > day);
    const dueDate = missed.find(day => !isOnRecord(state, day));
    const breaches = () => {
      if (over.length === 0) return unless(false, 'TERM_NOT_OVER');
      return unless(dueDate !== undefined, missed.length === 0 ? 'ALREADY_ENDED' : 'BREACH_ON_RECORD');
    };
    return decision(breaches(), () => [{ type: 'DeadlineBreached', data: { dueDate: dueDate! } }]);
  },
});
