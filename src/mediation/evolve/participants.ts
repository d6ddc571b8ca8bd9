import type { participantEvents } from '../events/participants.js';
import { consenting } from '../parties.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

export const evolveParticipants: Steps<typeof participantEvents> = {
  ParticipantInvited: (state, { data }) => ({ ...state, participants: [...state.participants, present(data)] }),
  ParticipantConsentRecorded: (state, { data: { participantId, side, agreed } }) => ({
    ...state,
    participants: state.participants.map(participant =>
      participant.participantId === participantId
        ? { ...participant, consentBy: consenting(participant.consentBy, side, agreed) }
        : participant,
    ),
  }),
};
