import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { digestOf } from '../digest.js';
import { transcriptEvents } from '../events/transcript.js';
import { currentMediator, currentMediators } from '../mediators.js';
import { currentTranscript, findSession } from '../sessions.js';
import type { TranscriptVersion } from '../state/session.js';
import type { Dispute } from '../state.js';
import { type Breaches, begunSession, command, IN_SESSION, nothingBut, parties, party, told } from './command.js';
import { someSession } from './guards.js';
import { inputOf } from './input.js';

const drafted = inputOf(transcriptEvents.TranscriptDrafted.data);
const corrected = inputOf(transcriptEvents.TranscriptCorrected.data);
const signed = inputOf(transcriptEvents.TranscriptSigned.data);
const refused = inputOf(transcriptEvents.TranscriptSignatureRefused.data);

const { sessionId, content } = drafted;

const current = (state: Dispute, id: string): TranscriptVersion | undefined => {
  const session = findSession(state, id);
  return session && currentTranscript(session);
};

const versionOf = (state: Dispute, id: string, version: number): TranscriptVersion | undefined =>
  findSession(state, id)?.transcript.find(held => held.version === version);

const hasVersion = (state: Dispute, id: string, version: number): Breaches =>
  unless(versionOf(state, id, version) !== undefined, 'TRANSCRIPT_UNKNOWN', 'version');

const undrafted = (state: Dispute, id: string): Breaches =>
  unless(current(state, id) === undefined, 'TRANSCRIPT_EXISTS', 'sessionId');

/** Breaches for a session that has not begun, or has no transcript yet. */
const transcribed = (state: Dispute, id: string): Breaches => [
  ...begunSession(state, id),
  ...unless(current(state, id) !== undefined, 'TRANSCRIPT_UNKNOWN', 'sessionId'),
];

export const draftTranscript = command({
  name: 'draftTranscript',
  label: { zh: '制作调解笔录', en: 'Draft the transcript' },
  description: 'Writes down the first version of a session’s transcript.',
  citation: transcriptEvents.TranscriptDrafted.citation,
  roles: IN_SESSION,
  input: { sessionId, simplified: drafted.simplified.default(false), content },
  guard: someSession((state, id) => [...begunSession(state, id), ...undrafted(state, id)]),
  decide: (state, input, { id }) =>
    decision([...begunSession(state, input.sessionId), ...undrafted(state, input.sessionId)], () => [
      {
        type: 'TranscriptDrafted',
        data: {
          ...told(input),
          version: 1,
          sha256: digestOf({ disputeId: id, sessionId: input.sessionId, version: 1, content: input.content }),
        },
      },
    ]),
});

export const readBackTranscript = command({
  name: 'readBackTranscript',
  label: { zh: '宣读笔录', en: 'Read the transcript back' },
  description: 'Records to whom a version was read out; all parties, if none is named.',
  roles: IN_SESSION,
  input: {
    sessionId,
    version: drafted.version,
    partyIds: inputOf(transcriptEvents.TranscriptReadBack.data).partyIds.optional(),
  },
  guard: someSession(transcribed),
  decide: (state, input) => {
    const partyIds = input.partyIds ?? state.parties.map(({ subjectId }) => subjectId);
    return decision(
      [
        ...begunSession(state, input.sessionId),
        ...hasVersion(state, input.sessionId, input.version),
        ...parties(state, partyIds, 'partyIds'),
      ],
      () => [{ type: 'TranscriptReadBack', data: { ...told(input), partyIds } }],
    );
  },
});

export const correctTranscript = command({
  name: 'correctTranscript',
  label: { zh: '更正笔录', en: 'Correct the transcript' },
  description: 'Writes down a new version; the earlier ones stay as they are.',
  roles: IN_SESSION,
  input: { sessionId, requestedBy: corrected.requestedBy, content: corrected.content },
  conflictsWith: ['TranscriptCorrected', 'TranscriptSigned'],
  guard: someSession(transcribed),
  decide: (state, input, { id }) => {
    const version = (current(state, input.sessionId)?.version ?? 0) + 1;
    return decision([...transcribed(state, input.sessionId), ...party(state, input.requestedBy, 'requestedBy')], () => [
      {
        type: 'TranscriptCorrected',
        data: {
          ...told(input),
          version,
          sha256: digestOf({ disputeId: id, sessionId: input.sessionId, version, content: input.content }),
        },
      },
    ]);
  },
});

type Signers = readonly { readonly subjectId: string; readonly unableToRead: boolean }[];
type Mediators = readonly { readonly mediatorId: string }[];

