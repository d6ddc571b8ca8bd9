import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger };

/** Wherever a token may stand in what is logged. */
const TOKENS = ['authorization', '*.authorization', '*.*.authorization', '*.*.*.authorization'];

/**
 * Logs as JSON lines, on standard error unless told otherwise: standard output belongs to the command line's answers.
 * @param level least grave thing to log, as SATCHEL_LOG_LEVEL has it
 */
export const createLogger = (level: string, to: DestinationStream = destination(2)): Logger =>
  pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, redact: { paths: TOKENS, censor: '[redacted]' } }, to);
