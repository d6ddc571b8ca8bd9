import { sqlCode } from './libsql.js';

/** Of the operating system: the server cannot be reached just now. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);
/** SQLSTATE: connection failures, resources used up (a full disk too), shutting down or starting. */
const GONE_FOR_NOW = /^(08|53|57P0)/;
/** The driver's own errors have no code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
/** A full disk, and another process that holds the lock for long. */
const PASSING = /^SQLITE_(FULL|BUSY|LOCKED|IOERR)/;

/** Whether a database only fails for now, so that the same again may succeed later. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return UNREACHABLE.has(code) || GONE_FOR_NOW.test(code) || LOST.test(message) || PASSING.test(sqlCode(error) ?? '');
}
