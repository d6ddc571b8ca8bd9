import type { PartySide } from '../codes.js';
import type { participantEvents } from '../events/participants.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

const consenting = (consentBy: readonly PartySide[], side: PartySide, agreed: boolean): readonly PartySide[] => {
  const others = consentBy.filter(other => other !== side);
  return agreed ? [...others, side] : others;
};

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
