import type { Evolve } from '../../kernel/decider.js';
import type { EventEnvelope } from '../../kernel/envelope.js';
import type { Deviation } from '../../kernel/events.js';
import type { DisputeEvent } from '../events/index.js';
import type { Dispute } from '../state.js';
import { evolveAgreement } from './agreement.js';
import { evolveCase } from './case.js';
import { evolveClosing } from './closing.js';
import { evolveConsent } from './consent.js';
import { evolveMediators } from './mediators.js';
import { evolveParticipants } from './participants.js';
import { evolvePerformance } from './performance.js';
import { evolveRecording } from './recording.js';
import { evolveSession } from './session.js';
import { evolveStatements } from './statements.js';
import { evolveTranscript } from './transcript.js';

const steps: Evolve<Dispute, DisputeEvent> = {
  ...evolveCase,
  ...evolveMediators,
  ...evolveConsent,
  ...evolveParticipants,
  ...evolveSession,
  ...evolveRecording,
  ...evolveStatements,
  ...evolveTranscript,
  ...evolveAgreement,
  ...evolvePerformance,
  ...evolveClosing,
};

type Step = (state: Dispute, event: EventEnvelope) => Dispute;

/** Keeps the deviations of any event in one list of the case, apart from what the event says. */
const keepingDeviations =
  (step: Step): Step =>
  (state, event) => {
    const { deviations = [], ...data } = event.data as { deviations?: readonly Deviation[] };
    const next = step(state, { ...event, data });
    const found = deviations.map(({ rule, citation }) => ({ rule, citation, revision: event.revision }));
    return found.length > 0 ? { ...next, deviations: [...next.deviations, ...found] } : next;
  };

/** How each event changes a case; total over any part of its stream. */
export const evolveDispute = Object.fromEntries(
  Object.entries(steps).map(([type, step]) => [type, keepingDeviations(step as Step)]),
) as unknown as Evolve<Dispute, DisputeEvent>;
