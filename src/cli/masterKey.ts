import type { Config } from '../config.js';
import { UsageError } from './errors.js';

/** The key that opens the vault. @throws UsageError saying how to make one */
export function masterKeyOf(config: Config): Buffer {
  if (config.masterKey) return config.masterKey;
  throw new UsageError(
    [
      'there is no master key, and without it no personal data can be read or written.',
      'Make one, keep a copy in a safe place, and name its file:',
      '  openssl rand -base64 32 > master.key && chmod 600 master.key',
      '  SATCHEL_MASTER_KEY_FILE=master.key satchel serve',
    ].join('\n'),
  );
}
