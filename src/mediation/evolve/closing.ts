import type { closingEvents } from '../events/closing.js';
import { newParty } from '../parties.js';
import type { Steps } from './steps.js';

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
      waived: data.waivers.map(({ document }) => document),
      on: data.archivedOn,
    },
  }),
  // The sessions and the number stay; whether the parties want to be mediated is asked anew.
  DisputeReopened: state => {
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
      parties: state.parties.map(({ subjectId, side, guardian }) => ({ ...newParty(subjectId, side), guardian })),
      formerAgreements: agreement ? [...state.formerAgreements, agreement] : state.formerAgreements,
      reopened: state.reopened + 1,
    };
  },
};
