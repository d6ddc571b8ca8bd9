import { visitBreaches } from '../../commands/visitRules.js';
import { decision } from '../../kernel/decider.js';
import { addDays } from '../../kernel/legalDay.js';
import { unless } from '../../kernel/ruleSet.js';
import { performanceEvents } from '../events/performance.js';
import type { FollowUp } from '../state/followUp.js';
import type { Dispute, StoredStatus } from '../state.js';
import { bindingAgreements } from '../status.js';
import { type Breaches, command, IN_SESSION, MEDIATION, party, planned, told } from './command.js';
import { inputOf } from './input.js';

const scheduled = inputOf(performanceEvents.FollowUpScheduled.data);
const { visitedOn: _today, agreementNo: _ours, ...visited } = inputOf(performanceEvents.FollowUpVisited.data);

/** Days after which a follow-up is due when nobody says otherwise. */
const DEFAULT_DAYS = 30;

const AFTER_MEDIATION: readonly StoredStatus[] = ['AGREED', 'BREACHED', 'TERMINATED', 'CLOSED', 'ARCHIVED'];

/** A guard: a mediation has come to its end, or an agreement binds from before the case was reopened. */
const afterMediation = (state: Dispute): Breaches =>
  unless(AFTER_MEDIATION.includes(state.status) || bindingAgreements(state).length > 0, 'FOLLOW_UP_TOO_EARLY');

const findFollowUp = ({ followUps }: Dispute, id: string | undefined): FollowUp | undefined =>
  followUps.find(({ followUpId }) => followUpId === id);

/** The follow-up that was to come next. */
const nextDue = ({ followUps }: Dispute): string | undefined =>
  followUps
    .flatMap(({ followUpId, visitedOn, dueDate }) => (!visitedOn && dueDate ? [{ followUpId, dueDate }] : []))
    .toSorted((one, other) => one.dueDate.localeCompare(other.dueDate))[0]?.followUpId;

export const scheduleFollowUp = command({
  name: 'scheduleFollowUp',
  label: { zh: '安排回访', en: 'Schedule a follow-up' },
  description: 'Plans a visit that looks after what became of the agreement; in 30 days, if no day is named.',
  citation: performanceEvents.FollowUpScheduled.citation,
  roles: MEDIATION,
  input: { followUpId: scheduled.followUpId.optional(), dueDate: scheduled.dueDate.optional() },
  guard: afterMediation,
  decide: (state, input, { today, derivedId }) => {
    const followUpId = input.followUpId ?? derivedId('follow-up');
    const dueDate = input.dueDate ?? addDays(today, DEFAULT_DAYS);
    return decision(
      [
        ...unless(findFollowUp(state, followUpId) === undefined, 'FOLLOW_UP_TWICE', 'followUpId'),
        ...planned(dueDate, today, 'dueDate'),
      ],
      () => [{ type: 'FollowUpScheduled', data: { followUpId, dueDate } }],
    );
  },
});

export const recordFollowUp = command({
  name: 'recordFollowUp',
  label: { zh: '记录回访', en: 'Record a follow-up' },
  description: 'Records a follow-up visit: the one that is due next, or one that nobody had planned.',
  citation: performanceEvents.FollowUpVisited.citation,
  roles: IN_SESSION,
  input: { ...visited, followUpId: visited.followUpId.optional() },
  guard: afterMediation,
  facts: async (input, _state, lookup) => (input.visitId === undefined ? undefined : await lookup.visit(input.visitId)),
  decide: (state, input, { facts, actor: { actorId }, today, derivedId }) => {
    const followUpId = input.followUpId ?? nextDue(state) ?? derivedId('follow-up');
    return decision(
      [
        ...party(state, input.partyId, 'partyId'),
        ...unless(findFollowUp(state, followUpId)?.visitedOn === undefined, 'FOLLOW_UP_TWICE', 'followUpId'),
        ...visitBreaches({
          field: 'visitId',
          id: input.visitId,
          visit: facts,
          orgUnitId: state.orgUnitId,
          actorId,
        }),
      ],
      () => [
        {
          type: 'FollowUpVisited',
          data: {
            ...told(input),
            followUpId,
            agreementNo: bindingAgreements(state).at(-1)?.agreementNo,
            visitedOn: today,
          },
        },
      ],
    );
  },
});

export const reportEscalationRisk = command({
  name: 'reportEscalationRisk',
  label: { zh: '激化预警', en: 'Report a risk of escalation' },
  description: 'Records that the dispute may get out of hand, and to which unit that was reported.',
  citation: performanceEvents.EscalationRiskReported.citation,
  roles: IN_SESSION,
  input: inputOf(performanceEvents.EscalationRiskReported.data),
  facts: (input, _state, lookup) => lookup.orgUnit(input.toUnitId),
  decide: (_state, input, { facts }) =>
    decision(unless(facts !== undefined, 'UNIT_UNKNOWN', 'toUnitId'), () => [
      { type: 'EscalationRiskReported', data: told(input) },
    ]),
});

export const followUpCommands = [scheduleFollowUp, recordFollowUp, reportEscalationRisk];
