import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field } from '../../kernel/fields.js';
import {
  mediatorId,
  partyId,
  partyIds,
  sessionId,
  sha256OfWords,
  signingMethod,
  version,
  words,
  yesNo,
} from './fields.js';

const LAW = "Rules on people's mediation work (2002) art. 35";
const MAX_CHARS = 50_000;
const versionNo = () => version('版本', 'Version of the transcript, from 1');
const digest = () => sha256OfWords('摘要', 'SHA-256 of case, session, version and text');

export const transcriptEvents = defineEvents('dispute', {
  TranscriptDrafted: {
    version: 1,
    label: { zh: '制作调解笔录', en: 'Transcript drafted' },
    citation: LAW,
    data: z.object({
      sessionId: sessionId(),
      version: versionNo(),
      simplified: yesNo('简易记录', 'Whether only matter and result are recorded'),
      content: words('笔录内容', 'Text', MAX_CHARS),
      sha256: digest(),
    }),
  },
  TranscriptReadBack: {
    version: 1,
    label: { zh: '宣读笔录', en: 'Transcript read back' },
    data: z.object({
      sessionId: sessionId(),
      version: versionNo(),
      partyIds: partyIds('当事人', 'Parties to whom it was read'),
    }),
  },
  TranscriptCorrected: {
    version: 1,
    label: { zh: '更正笔录', en: 'Transcript corrected' },
    data: z.object({
      sessionId: sessionId(),
      version: versionNo(),
      requestedBy: partyId('要求更正人', 'Party who asked for it').optional(),
      content: words('笔录内容', 'Text as corrected', MAX_CHARS),
      sha256: digest(),
    }),
  },
  TranscriptSigned: {
    version: 1,
    label: { zh: '签署笔录', en: 'Transcript signed' },
    citation: LAW,
    data: z.object({
      sessionId: sessionId(),
      version: versionNo(),
      sha256: digest(),
      readBack: yesNo('已宣读', 'Whether it was read back to every party who signs'),
      signers: field(
        z
          .array(
            z.object({
              subjectId: partyId('签署人', 'Party who signs'),
              method: signingMethod(),
              unableToRead: yesNo('阅读困难', 'Whether the party cannot read it'),
            }),
          )
          .max(20),
        '当事人签署',
        'Signatures of parties',
      ),
      mediators: field(
        z.array(z.object({ mediatorId: mediatorId(), method: signingMethod() })).max(10),
        '调解员签署',
        'Signatures of mediators',
      ),
    }),
  },
  TranscriptSignatureRefused: {
    version: 1,
    label: { zh: '拒绝签署笔录', en: 'Transcript signature refused' },
    citation: 'Procedural regulations (2019) art. 36',
    data: z.object({
      sessionId: sessionId(),
      version: versionNo(),
      partyId: partyId('拒签人', 'Party who refuses'),
      reason: words('理由', 'Reason given', 2000).optional(),
      witnessed: yesNo('有见证或录像', 'Whether a witness or the recording attests it'),
    }),
  },
});
