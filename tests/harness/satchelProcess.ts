import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Config } from '../../src/config.js';
import { compileProgram } from '../faults/childProcess.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Without how far the read models have come: whether that takes long enough to be shown hangs on the machine. */
  readonly stderr: string;
}

/** `satchel …` as a process of its own. */
export interface SatchelProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Where it serves, once it does. */
  readonly url: Promise<string>;
  /** Waits until it has said this on standard output. Rejects when it ends before. */
  said(what: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

type Settings = Readonly<Record<string, string>>;

/** The command line of Satchel, compiled for a test file of its own. */
export interface SatchelProgram {
  /** Starts it with these settings and no others. */
  start(args: readonly string[], settings: Settings): SatchelProcess;
  /** Runs it to its end. */
  run(args: readonly string[], settings: Settings): Promise<Ended>;
  remove(): void;
}

const withoutSettings = (): Settings =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name, value]) => value !== undefined && !name.startsWith('SATCHEL_')),
  ) as Settings;

/** Keeps what it says, and wakes whoever waits for something to be said. */
function listen(stdout: Readable): SatchelProcess['said'] {
  let told = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk;
  });
  return what =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = what.exec(told);
        if (found) resolve(found);
      };
      look();
      stdout.on('data', look);
      stdout.once('end', () => reject(new Error(`It ended without saying ${what}: ${told}`)));
    });
}

function start(main: string, args: readonly string[], settings: Settings): SatchelProcess {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutSettings(), ...settings },
  });
  const said = listen(child.stdout);
  const url = said(/serves (http:\S+)\/graphql/).then(([, found]) => found as string);
  url.catch(() => undefined);
  const exited = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const ended = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(([exit, stdout, stderr]) => ({
    ...exit,
    stdout,
    stderr: stderr.replace(/^Building read models: .*\n/gm, ''),
  }));
  return { child, url, said, ended };
}

/** For a process beside a Satchel of this one, on the same stores. */
export function settingsOf({ config }: { readonly config: Config }): Settings {
  const { data, masterKey, eventStore, database } = config;
  return {
    SATCHEL_DATA: data,
    SATCHEL_MASTER_KEY: (masterKey as Buffer).toString('base64'),
    SATCHEL_PORT: '0',
    SATCHEL_LOG_LEVEL: 'silent',
    ...(eventStore && { SATCHEL_EVENTSTORE: eventStore }),
    ...(database && { SATCHEL_DATABASE: database }),
  };
}

export async function compileSatchel(): Promise<SatchelProgram> {
  const main = await compileProgram('../../src/main');
  return {
    start: (args, settings) => start(main, args, settings),
    run: (args, settings) => start(main, args, settings).ended,
    remove: () => rmSync(dirname(main), { recursive: true, force: true }),
  };
}

/** Does something, once, when the process has said this on standard error. */
export function whenTold({ child }: SatchelProcess, what: RegExp, act: () => unknown): void {
  let told = '';
  const look = (chunk: Buffer) => {
    told += chunk;
    if (!what.test(told)) return;
    child.stderr.off('data', look);
    act();
  };
  child.stderr.on('data', look);
}

/** SQLite's own: an index that is made anew at each opening, and a log that is written back into its file. */
const isEmptyOrScratch = (file: string): boolean =>
  file.endsWith('-shm') || (file.endsWith('-wal') && statSync(file).size === 0);

/** What lies in a directory, by the digest of each file: equal when nothing was changed, added or taken away. */
export const contentsOf = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(directory)
      .map(name => join(directory, name))
      .filter(file => !isEmptyOrScratch(file))
      .sort()
      .map(file => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
