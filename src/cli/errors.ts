/** What a person at the command line did wrong, with the way out; printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Codes of errors that a person can mend: their message is enough. */
const MENDABLE = new Set([
  'STORE_CORRUPT',
  'WRONG_MASTER_KEY',
  'VAULT_UNUSABLE',
  'MASTER_KEY_UNUSABLE',
  'EADDRINUSE',
  'EACCES',
  'EADDRNOTAVAIL',
]);

const isMendable = (error: Error): boolean =>
  ['UsageError', 'ConfigError', 'DatabaseUnusable'].includes(error.name) ||
  MENDABLE.has((error as { code?: string }).code ?? '');

/** What to print of an error: the message alone where it says what to do, otherwise all there is. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return isMendable(error) ? `satchel: ${error.message}` : `satchel: ${error.stack ?? error.message}`;
};
