import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { stopRecording } from '../../../src/mediation/commands/recording.js';
import {
  announceDiscipline,
  endSession,
  explainLegalProvisions,
  scheduleSession,
} from '../../../src/mediation/commands/session.js';
import {
  answerProposal,
  makeProposal,
  recordPersuasion,
  recordReconciliation,
  recordStatement,
  submitEvidence,
} from '../../../src/mediation/commands/statements.js';
import { evidentiaryStatus } from '../../../src/mediation/status.js';
import { deviationsOf, someId } from '../spec.js';
import {
  chen,
  events,
  inOrder,
  opened,
  opening,
  plan,
  recordingId,
  refusal,
  relative,
  scheduled,
  sessionId,
  sessionOf,
  stateOf,
  stranger,
  tell,
  wang,
} from './story.js';

/** Half an hour on. */
const AFTER = '2022-10-18T02:30:00.000Z';
const statement = { sessionId, partyId: chen, text: '他家的水流进我家院子' };
const second = someId('second session');
const stopped = async () =>
  tell(await inOrder(), [
    stopRecording,
    { sessionId, recordingId, reason: 'SESSION_OVER', durationMs: 1, sha256: 'ab'.repeat(32) },
  ]);

describe('A statement', () => {
  it('is a party’s, on the recording that runs', async () => {
    const [event] = await events(await inOrder(), recordStatement, { ...statement, recordingOffsetMs: 90_000 });
    expect(event?.data).toMatchObject({ side: 'A', recordingId, settlementPrivilege: false, text: statement.text });
    expect(deviationsOf(event)).toEqual([]);
  });

  it('is refused from someone who is not a party, and outside a session', async () => {
    expect(await refusal(await inOrder(), recordStatement, { ...statement, partyId: stranger })).toEqual([
      'SPEAKER_NOT_PARTY',
    ]);
    expect(await refusal(await scheduled(), recordStatement, statement)).toEqual(['SESSION_NOT_BEGUN']);
    const elsewhere = { ...statement, recordingId: someId('other') };
    expect(await refusal(await inOrder(), recordStatement, elsewhere)).toEqual(['RECORDING_UNKNOWN']);
  });

  it('made too early is kept, with what should have come first', async () => {
    const given = await opened();
    const [event] = await events(given, recordStatement, statement);
    expect(deviationsOf(event)).toEqual([
      'STATEMENT_BEFORE_EXPLANATION',
      'STATEMENT_BEFORE_DISCIPLINE',
      'STATEMENT_OUTSIDE_RECORDING',
    ]);
    expect(evidentiaryStatus(stateOf(await tell(given, [recordStatement, statement])))).toBe('COMPROMISED');
  });

  it('has an id of its own in the case', async () => {
    const named = { ...statement, statementId: someId('statement') };
    const given = await tell(await inOrder(), [recordStatement, named]);
    expect(await refusal(given, recordStatement, { ...named, partyId: wang })).toEqual(['STATEMENT_TWICE']);
    const again = await tell(
      given,
      [endSession, { sessionId }],
      [scheduleSession, { ...plan, sessionId: second }],
      [openSession, { ...opening, sessionId: second }],
    );
    expect(await refusal(again, recordStatement, { ...named, sessionId: second })).toEqual(['STATEMENT_TWICE']);
  });

  it('need not be recorded where two officers are present', async () => {
    const given = await tell(
      await scheduled(),
      [openSession, { ...opening, officersPresent: 2 }],
      [explainLegalProvisions, { sessionId, provisions: ['民法典'] }],
      [announceDiscipline, { sessionId }],
      [recordStatement, statement],
    );
    expect(stateOf(given).deviations).toEqual([]);
    expect(evidentiaryStatus(stateOf(given))).toBe('OK');
  });

  it('written down later is on the recording that it names, or that ran when it was made', async () => {
    const given = await stopped();
    const late = { at: AFTER };
    const [outside] = await events(given, recordStatement, statement, late);
    expect(outside?.data).toMatchObject({ recordingId: undefined });
    expect(deviationsOf(outside)).toEqual(['STATEMENT_OUTSIDE_RECORDING']);
    expect(evidentiaryStatus(stateOf(await tell(given, [recordStatement, statement, late])))).toBe('COMPROMISED');
    const named = { ...statement, recordingId, recordingOffsetMs: 90_000 };
    expect(deviationsOf((await events(given, recordStatement, named, late))[0])).toEqual([]);
    expect(evidentiaryStatus(stateOf(await tell(given, [recordStatement, named, late])))).toBe('OK');
    const [then] = await events(given, recordStatement, statement);
    expect(then?.data).toMatchObject({ recordingId });
    expect(deviationsOf(then)).toEqual([]);
  });
});

