import type { Role } from '../../access/roles.js';
import type { GuardContext } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import type { ExclusionCode } from '../codes.js';
import { receiverOf } from '../dispute.js';
import { caseEvents } from '../events/case.js';
import { PML, WORK_RULES } from '../rules/rule.js';
import type { Dispute } from '../state.js';
import { type Breaches, command, onlyIn, STATION, told } from './command.js';
import { inTurn } from './guards.js';
import { inputOf } from './input.js';

const screened = inputOf(caseEvents.DisputeScreened.data);
const referred = inputOf(caseEvents.DisputeReferred.data);

const EXCLUSION_CITATIONS: Readonly<Record<ExclusionCode, string>> = {
  RESERVED_TO_AUTHORITY: `${WORK_RULES} art. 22(1)`,
  MEDIATION_FORBIDDEN: `${WORK_RULES} art. 22(1)`,
  ALREADY_HANDLED: `${WORK_RULES} art. 22(2)`,
  PARTY_UNWILLING: `${PML} art. 17`,
};

const onlyScreened = onlyIn(['SCREENED'], 'NOT_SCREENED');

export const screenDispute = command({
  name: 'screenDispute',
  label: { zh: '排查研判', en: 'Screen a dispute' },
  description: 'Says what kind of matter it is, how risky, and whether anything bars mediation.',
  roles: STATION,
  input: {
    legalBasis: screened.legalBasis,
    riskLevel: screened.riskLevel,
    exclusions: screened.exclusions.default([]),
  },
  conflictsWith: ['DisputeScreened', 'DisputeExcluded', 'DisputeReferred', 'DisputeAccepted'],
  guard: onlyIn(['REPORTED', 'SCREENED'], 'SCREENING_OVER'),
  decide: (_state, input) => decision([], () => [{ type: 'DisputeScreened', data: told(input) }]),
});

const barred = ({ screening }: Dispute): Breaches =>
  unless((screening?.exclusions ?? []).length > 0, 'EXCLUSION_NOT_FOUND', 'exclusionCode');

export const excludeDispute = command({
  name: 'excludeDispute',
  label: { zh: '排除调解', en: 'Exclude a dispute' },
  description: 'Ends a case that is not open to mediation, for a reason that the screening found.',
  roles: STATION,
  input: { exclusionCode: inputOf(caseEvents.DisputeExcluded.data).exclusionCode },
  conflictsWith: ['DisputeReferred', 'DisputeAccepted'],
  guard: inTurn(onlyScreened, barred),
  decide: (state, input) =>
    decision(
      unless(
        state.screening?.exclusions.includes(input.exclusionCode) === true,
        'EXCLUSION_NOT_FOUND',
        'exclusionCode',
      ),
      () => [
        {
          type: 'DisputeExcluded',
          data: { exclusionCode: input.exclusionCode, citation: EXCLUSION_CITATIONS[input.exclusionCode] },
        },
      ],
    ),
});

export const referDispute = command({
  name: 'referDispute',
  label: { zh: '移送', en: 'Refer a dispute' },
  description: 'Hands the case to another unit, which may accept it or send it back.',
  citation: caseEvents.DisputeReferred.citation,
  roles: STATION,
  input: { toUnitId: referred.toUnitId, reason: referred.reason },
  conflictsWith: ['DisputeExcluded', 'DisputeAccepted', 'DisputeReferred'],
  guard: onlyScreened,
  facts: (input, _state, lookup) => lookup.orgUnit(input.toUnitId),
  decide: (state, input, { facts, actor }) => {
    const fromUnitId = state.orgUnitId ?? actor.orgUnitId;
    return decision(
      [
        ...unless(facts !== undefined, 'UNIT_UNKNOWN', 'toUnitId'),
        ...unless(input.toUnitId !== fromUnitId, 'REFERRED_TO_SELF', 'toUnitId'),
      ],
      () => [{ type: 'DisputeReferred', data: { ...told(input), fromUnitId } }],
    );
  },
});

const RECEIVERS: readonly Role[] = [...STATION, 'COURT', 'JUSTICE_OFFICE'];

const awaitsAnswer = (state: Dispute): Breaches => {
  if (state.status !== 'REFERRED') return unless(false, 'NOT_REFERRED');
  return unless(state.referral?.acceptedOn === undefined, 'REFERRAL_ANSWERED');
};

/** A guard: the case was referred to the unit of whoever asks. */
const referredHere = ({ referral }: Dispute, { actor }: GuardContext): Breaches =>
  unless(referral?.toUnitId === actor.orgUnitId, 'REFERRAL_NOT_YOURS');

/** A guard: it was referred by that unit. */
const referredFromHere = ({ orgUnitId }: Dispute, { actor }: GuardContext): Breaches =>
  unless(orgUnitId === actor.orgUnitId, 'REFERRAL_NOT_SENT_BY_YOU');

export const acceptReferral = command({
  name: 'acceptReferral',
  label: { zh: '接收移送', en: 'Accept a referral' },
  description: 'The unit that a case was referred to takes it.',
  roles: RECEIVERS,
  alsoFor: receiverOf,
  input: {},
  conflictsWith: ['ReferralReturned', 'ReferralRecalled'],
  guard: inTurn(awaitsAnswer, referredHere),
  decide: (_state, _input, { actor, today }) =>
    decision([], () => [{ type: 'ReferralAccepted', data: { unitId: actor.orgUnitId, acceptedOn: today } }]),
});

export const returnReferral = command({
  name: 'returnReferral',
  label: { zh: '退回移送', en: 'Return a referral' },
  description: 'The unit that a case was referred to sends it back.',
  roles: RECEIVERS,
  alsoFor: receiverOf,
  input: { reason: inputOf(caseEvents.ReferralReturned.data).reason },
  conflictsWith: ['ReferralAccepted', 'ReferralRecalled'],
  guard: inTurn(awaitsAnswer, referredHere),
  decide: (_state, input, { actor }) =>
    decision([], () => [{ type: 'ReferralReturned', data: { unitId: actor.orgUnitId, reason: input.reason } }]),
});

export const recallReferral = command({
  name: 'recallReferral',
  label: { zh: '撤回移送', en: 'Recall a referral' },
  description: 'The unit that referred a case takes it back, as long as the other one has not answered.',
  roles: STATION,
  input: { reason: inputOf(caseEvents.ReferralRecalled.data).reason },
  conflictsWith: ['ReferralAccepted', 'ReferralReturned'],
  guard: inTurn(awaitsAnswer, referredFromHere),
  decide: (_state, input, { actor }) =>
    decision([], () => [{ type: 'ReferralRecalled', data: { unitId: actor.orgUnitId, reason: input.reason } }]),
});

export const screeningCommands = [
  screenDispute,
  excludeDispute,
  referDispute,
  acceptReferral,
  returnReferral,
  recallReferral,
];
