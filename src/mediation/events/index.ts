import type { EventsOf } from '../../kernel/events.js';
import { agreementEvents } from './agreement.js';
import { caseEvents } from './case.js';
import { closingEvents } from './closing.js';
import { consentEvents } from './consent.js';
import { mediatorEvents } from './mediators.js';
import { participantEvents } from './participants.js';
import { performanceEvents } from './performance.js';
import { recordingEvents } from './recording.js';
import { sessionEvents } from './session.js';
import { statementEvents } from './statements.js';
import { transcriptEvents } from './transcript.js';

/** Everything that can have happened in a case, by theme. */
export const disputeEvents = {
  ...caseEvents,
  ...mediatorEvents,
  ...consentEvents,
  ...participantEvents,
  ...sessionEvents,
  ...recordingEvents,
  ...statementEvents,
  ...transcriptEvents,
  ...agreementEvents,
  ...performanceEvents,
  ...closingEvents,
};

export type DisputeEvent = EventsOf<typeof disputeEvents>;
