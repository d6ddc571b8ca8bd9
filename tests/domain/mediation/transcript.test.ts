import { describe, expect, it } from 'vitest';
import {
  correctTranscript,
  draftTranscript,
  readBackTranscript,
  refuseTranscriptSignature,
  signTranscript,
} from '../../../src/mediation/commands/transcript.js';
import { digestOf } from '../../../src/mediation/digest.js';
import { deviationsOf } from '../spec.js';
import {
  chen,
  elder,
  events,
  host,
  opened,
  refusal,
  scheduled,
  sessionId,
  sessionOf,
  stranger,
  tell,
  wang,
} from './story.js';

const draft = { sessionId, content: '调解笔录' };
const drafted = async () => tell(await opened(), [draftTranscript, draft]);
const signature = (subjectId: string, unableToRead = false) => ({ subjectId, method: 'FINGERPRINT', unableToRead });
const sign = { sessionId, version: 1, signers: [signature(chen), signature(wang)] };

describe('The transcript of a session', () => {
  it('has a digest that tells its case, session, version and text', async () => {
    const given = await drafted();
    const [first] = sessionOf(given).transcript;
    expect(first).toMatchObject({ version: 1, simplified: false });
    expect(first?.sha256).toBe(digestOf({ disputeId: given.id, sessionId, version: 1, content: '调解笔录' }));
    expect(await refusal(given, draftTranscript, draft)).toEqual(['TRANSCRIPT_EXISTS']);
    expect(await refusal(await scheduled(), draftTranscript, draft)).toEqual(['SESSION_NOT_BEGUN']);
  });

  it('is corrected by a new version, to be signed anew', async () => {
    const given = await tell(
      await drafted(),
      [signTranscript, sign],
      [correctTranscript, { sessionId, requestedBy: wang, content: '调解笔录（更正）' }],
    );
    expect(sessionOf(given).transcript).toMatchObject([
      { version: 1, content: '调解笔录', signers: [{ subjectId: chen }, { subjectId: wang }] },
      { version: 2, content: '调解笔录（更正）', signers: [] },
    ]);
    expect(await refusal(await opened(), correctTranscript, draft)).toEqual(['TRANSCRIPT_UNKNOWN']);
    expect(await refusal(given, correctTranscript, { ...draft, requestedBy: stranger })).toEqual(['NOT_A_PARTY']);
  });

  it('is signed by parties and mediators of the case, each once', async () => {
    const mediators = [{ mediatorId: host, method: 'SIGN' }];
    const given = await tell(await drafted(), [readBackTranscript, { sessionId, version: 1 }]);
    const [event] = await events(given, signTranscript, { ...sign, mediators });
    expect(event?.data).toMatchObject({ readBack: true, sha256: sessionOf(given).transcript[0]?.sha256 });
    const signed = await tell(given, [signTranscript, { ...sign, mediators }]);
    expect(await refusal(signed, signTranscript, { ...sign, signers: [signature(chen)] })).toEqual(['SIGNED_ALREADY']);
    expect(await refusal(signed, signTranscript, { sessionId, version: 1, mediators })).toEqual(['SIGNED_ALREADY']);
    expect(await refusal(given, signTranscript, { ...sign, signers: [signature(chen), signature(chen)] })).toEqual([
      'SIGNED_ALREADY',
    ]);
    expect(
      await refusal(given, signTranscript, {
        ...sign,
        mediators: [...mediators, { mediatorId: host, method: 'SEAL' }],
      }),
    ).toEqual(['SIGNED_ALREADY']);
    expect(await refusal(given, signTranscript, { ...sign, signers: [signature(stranger)] })).toEqual(['NOT_A_PARTY']);
    expect(
      await refusal(given, signTranscript, { ...sign, mediators: [{ mediatorId: elder, method: 'SIGN' }] }),
    ).toEqual(['MEDIATOR_NOT_ASSIGNED']);
    expect(await refusal(given, signTranscript, { sessionId, version: 1 })).toEqual(['SIGNATURE_MISSING']);
    expect(await refusal(given, signTranscript, { ...sign, version: 2 })).toContain('TRANSCRIPT_UNKNOWN');
  });

  it('is read to who cannot read it, before it is signed', async () => {
    const given = await drafted();
    const unread = { ...sign, signers: [signature(chen, true)] };
    const [event] = await events(given, signTranscript, unread);
    expect(deviationsOf(event)).toEqual(['SIGNED_WITHOUT_READ_BACK']);
    const read = await tell(given, [readBackTranscript, { sessionId, version: 1, partyIds: [chen] }]);
    expect(deviationsOf((await events(read, signTranscript, unread))[0])).toEqual([]);
    expect(await refusal(given, readBackTranscript, { sessionId, version: 1, partyIds: [stranger] })).toEqual([
      'NOT_A_PARTY',
    ]);
  });

  it('notes the signature of a version that was corrected', async () => {
    const given = await tell(await drafted(), [correctTranscript, { sessionId, content: '更正' }]);
    expect(deviationsOf((await events(given, signTranscript, sign))[0])).toEqual(['TRANSCRIPT_NOT_CURRENT']);
  });

  it('may be refused by a party', async () => {
    const refused = { sessionId, version: 1, partyId: wang, witnessed: true };
    const given = await tell(await drafted(), [refuseTranscriptSignature, refused]);
    expect(sessionOf(given).transcript[0]?.refusals.map(({ partyId }) => partyId)).toEqual([wang]);
    expect(await refusal(given, refuseTranscriptSignature, { ...refused, partyId: stranger })).toEqual(['NOT_A_PARTY']);
  });
});
