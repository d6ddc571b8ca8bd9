import { decision } from '../../kernel/decider.js';
import { rollToWorkday, stateCouncilCalendar } from '../../kernel/legalCalendar.js';
import { addMonths } from '../../kernel/legalDay.js';
import { unless } from '../../kernel/ruleSet.js';
import { caseNumber } from '../caseNumber.js';
import { PartySide } from '../codes.js';
import { caseEvents } from '../events/case.js';
import type { Dispute } from '../state.js';
import { type Breaches, command, planned, STATION, told, underMediation } from './command.js';
import { inputOf } from './input.js';

const { track } = inputOf(caseEvents.DisputeAccepted.data);
const extended = inputOf(caseEvents.MediationPeriodExtended.data);

/** Months that people's mediation should take (2002 rules art. 36). */
const MONTHS = 1;

const mediable = ({ screening, unknownSides }: Dispute): Breaches => [
  ...unless(
    screening !== undefined && screening.exclusions.length === 0 && screening.legalBasis !== 'CRIMINAL_SUSPECT',
    'NOT_PEOPLES_MEDIABLE',
  ),
  ...unless(unknownSides.length === 0, 'RESPONDENT_UNKNOWN'),
];

/** The last day of the period and the calendar that it was found with. */
function periodFrom(acceptedOn: string) {
  const dueDate = rollToWorkday(addMonths(acceptedOn, MONTHS), stateCouncilCalendar);
  return { acceptedOn, dueDate, calendarVersion: stateCouncilCalendar.version(acceptedOn, dueDate) };
}

export const acceptDispute = command({
  name: 'acceptDispute',
  label: { zh: '受理', en: 'Accept a dispute' },
  description: 'Takes the dispute up for mediation: gives it a number, and a month.',
  citation: caseEvents.DisputeAccepted.citation,
  roles: STATION,
  input: { track: track.default('PEOPLES') },
  conflictsWith: ['DisputeExcluded', 'DisputeReferred', 'DisputeAccepted', 'DisputeScreened'],
  guard: state => (state.status === 'SCREENED' ? mediable(state) : unless(false, 'NOT_SCREENED')),
  // A reopened case keeps its number.
  facts: async (_input, state, lookup, { id: caseId, commandId, occurredAt, today, actor }) => {
    if (state.caseNo) return state.caseNo;
    const year = Number(today.slice(0, 4));
    const unitId = state.orgUnitId ?? actor.orgUnitId;
    return caseNumber(year, await lookup.allocateCaseNumber({ unitId, year, caseId, commandId, occurredAt }));
  },
  decide: (_state, input, { facts, today, ruleSetId }) =>
    decision([], () => [
      {
        type: 'DisputeAccepted',
        data: { track: input.track, caseNo: facts, ...periodFrom(today), ruleSetId },
      },
    ]),
});

export const extendMediation = command({
  name: 'extendMediation',
  label: { zh: '延长调解期限', en: 'Extend the mediation' },
  description: 'Gives a mediation more time than its month, with the consent of both sides.',
  citation: caseEvents.MediationPeriodExtended.citation,
  roles: STATION,
  input: { newDueDate: extended.newDueDate, consentBy: extended.consentBy },
  conflictsWith: ['MediationPeriodExtended', 'MediationTerminated'],
  guard: underMediation,
  decide: (state, input, { today }) =>
    decision(
      [
        ...unless(
          PartySide.values.every(side => input.consentBy.includes(side)),
          'EXTENSION_NEEDS_BOTH',
          'consentBy',
        ),
        ...unless(state.dueDate === undefined || input.newDueDate > state.dueDate, 'NEW_DUE_NOT_LATER', 'newDueDate'),
        ...unless(state.dueDate === undefined || today <= state.dueDate, 'EXTENDED_TOO_LATE', 'newDueDate'),
        ...planned(input.newDueDate, today, 'newDueDate'),
      ],
      () => [{ type: 'MediationPeriodExtended', data: told(input) }],
    ),
});

export const acceptanceCommands = [acceptDispute, extendMediation];
