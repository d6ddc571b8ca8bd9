import { isDiskFull, sqlCode } from './libsql.js';
import { NotACell } from './storable.js';

/** Of the operating system: the server, or its name, cannot be reached just now; or there is nothing left to reach it by. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  // A container that is stopped, asked for by its name, where no name server can be asked elsewhere.
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EMFILE',
  'ENFILE',
]);
/**
 * SQLSTATE: connection failures; a password that was changed on one side first; a deadlock that was broken; resources
 * used up (a full disk too); shutting down or starting; an error of the server's disk; idle for too long; a stand-by
 * that is not the first server yet.
 */
const GONE_FOR_NOW = /^(08|28|40|53|57P0|58|25P03|25006)/;
/** The driver's own errors have no code. */
const LOST =
  /^(Connection terminated|timeout (expired|exceeded when trying to connect)|Client (has encountered a connection error|was closed)|Query read timeout)/;
/** A full disk, and another process that holds the lock for long. */
const PASSING = /^SQLITE_(FULL|BUSY|LOCKED|IOERR)/;

/** SQLSTATE disk_full. */
const PG_DISK_FULL = '53100';

/** Whether a database fails since its disk is full. */
export const isOutOfRoom = (error: unknown): boolean =>
  isDiskFull(error) || (error instanceof Error && (error as NodeJS.ErrnoException).code === PG_DISK_FULL);

/** Whether a database only fails for now, so that the same again may succeed later. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return UNREACHABLE.has(code) || GONE_FOR_NOW.test(code) || LOST.test(message) || PASSING.test(sqlCode(error) ?? '');
}

/** SQLSTATE: data exceptions, broken constraints, more than an index or a row can hold. */
const PG_UNSTORABLE = /^(22|23|54)[0-9A-Z]{3}$/;
const SQLITE_UNSTORABLE = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/;

/** Whether it is the values that a database refuses, so that others are taken, and these never. */
export function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return error instanceof NotACell || PG_UNSTORABLE.test(code) || SQLITE_UNSTORABLE.test(sqlCode(error) ?? '');
}

/** SQLSTATE query_canceled: the time that a statement may take is up. */
export const isCancelled = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === '57014';