const mediatorsOfCase = (state: Dispute, mediators: Mediators): Breaches =>
  mediators.flatMap(({ mediatorId }, index) =>
    unless(currentMediator(state, mediatorId) !== undefined, 'MEDIATOR_NOT_ASSIGNED', 'mediators', String(index)),
  );

/** Each of these who signed before, or stands in the same list before. */
const onceEach = (signing: readonly string[], signed: readonly string[], list: 'signers' | 'mediators'): Breaches =>
  signing.flatMap((id, index) =>
    unless(!signed.includes(id) && signing.indexOf(id) === index, 'SIGNED_ALREADY', list, String(index)),
  );

const subjectsOf = (signers: readonly { readonly subjectId: string }[]) => signers.map(({ subjectId }) => subjectId);
const mediatorsOf = (mediators: Mediators) => mediators.map(({ mediatorId }) => mediatorId);

const notYetSigned = (held: TranscriptVersion | undefined, signers: Signers, mediators: Mediators): Breaches => [
  ...onceEach(subjectsOf(signers), subjectsOf(held?.signers ?? []), 'signers'),
  ...onceEach(mediatorsOf(mediators), mediatorsOf(held?.mediators ?? []), 'mediators'),
];

const wasReadTo = (held: TranscriptVersion | undefined, subjectId: string): boolean =>
  held?.readBackTo.includes(subjectId) === true;

/** Breaches for a transcript of which every version is signed by all: the parties, and the mediators of now. */
const unsigned = (state: Dispute, id: string): Breaches => {
  const waitsFor = ({ signers, mediators }: TranscriptVersion): boolean =>
    !state.parties.every(({ subjectId }) => subjectsOf(signers).includes(subjectId)) ||
    !currentMediators(state).every(({ mediatorId }) => mediatorsOf(mediators).includes(mediatorId));
  const versions = findSession(state, id)?.transcript ?? [];
  return unless(versions.length === 0 || versions.some(waitsFor), 'SIGNED_ALREADY', 'signers');
};

export const signTranscript = command({
  name: 'signTranscript',
  label: { zh: '签署笔录', en: 'Sign the transcript' },
  description: 'Records who signed a version of the transcript, and how.',
  citation: transcriptEvents.TranscriptSigned.citation,
  roles: IN_SESSION,
  input: {
    sessionId,
    version: signed.version,
    signers: signed.signers.default([]),
    mediators: signed.mediators.default([]),
  },
  guard: someSession((state, id) => [...transcribed(state, id), ...unsigned(state, id)]),
  decide: (state, input) => {
    const { signers, mediators } = input;
    const held = versionOf(state, input.sessionId, input.version);
    const breaches = [
      ...begunSession(state, input.sessionId),
      ...hasVersion(state, input.sessionId, input.version),
      ...unless(signers.length + mediators.length > 0, 'SIGNATURE_MISSING', 'signers'),
      ...parties(state, subjectsOf(signers), 'signers'),
      ...mediatorsOfCase(state, mediators),
      ...notYetSigned(held, signers, mediators),
      ...unless(held === current(state, input.sessionId), 'TRANSCRIPT_NOT_CURRENT', 'version'),
      ...unless(
        signers.every(({ subjectId, unableToRead }) => !unableToRead || wasReadTo(held, subjectId)),
        'SIGNED_WITHOUT_READ_BACK',
        'signers',
      ),
    ];
    if (!held) return nothingBut(breaches);
    const readBack = signers.every(({ subjectId }) => wasReadTo(held, subjectId));
    return decision(breaches, () => [
      { type: 'TranscriptSigned', data: { ...told(input), sha256: held.sha256, readBack } },
    ]);
  },
});

export const refuseTranscriptSignature = command({
  name: 'refuseTranscriptSignature',
  label: { zh: '拒绝签署笔录', en: 'Refuse to sign the transcript' },
  description: 'Records that a party refuses to sign, and who or what attests it.',
  citation: transcriptEvents.TranscriptSignatureRefused.citation,
  roles: IN_SESSION,
  input: refused,
  guard: someSession(transcribed),
  decide: (state, input) =>
    decision(
      [
        ...begunSession(state, input.sessionId),
        ...hasVersion(state, input.sessionId, input.version),
        ...party(state, input.partyId, 'partyId'),
      ],
      () => [{ type: 'TranscriptSignatureRefused', data: told(input) }],
    ),
});

export const transcriptCommands = [
  draftTranscript,
  readBackTranscript,
  correctTranscript,
  signTranscript,
  refuseTranscriptSignature,
];
