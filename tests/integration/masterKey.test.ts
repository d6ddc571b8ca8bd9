import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MasterKeyUnusable } from '../../src/access/vault/errors.js';
import {
  masterKeyFromFile,
  masterKeyFromFileOrNew,
  masterKeyFromText,
  parseMasterKey,
} from '../../src/access/vault/masterKey.js';

const key = randomBytes(32);
let directory: string;
let file: string;
let warnings: string[];
const warn = (message: string) => void warnings.push(message);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'master-key-'));
  file = join(directory, 'master.key');
  warnings = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const refusal = (work: () => unknown): MasterKeyUnusable => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(MasterKeyUnusable);
    return error as MasterKeyUnusable;
  }
  throw new Error('It did not fail');
};

describe('the master key', () => {
  it.each(['hex', 'base64', 'base64url'] as const)('is read in %s', encoding => {
    expect(parseMasterKey(` ${key.toString(encoding)}\n`)).toEqual(key);
    expect(masterKeyFromText('SATCHEL_MASTER_KEY', key.toString(encoding))).toEqual(key);
  });

  it.each(['', 'secret', randomBytes(31).toString('hex'), randomBytes(33).toString('base64'), `${'A'.repeat(42)}!=`])(
    'is not %s',
    text => {
      const error = refusal(() => masterKeyFromText('SATCHEL_MASTER_KEY', text));
      expect(error).toMatchObject({ code: 'MASTER_KEY_UNUSABLE', source: 'SATCHEL_MASTER_KEY' });
      if (text) expect(error.message).not.toContain(text);
    },
  );

  it('is read from a file that is its owner’s alone, without a word', () => {
    writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600 });
    expect(masterKeyFromFile(file, warn)).toEqual(key);
    expect(warnings).toEqual([]);
  });

  it('in a file that others may read is read with a warning that names the file', () => {
    writeFileSync(file, key.toString('hex'));
    chmodSync(file, 0o644);
    expect(masterKeyFromFile(file, warn)).toEqual(key);
    expect(warnings).toEqual([expect.stringContaining(file)]);
    expect(warnings[0]).not.toContain(key.toString('hex'));
  });

  it('in a file that is not there, or holds no key, is an error that names the file', () => {
    expect(refusal(() => masterKeyFromFile(file)).message).toContain(file);
    writeFileSync(file, 'not a key', { mode: 0o600 });
    expect(refusal(() => masterKeyFromFile(file))).toMatchObject({ source: file });
  });

  it('is made once when asked for, for its owner alone', () => {
    const made = masterKeyFromFileOrNew(file, warn);
    expect(made).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(masterKeyFromFileOrNew(file, warn)).toEqual(made);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(warnings).toEqual([]);
    expect(masterKeyFromFileOrNew(join(directory, 'other.key'))).not.toEqual(made);
  });

  it('cannot be made where there is no directory', () => {
    const nowhere = join(directory, 'none', 'master.key');
    expect(refusal(() => masterKeyFromFileOrNew(nowhere))).toMatchObject({ source: nowhere });
  });
});
