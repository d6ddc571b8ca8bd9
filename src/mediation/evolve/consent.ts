import type { consentEvents } from '../events/consent.js';
import { allConsent, onParty } from '../parties.js';
import { onSession } from '../sessions.js';
import type { Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

const AWAITS_CONSENT: readonly string[] = ['ACCEPTED', 'CONSENT_PENDING'];

/** READY once everyone agrees. */
const readyIfAllConsent = (state: Dispute): Dispute =>
  AWAITS_CONSENT.includes(state.status) && allConsent(state) ? { ...state, status: 'READY' } : state;

export const evolveConsent: Steps<typeof consentEvents> = {
  RightsAndDutiesNotified: (state, { data: { partyId, notifiedOn, acknowledged } }) => {
    const notified = onParty(state, partyId, () => ({ notifiedOn, acknowledged }));
    return notified.status === 'ACCEPTED' ? { ...notified, status: 'CONSENT_PENDING' } : notified;
  },
  ConsentGiven: (state, { data }) => readyIfAllConsent(onParty(state, data.partyId, () => ({ consent: 'GIVEN' }))),
  ConsentRefused: (state, { data }) => onParty(state, data.partyId, () => ({ consent: 'REFUSED' })),
  ConsentWithdrawn: (state, { data }) => onParty(state, data.partyId, () => ({ consent: 'WITHDRAWN' })),
  GuardianNotified: (state, { data: { partyId, guardianName, guardianId, notifiedOn } }) =>
    onParty(state, partyId, ({ guardian }) => ({
      guardian: { ...guardian, ...present({ name: guardianName, guardianId, notifiedOn }) },
    })),
  GuardianAttended: (state, { data: { partyId, sessionId, guardianName, guardianId } }) =>
    onSession(
      onParty(state, partyId, ({ guardian }) => ({
        guardian: { ...guardian, ...present({ name: guardianName, guardianId }) },
      })),
      sessionId,
      ({ guardiansFor }) => ({ guardiansFor: [...guardiansFor.filter(minor => minor !== partyId), partyId] }),
    ),
  GuardianWaived: (state, { data }) =>
    onParty(state, data.partyId, ({ guardian }) => ({ guardian: { ...guardian, waived: true } })),
  MediationTerminated: (state, { data }) => ({
    ...state,
    status: 'TERMINATED',
    termination: present({ reason: data.reason, account: data.account, on: data.terminatedOn }),
  }),
  RemediesNotified: (state, { data: { partyIds, notifiedOn } }) =>
    partyIds.reduce((told, partyId) => onParty(told, partyId, () => ({ remediesOn: notifiedOn })), state),
};
