import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MasterKeyUnusable } from './errors.js';

const KEY_BYTES = 32;
const RULE = 'must hold 32 bytes, as 64 hexadecimal digits or in base64';

/** The key in a text of 64 hexadecimal digits or base64 (either alphabet), or nothing. */
export function parseMasterKey(text: string): Buffer | undefined {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return undefined;
  return Buffer.from(trimmed, 'base64');
}

/**
 * The master key out of a variable.
 * @param variable its name, for the error; the value is never repeated
 * @throws MasterKeyUnusable
 */
export function masterKeyFromText(variable: string, text: string): Buffer {
  const key = parseMasterKey(text);
  if (!key) throw new MasterKeyUnusable(variable, RULE);
  return key;
}

/**
 * The master key out of a file.
 * @param warn told when others than the owner may read the file: not refused, since mounted secrets often are so
 * @throws MasterKeyUnusable
 */
export function masterKeyFromFile(file: string, warn: (message: string) => void = () => {}): Buffer {
  let text: string;
  try {
    if (statSync(file).mode & 0o077) warn(`${file}: others than its owner may use the master key; chmod 600 it`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new MasterKeyUnusable(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return masterKeyFromText(file, text);
}

const syncDirectory = (directory: string): void => {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

/**
 * The master key out of a file that is made, for its owner alone, when it is not there; for trying Satchel out.
 * It is on disk before anything is locked with it.
 * @throws MasterKeyUnusable
 */
export function masterKeyFromFileOrNew(file: string, warn?: (message: string) => void): Buffer {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle);
    closeSync(handle);
    syncDirectory(dirname(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new MasterKeyUnusable(file, `cannot be made (${code})`);
  }
  return masterKeyFromFile(file, warn);
}
