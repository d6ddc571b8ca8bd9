import type { closingEvents } from '../events/closing.js';
import { newParty } from '../parties.js';
import type { Party } from '../state/people.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

/** Who is the guardian is known; that one was told, or need not attend, was so for the mediation that is over. */
const askedAnew = ({ subjectId, side, guardian }: Party): Party => {
  const { name, guardianId } = guardian;
  return { ...newParty(subjectId, side), guardian: { ...present({ name, guardianId }), waived: false } };
};

export const evolveClosing: Steps<typeof closingEvents> = {
  DisputeClosed: (state, { data }) => ({
    ...state,
    status: 'CLOSED',
    closure: { outcome: data.outcome, on: data.closedOn },
  }),
  CaseFileArchived: (state, { data }) => ({
    ...state,
    status: 'ARCHIVED',
    archive: {
      documents: data.documents,
      waivers: data.waivers,
      on: data.archivedOn,
    },
  }),
  // What was held and agreed stays, and the number; whether and with whom the parties want to be mediated is asked anew.
  DisputeReopened: (state, { occurredAt: at, data: { reason, account, participantIds = [] } }) => {
    const {
      draft: _draft,
      agreement,
      termination: _t,
      closure: _c,
      archive: _a,
      referral: _r,
      exclusion: _e,
      ...kept
    } = state;
    return {
      ...kept,
      status: 'SCREENED',
      parties: state.parties.map(askedAnew),
      participants: state.participants.map(participant =>
        participantIds.includes(participant.participantId) ? { ...participant, consentBy: [] } : participant,
      ),
      sessions: state.sessions.filter(({ status }) => status !== 'SCHEDULED'),
      formerAgreements: agreement ? [...state.formerAgreements, agreement] : state.formerAgreements,
      reopenings: [...state.reopenings, { ...present({ reason, account }), at }],
    };
  },
};
