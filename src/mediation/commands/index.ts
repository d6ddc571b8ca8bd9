import { acceptanceCommands } from './acceptance.js';
import { closingCommands } from './closing.js';
import { consentCommands } from './consent.js';
import { followUpCommands } from './followUp.js';
import { guardianCommands } from './guardians.js';
import { mediatorCommands } from './mediators.js';
import { openSession } from './openSession.js';
import { reachOralAgreement } from './oralAgreement.js';
import { participantCommands } from './participants.js';
import { performanceCommands } from './performance.js';
import { recordingCommands } from './recording.js';
import { reportCommands } from './report.js';
import { screeningCommands } from './screening.js';
import { sessionCommands } from './session.js';
import { statementCommands } from './statements.js';
import { terminationCommands } from './termination.js';
import { transcriptCommands } from './transcript.js';
import { writtenAgreementCommands } from './writtenAgreement.js';

/** Everything that can be asked of a case, in the order of its course. */
export const disputeCommands = [
  ...reportCommands,
  ...screeningCommands,
  ...acceptanceCommands,
  ...mediatorCommands,
  ...consentCommands,
  ...guardianCommands,
  ...participantCommands,
  openSession,
  ...sessionCommands,
  ...recordingCommands,
  ...statementCommands,
  ...transcriptCommands,
  reachOralAgreement,
  ...writtenAgreementCommands,
  ...performanceCommands,
  ...terminationCommands,
  ...followUpCommands,
  ...closingCommands,
];
