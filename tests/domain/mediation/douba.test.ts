import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { inviteParticipant } from '../../../src/mediation/commands/participants.js';
import {
  giveRecordingNotice,
  offerRecordingReview,
  startRecording,
  stopRecording,
} from '../../../src/mediation/commands/recording.js';
import {
  announceDiscipline,
  endSession,
  explainLegalProvisions,
  recordDisorder,
} from '../../../src/mediation/commands/session.js';
import { recordPersuasion, recordReconciliation, recordStatement } from '../../../src/mediation/commands/statements.js';
import { draftTranscript, signTranscript } from '../../../src/mediation/commands/transcript.js';
import { derivedStatus, evidentiaryStatus } from '../../../src/mediation/status.js';
import { DOUBA_ORDER } from '../../harness/doubaOrder.js';
import type { Given } from '../spec.js';
import {
  cadre,
  chen,
  events,
  host,
  opening,
  recordingId,
  relative,
  type Step,
  scheduled,
  sessionId,
  stateOf,
  tell,
  term,
  wang,
} from './story.js';

const invited: readonly Step[] = [
  [inviteParticipant, { role: 'COMMON_RELATIVE', name: '赵山', participantId: relative, consentBy: ['A', 'B'] }],
  [inviteParticipant, { role: 'VILLAGE_CADRE', name: '孙平', participantId: cadre, consentBy: ['A', 'B'] }],
];
const signers = [chen, wang].map(subjectId => ({ subjectId, method: 'FINGERPRINT', unableToRead: false }));
const mediation: readonly Step[] = [
  [openSession, opening],
  [explainLegalProvisions, { sessionId, provisions: ['民法典第二百八十八条'] }],
  [announceDiscipline, { sessionId }],
  [giveRecordingNotice, { sessionId }],
  [startRecording, { sessionId, recordingId, deviceSerial: 'DSJ-0042' }],
  [draftTranscript, { sessionId, content: '调解笔录' }],
  [recordStatement, { sessionId, partyId: chen, text: '水流进我家' }],
  [recordStatement, { sessionId, partyId: wang, text: '沟是他家堵的' }],
  [recordDisorder, { sessionId, kind: 'VERBAL', byPartyIds: [chen, wang] }],
  [recordPersuasion, { sessionId, participantId: cadre }],
  [recordPersuasion, { sessionId, participantId: relative }],
  [offerRecordingReview, { sessionId }],
  [recordReconciliation, { sessionId }],
  [reachOralAgreement, { sessionId, content: '共同疏通', terms: [term] }],
  [stopRecording, { sessionId, recordingId, reason: 'SESSION_OVER', durationMs: 5_400_000, sha256: 'ab'.repeat(32) }],
  [signTranscript, { sessionId, version: 1, signers, mediators: [{ mediatorId: host, method: 'SIGN' }] }],
  [endSession, { sessionId }],
];

describe('The mediation at Douba', () => {
  it('goes from quarrel to oral agreement without breaking a rule', async () => {
    let given: Given = await tell(await scheduled(), ...invited);
    const types: string[] = [];
    for (const step of mediation) {
      const [command, input] = step;
      types.push(...(await events(given, command, input)).map(event => event.type));
      given = await tell(given, step);
    }
    expect(types).toEqual([...DOUBA_ORDER, 'SessionEnded']);
    expect(stateOf(given)).toMatchObject({
      status: 'AGREED',
      deviations: [],
      agreement: { form: 'ORAL', confirmationDeadline: '2022-11-17' },
    });
    expect(derivedStatus(stateOf(given))).toBe('PERFORMING');
    expect(evidentiaryStatus(stateOf(given))).toBe('OK');
  });
});
