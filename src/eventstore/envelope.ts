export type { Attachment, EventEnvelope } from '../kernel/envelope.js';