describe('What else is said and brought in a session', () => {
  it('evidence, by a party', async () => {
    const evidence = {
      sessionId,
      evidenceId: someId('evidence'),
      partyId: wang,
      kind: 'PHOTO',
      description: '排水沟照片',
    };
    const given = await tell(await inOrder(), [submitEvidence, evidence]);
    expect(sessionOf(given).evidence).toMatchObject([{ partyId: wang, kind: 'PHOTO' }]);
    expect(await refusal(given, submitEvidence, evidence)).toEqual(['EVIDENCE_TWICE']);
    expect(await refusal(await inOrder(), submitEvidence, { ...evidence, partyId: stranger })).toEqual(['NOT_A_PARTY']);
  });

  it('persuasion, by a participant', async () => {
    const given = await tell(await inOrder(), [recordPersuasion, { sessionId, participantId: relative, towards: 'B' }]);
    expect(sessionOf(given).persuasions).toMatchObject([{ participantId: relative, towards: 'B' }]);
    expect(stateOf(given).deviations).toEqual([]);
    expect(await refusal(given, recordPersuasion, { sessionId, participantId: someId('nobody') })).toContain(
      'PARTICIPANT_UNKNOWN',
    );
  });

  it('proposals and answers, which are no agreement', async () => {
    const proposalId = someId('proposal');
    const given = await tell(
      await inOrder(),
      [makeProposal, { sessionId, proposalId, content: '各出一半费用' }],
      [answerProposal, { sessionId, proposalId, partyId: chen, answer: 'ACCEPTED' }],
      [answerProposal, { sessionId, proposalId, partyId: wang, answer: 'ACCEPTED' }],
    );
    expect(sessionOf(given).proposals).toMatchObject([
      {
        settlementPrivilege: true,
        answers: [
          { partyId: chen, answer: 'ACCEPTED' },
          { partyId: wang, answer: 'ACCEPTED' },
        ],
      },
    ]);
    expect(stateOf(given)).toMatchObject({ status: 'IN_MEDIATION' });
    expect(stateOf(given).agreement).toBeUndefined();
    expect(await refusal(given, makeProposal, { sessionId, proposalId, content: '全部由乙方承担' })).toEqual([
      'PROPOSAL_TWICE',
    ]);
    const answer = { sessionId, proposalId: someId('none'), partyId: chen, answer: 'REJECTED' };
    expect(await refusal(given, answerProposal, answer)).toEqual(['PROPOSAL_UNKNOWN']);
    expect(await refusal(given, answerProposal, { ...answer, proposalId, partyId: stranger })).toEqual(['NOT_A_PARTY']);
    expect(await refusal(given, makeProposal, { sessionId, partyId: stranger, content: '…' })).toEqual(['NOT_A_PARTY']);
  });

  it('is recorded even after the end, with the rule that it breaks', async () => {
    const proposalId = someId('proposal');
    const proposal = { sessionId, proposalId, content: '各出一半费用' };
    const given = await tell(await inOrder(), [makeProposal, proposal], [endSession, { sessionId }]);
    for (const [command, input] of [
      [recordStatement, { ...statement, recordingId }],
      [submitEvidence, { sessionId, partyId: wang, kind: 'PHOTO', description: '排水沟照片' }],
      [recordPersuasion, { sessionId, participantId: relative }],
      [makeProposal, { ...proposal, proposalId: someId('late proposal') }],
      [answerProposal, { sessionId, proposalId, partyId: chen, answer: 'ACCEPTED' }],
    ] as const) {
      expect(deviationsOf((await events(given, command, input))[0])).toEqual(['RECORDED_AFTER_END']);
      expect(await refusal(await scheduled(), command, input)).toContain('SESSION_NOT_BEGUN');
    }
    const told = await tell(given, [recordStatement, { ...statement, recordingId }]);
    expect(sessionOf(told)).toMatchObject({ status: 'ENDED', statements: [{ partyId: chen }] });
    expect(stateOf(told).deviations).toMatchObject([{ rule: 'RECORDED_AFTER_END' }]);
  });

  it('a reconciliation, during or after it, which is no agreement either', async () => {
    const given = await tell(await inOrder(), [endSession, { sessionId }], [recordReconciliation, { sessionId }]);
    expect(sessionOf(given).reconciledAt).toBeDefined();
    expect(stateOf(given).status).toBe('IN_MEDIATION');
    expect(await refusal(await scheduled(), recordReconciliation, { sessionId })).toEqual(['SESSION_NOT_BEGUN']);
  });
});
