import type { caseEvents } from '../events/case.js';
import { newParty, union } from '../parties.js';
import type { Dispute, FormerReferral } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

type End = Pick<FormerReferral, 'returnReason' | 'recallReason' | 'endedAt'>;

/** Screened once more: the referral is over, and stays on record with its end. */
function withoutReferral({ referral, ...state }: Dispute, end: End): Dispute {
  const formerReferrals = referral ? [...state.formerReferrals, { ...referral, ...end }] : state.formerReferrals;
  return { ...state, status: 'SCREENED', formerReferrals };
}

export const evolveCase: Steps<typeof caseEvents> = {
  DisputeReported: (state, { occurredAt, data }) => {
    const { parties, unknownSides, minorIds, deviations: _apart, ...told } = data;
    return {
      ...state,
      ...present(told),
      status: 'REPORTED',
      reportedAt: occurredAt,
      parties: parties.map(({ subjectId, side }) => newParty(subjectId, side)),
      // Once, a side could be said to be unknown beside a party on it.
      unknownSides: unknownSides.filter(unknown => !parties.some(({ side }) => side === unknown)),
      minorIds: union(state.minorIds, minorIds),
    };
  },
  PartyIdentified: (state, { data }) => ({
    ...state,
    parties: [...state.parties, newParty(data.partyId, data.side)],
    unknownSides: state.unknownSides.filter(side => side !== data.side),
    minorIds: union(state.minorIds, data.minorIds),
  }),
  DisputeScreened: (state, { data: { legalBasis, riskLevel, exclusions } }) => ({
    ...state,
    status: 'SCREENED',
    screening: { legalBasis, riskLevel, exclusions },
  }),
  DisputeExcluded: (state, { data }) => ({
    ...state,
    status: 'EXCLUDED',
    exclusion: { code: data.exclusionCode, citation: data.citation },
  }),
  DisputeReferred: (state, { data }) => ({
    ...state,
    status: 'REFERRED',
    referral: { toUnitId: data.toUnitId, reason: data.reason },
  }),
  ReferralAccepted: (state, { data }) =>
    state.referral ? { ...state, referral: { ...state.referral, acceptedOn: data.acceptedOn } } : state,
  ReferralReturned: (state, { occurredAt: endedAt, data }) =>
    withoutReferral(state, { returnReason: data.reason, endedAt }),
  ReferralRecalled: (state, { occurredAt: endedAt, data }) =>
    withoutReferral(state, { recallReason: data.reason, endedAt }),
  DisputeAccepted: (state, { data: { deviations: _apart, ...accepted } }) => ({
    ...state,
    ...accepted,
    status: 'ACCEPTED',
  }),
  MediationPeriodExtended: (state, { data }) => ({ ...state, dueDate: data.newDueDate }),
};
