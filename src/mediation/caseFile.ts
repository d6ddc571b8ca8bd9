import { FileDocument } from './codes.js';
import { currentTranscript } from './sessions.js';
import type { Party } from './state/people.js';
import type { Session } from './state/session.js';
import type { Dispute } from './state.js';

/** A transcript that a mediator signed, and that every party signed or refused to sign (2002 rules art. 35). */
const hasRecord = (session: Session, parties: readonly Party[]): boolean => {
  const transcript = currentTranscript(session);
  if (!transcript || transcript.mediators.length === 0) return false;
  const { signers, refusals } = transcript;
  return parties.every(
    ({ subjectId }) =>
      signers.some(signer => signer.subjectId === subjectId) || refusals.some(({ partyId }) => partyId === subjectId),
  );
};

const wasHeld = ({ status }: Session): boolean => status !== 'SCHEDULED';

const REQUIRED: Readonly<Record<FileDocument, (state: Dispute) => boolean>> = {
  APPLICATION: () => true,
  RIGHTS_NOTICE: state => state.caseNo !== undefined,
  ID_PROOF: state => state.caseNo !== undefined,
  MEDIATION_RECORD: state => state.sessions.some(wasHeld),
  AGREEMENT: state => state.agreement !== undefined,
};

/** What the record itself stands in for; identity is proved by papers alone. */
const ON_RECORD: Readonly<Record<FileDocument, (state: Dispute) => boolean>> = {
  APPLICATION: state => state.source !== undefined,
  RIGHTS_NOTICE: state => state.parties.every(({ acknowledged }) => acknowledged),
  ID_PROOF: () => false,
  MEDIATION_RECORD: state => state.sessions.filter(wasHeld).every(session => hasRecord(session, state.parties)),
  AGREEMENT: state => state.agreement !== undefined,
};

/** Documents that the file of this case must hold (form set of the Ministry of Justice, 2010). */
export const requiredDocuments = (state: Dispute): readonly FileDocument[] =>
  FileDocument.values.filter(document => REQUIRED[document](state));

/** Documents that the file has without any paper being brought. */
export const documentsOnRecord = (state: Dispute): readonly FileDocument[] =>
  requiredDocuments(state).filter(document => ON_RECORD[document](state));
