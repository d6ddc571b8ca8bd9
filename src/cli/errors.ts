import { StoreFull, StoreUnavailable } from '../eventstore/errors.js';

/** What a person at the command line did wrong, with the way out; printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Codes of errors that a person can mend: their message is enough. */
const MENDABLE = new Set([
  'OTHER_HISTORY',
  'READ_MODEL_AHEAD',
  'READ_MODEL_NEWER',
  'REBUILD_OUT_OF_ROOM',
  'STORE_CORRUPT',
  'STORE_MISCONFIGURED',
  'STORE_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'APPEND_TOO_LARGE',
  'COPY_REFUSED',
  'BACKUP_REFUSED',
  'BACKUP_DAMAGED',
  'WRONG_MASTER_KEY',
  'VAULT_UNUSABLE',
  'CONTROL_UNUSABLE',
  'EADDRINUSE',
  'EACCES',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const isMendable = (error: Error): boolean =>
  ['UsageError', 'ConfigError', 'DatabaseUnusable'].includes(error.name) ||
  MENDABLE.has((error as { code?: string }).code ?? '');

const OTHER_HOST = '; give an address of this machine with SATCHEL_HOST or --host';
/** What to do about an address that the operating system does not give, or a server that does not answer. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: '; give another port with SATCHEL_PORT or --port, or end what listens there',
  EACCES: '; give another port with SATCHEL_PORT or --port',
  EADDRNOTAVAIL: OTHER_HOST,
  ENOTFOUND: OTHER_HOST,
  EAI_AGAIN: OTHER_HOST,
  STORE_UNAVAILABLE: '; SATCHEL_EVENTSTORE says where the event store is, if it is a server',
};

/** What to print of an error: the message alone where it says what to do, otherwise all there is. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (!isMendable(error)) return `satchel: ${error.stack ?? error.message}`;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  const isAway = error instanceof StoreUnavailable && !(error instanceof StoreFull);
  const advice = ['listen', 'getaddrinfo'].includes(syscall) || isAway ? ADVICE[code] : '';
  return `satchel: ${error.message}${advice ?? ''}`;
};
