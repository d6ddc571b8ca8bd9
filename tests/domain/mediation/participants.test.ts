import { describe, expect, it } from 'vitest';
import { ParticipantRole } from '../../../src/mediation/codes.js';
import { inviteParticipant, recordParticipantConsent } from '../../../src/mediation/commands/participants.js';
import { recordPersuasion } from '../../../src/mediation/commands/statements.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { deviationsOf, type Given, idFor, someId } from '../spec.js';
import {
  accepted,
  cadre,
  chen,
  events,
  inOrder,
  justiceOffice,
  ready,
  refusal,
  type Step,
  sessionId,
  stateOf,
  stranger,
  tell,
} from './story.js';

const invitation = { role: 'VILLAGE_CADRE', name: '孙平', participantId: cadre };

describe('Participants', () => {
  it('are invited, and join with the consent of both sides', async () => {
    const given = await tell(
      await ready(),
      [inviteParticipant, { ...invitation, subjectId: stranger }],
      [recordParticipantConsent, { participantId: cadre, side: 'A', agreed: true }],
      [recordParticipantConsent, { participantId: cadre, side: 'B', agreed: true }],
    );
    expect(stateOf(given).participants).toMatchObject([{ participantId: cadre, consentBy: ['A', 'B'] }]);
    const taken = await tell(given, [recordParticipantConsent, { participantId: cadre, side: 'A', agreed: false }]);
    expect(stateOf(taken).participants[0]?.consentBy).toEqual(['B']);
  });

  it.each(ParticipantRole.values)('who speak without it leave a deviation: %s', async role => {
    const speaking = async (...consentBy: string[]) => {
      const given = await tell(await inOrder(), [inviteParticipant, { ...invitation, role, consentBy }]);
      const [event] = await events(given, recordPersuasion, { sessionId, participantId: cadre });
      return deviationsOf(event);
    };
    expect(await speaking()).toEqual(['PARTICIPANT_WITHOUT_CONSENT']);
    expect(await speaking('A')).toEqual(['PARTICIPANT_WITHOUT_CONSENT']);
    expect(await speaking('B', 'B')).toEqual(['PARTICIPANT_WITHOUT_CONSENT']);
    expect(await speaking('A', 'B')).toEqual([]);
  });

  it('bring their unit into the case for as long as both sides agree', async () => {
    const asked = { ...invitation, role: 'JUSTICE_OFFICE', orgUnitId: justiceOffice, consentBy: ['A'] };
    const given = await tell(await ready(), [inviteParticipant, asked]);
    const says = (agreed: boolean): Step => [recordParticipantConsent, { participantId: cadre, side: 'B', agreed }];
    const taking = (story: Given) => dispute.participantsOf?.(stateOf(story));
    expect(taking(given)).not.toContain(justiceOffice);
    expect(taking(await tell(given, says(true)))).toContain(justiceOffice);
    expect(taking(await tell(given, says(true), says(false)))).not.toContain(justiceOffice);
  });

  it('are not parties, and known where they are named by id', async () => {
    const given = await ready();
    const refused = (changes: object) => refusal(given, inviteParticipant, { ...invitation, ...changes });
    expect(await refused({ subjectId: chen })).toEqual(['PARTICIPANT_IS_PARTY']);
    expect(await refused({ subjectId: idFor('resident', 'none') })).toEqual(['RESIDENT_UNKNOWN']);
    expect(await refused({ orgUnitId: idFor('orgunit', 'none') })).toEqual(['UNIT_UNKNOWN']);
    const invited = await tell(given, [inviteParticipant, invitation]);
    expect(await refusal(invited, inviteParticipant, invitation)).toEqual(['PARTICIPANT_TWICE']);
    const unknown = { participantId: someId('nobody'), side: 'A', agreed: true };
    expect(await refusal(given, recordParticipantConsent, unknown)).toEqual(['PARTICIPANT_UNKNOWN']);
  });

  it('are not invited before the parties agreed to be mediated', async () => {
    expect(await refusal(await accepted(), inviteParticipant, invitation)).toEqual(['NOT_READY']);
  });

  it('who look on for a unit that both sides let in do not handle the case', async () => {
    const given = await tell(await ready(), [
      inviteParticipant,
      { ...invitation, role: 'JUSTICE_OFFICE', orgUnitId: justiceOffice, consentBy: ['A', 'B'] },
    ]);
    const state = stateOf(given);
    expect(dispute.participantsOf?.(state)).toContain(justiceOffice);
    expect(dispute.handlersOf?.(state)).toEqual(state.mediators.map(({ mediatorId }) => mediatorId));
    expect(dispute.handlersOf?.(state)).not.toHaveLength(0);
  });
});
