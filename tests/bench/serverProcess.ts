import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  /** From the start of the process until it said that it is ready, in seconds. */
  readonly secondsToReady: number;
  /** Memory in use by the process, in MiB. */
  residentMiB(): number;
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 5;
const PATIENCE_MS = 60_000;

/** Runs a script with node, and with the options of this process, and waits until `/readyz` answers 200. */
export async function startProcess(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    env: { ...process.env, ...env, SATCHEL_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() - started > PATIENCE_MS)
      throw new Error(`${script} did not become ready`);
    await sleep(ASK_EVERY_MS);
  }
  return {
    port,
    secondsToReady: (performance.now() - started) / 1_000,
    residentMiB: () => residentMiB(child),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    response => response.ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function residentMiB({ pid }: ChildProcess): number {
  const status = `/proc/${pid}/status`;
  const kibibytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kibibytes) / 1024;
}
