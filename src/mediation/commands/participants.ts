import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { participantEvents } from '../events/participants.js';
import { findParty } from '../parties.js';
import { PML } from '../rules/rule.js';
import type { Participant } from '../state/people.js';
import type { Dispute } from '../state.js';
import { type Breaches, command, IN_SESSION, MEDIATION, onlyIn, told } from './command.js';
import { someParticipant } from './guards.js';
import { inputOf } from './input.js';

const invited = inputOf(participantEvents.ParticipantInvited.data);

export const findParticipant = (state: Dispute, id: string): Participant | undefined =>
  state.participants.find(({ participantId }) => participantId === id);

export const knownParticipant = (state: Dispute, id: string): Breaches =>
  unless(findParticipant(state, id) !== undefined, 'PARTICIPANT_UNKNOWN', 'participantId');

export const inviteParticipant = command({
  name: 'inviteParticipant',
  label: { zh: '邀请参与人', en: 'Invite a participant' },
  description: 'Invites someone who may help, such as a relative of both parties; both sides have to agree.',
  citation: `${PML} art. 20`,
  roles: MEDIATION,
  input: {
    ...invited,
    participantId: invited.participantId.optional(),
    consentBy: invited.consentBy.default([]),
  },
  conflictsWith: ['MediationTerminated', 'ConsentWithdrawn'],
  guard: onlyIn(['READY', 'IN_MEDIATION'], 'NOT_READY'),
  facts: async (input, _state, lookup) => ({
    unit: input.orgUnitId === undefined || (await lookup.orgUnit(input.orgUnitId)) !== undefined,
    resident: input.subjectId === undefined || (await lookup.resident(input.subjectId)) !== undefined,
  }),
  decide: (state, input, { facts, derivedId }) => {
    const participantId = input.participantId ?? derivedId('participant');
    return decision(
      [
        ...unless(findParticipant(state, participantId) === undefined, 'PARTICIPANT_TWICE', 'participantId'),
        ...unless(
          input.subjectId === undefined || findParty(state, input.subjectId) === undefined,
          'PARTICIPANT_IS_PARTY',
          'subjectId',
        ),
        ...unless(facts.resident, 'RESIDENT_UNKNOWN', 'subjectId'),
        ...unless(facts.unit, 'UNIT_UNKNOWN', 'orgUnitId'),
      ],
      () => [{ type: 'ParticipantInvited', data: { ...told(input), participantId } }],
    );
  },
});

export const recordParticipantConsent = command({
  name: 'recordParticipantConsent',
  label: { zh: '记录对参与人的意见', en: 'Record consent to a participant' },
  description: 'Records whether a side agrees to someone taking part.',
  citation: `${PML} art. 20`,
  roles: IN_SESSION,
  input: inputOf(participantEvents.ParticipantConsentRecorded.data),
  guard: someParticipant(knownParticipant),
  decide: (state, input) =>
    decision(knownParticipant(state, input.participantId), () => [
      { type: 'ParticipantConsentRecorded', data: told(input) },
    ]),
});

export const participantCommands = [inviteParticipant, recordParticipantConsent];
