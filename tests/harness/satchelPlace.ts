import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnginePair } from './enginePair.js';

/** Where a Satchel can be: a directory of its own, and engines of its own in a run of the scaled tests; all empty. */
export interface SatchelPlace {
  readonly data: string;
  /** For a process that serves, or does anything else, there. */
  readonly settings: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export const newMasterKey = (): string => randomBytes(32).toString('base64');

export async function emptyPlace(masterKey: string): Promise<SatchelPlace> {
  const scratch = mkdtempSync(join(tmpdir(), 'satchel-place-'));
  const data = join(scratch, 'data');
  let engines: EnginePair | undefined;
  if (process.env.SATCHEL_TEST_ENGINES === 'scaled') {
    // Loaded when it is needed: most tests do without.
    const { startEnginePair } = await import('./enginePair.js');
    engines = await startEnginePair();
  }
  return {
    data,
    settings: {
      SATCHEL_DATA: data,
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: masterKey,
      SATCHEL_LOG_LEVEL: 'warn',
      ...engines?.settings,
    },
    async remove() {
      await engines?.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
