import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES } from '../server/stores.js';
import { UsageError } from './errors.js';

/** Where the sample county is kept, with a master key of its own. */
export interface DemoStore {
  readonly data: string;
  readonly masterKey: Buffer;
  /** Whether the county is there, from an earlier time. */
  readonly loaded: boolean;
  markLoaded(): void;
  /** Takes away what is not to be kept. */
  remove(): void;
}

/** Gone when the demo ends, however it ends. */
export function temporaryStore(): DemoStore {
  const data = mkdtempSync(join(tmpdir(), 'satchel-demo-'));
  const remove = () => rmSync(data, { recursive: true, force: true });
  process.once('exit', remove);
  return { data, masterKey: randomBytes(32), loaded: false, markLoaded: () => undefined, remove };
}

const KEY = 'sample-master.key';
const LOADED = 'sample-county-loaded';

/** A directory that stays. @throws UsageError for one that holds events that are no sample county */
export function keptStore(data: string): DemoStore {
  const [keyFile, mark] = [join(data, KEY), join(data, LOADED)];
  if (!existsSync(keyFile) && existsSync(join(data, FILES.events)))
    throw new UsageError(`${data} holds events already, and not those of a sample county; name another directory`);
  mkdirSync(data, { recursive: true });
  if (!existsSync(keyFile)) writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return {
    data,
    masterKey: Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64'),
    loaded: existsSync(mark),
    markLoaded: () => writeFileSync(mark, ''),
    remove: () => undefined,
  };
}
