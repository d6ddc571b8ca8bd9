import type { transcriptEvents } from '../events/transcript.js';
import { union } from '../parties.js';
import { onSession } from '../sessions.js';
import type { TranscriptVersion } from '../state/session.js';
import type { Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

const unsigned = { readBackTo: [], signers: [], mediators: [], refusals: [] } as const;

const onVersion = (
  state: Dispute,
  { sessionId, version }: { readonly sessionId: string; readonly version: number },
  change: (transcript: TranscriptVersion) => Partial<TranscriptVersion>,
): Dispute =>
  onSession(state, sessionId, session => ({
    transcript: session.transcript.map(held => (held.version === version ? { ...held, ...change(held) } : held)),
  }));

export const evolveTranscript: Steps<typeof transcriptEvents> = {
  TranscriptDrafted: (state, { data: { sessionId, version, simplified, content, sha256 } }) =>
    onSession(state, sessionId, ({ transcript }) => ({
      transcript: [...transcript, { version, simplified, content, sha256, ...unsigned }],
    })),
  TranscriptReadBack: (state, { data }) =>
    onVersion(state, data, ({ readBackTo }) => ({ readBackTo: union(readBackTo, data.partyIds) })),
  TranscriptCorrected: (state, { data: { sessionId, version, content, sha256, requestedBy } }) =>
    onSession(state, sessionId, ({ transcript }) => ({
      transcript: [
        ...transcript,
        {
          version,
          simplified: transcript.at(-1)?.simplified ?? false,
          content,
          sha256,
          ...unsigned,
          ...present({ requestedBy }),
        },
      ],
    })),
  TranscriptSigned: (state, { data }) =>
    onVersion(state, data, ({ signers, mediators }) => ({
      signers: [...signers, ...data.signers.map(({ subjectId, method }) => ({ subjectId, method }))],
      mediators: [...mediators, ...data.mediators],
    })),
  TranscriptSignatureRefused: (state, { data }) =>
    onVersion(state, data, ({ refusals }) => {
      const { partyId, reason, witnessed } = data;
      return { refusals: [...refusals, present({ partyId, reason, witnessed })] };
    }),
};
