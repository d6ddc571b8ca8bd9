import type { Recording, Session } from './state/session.js';

export const findRecording = (session: Session, recordingId: string): Recording | undefined =>
  session.recordings.find(recording => recording.recordingId === recordingId);

/** Whether it ran at a time, both ends included, by the clock of the device: its turns may come to be known in any order. */
function ranAt({ turns }: Recording, at: string): boolean {
  const before = turns.filter(turn => turn.at < at).sort((one, other) => one.at.localeCompare(other.at));
  return before.at(-1)?.running === true || turns.some(turn => turn.at === at);
}

/** The recording that ran at a time, if any. */
export const recordingAt = ({ recordings }: Session, at: string): Recording | undefined =>
  recordings.find(recording => ranAt(recording, at));

/** Something that was said or done between the parties. */
export interface Heard {
  readonly at: string;
  /** The recording that it is said to be on. */
  readonly recordingId?: string;
}

const heardIn = ({ statements, evidence, disorders, persuasions, proposals, agreedAt }: Session): readonly Heard[] => [
  ...statements,
  ...evidence,
  ...disorders,
  ...persuasions,
  ...proposals.flatMap(proposal => [proposal, ...proposal.answers]),
  ...(agreedAt === undefined ? [] : [{ at: agreedAt }]),
];

/** Whether it is on a recording: one that ran then, or one that it is said to be on. */
export const isRecorded = (session: Session, { at, recordingId }: Heard): boolean =>
  recordingAt(session, at) !== undefined || session.recordings.some(recording => recording.recordingId === recordingId);

/** Whether a session went by of which all had to be recorded, and nothing is. */
export const nothingRecorded = ({ recordingRequired, recordings }: Session): boolean =>
  recordingRequired && recordings.length === 0;

/** Whether a recording has a gap, or something that had to be recorded is on none. */
export const isRecordingBroken = (session: Session): boolean =>
  session.recordings.some(({ gapsMs }) => gapsMs.length > 0) ||
  (session.status === 'ENDED' && nothingRecorded(session)) ||
  (session.recordingRequired && !heardIn(session).every(heard => isRecorded(session, heard)));
