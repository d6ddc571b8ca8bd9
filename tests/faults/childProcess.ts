import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { linkSync, mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CACHE, compiledProgram } from '../harness/compiledProgram.js';

/**
 * A program in a directory of its own, from where it finds the packages.
 * @param name of a file of this folder, or its path from here, without `.ts`
 */
export async function compileProgram(name: string): Promise<string> {
  const compiled = await compiledProgram(fileURLToPath(new URL(`${name}.ts`, import.meta.url)));
  const program = join(mkdtempSync(join(CACHE, 'faults-')), `${basename(name)}.mjs`);
  linkSync(compiled, program);
  return program;
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** Everything that it told, once it is gone; a line that was cut off is left out. */
  readonly told: Promise<string[]>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Runs it; `onLine` hears how many lines it has told so far. */
export function runProgram(program: string, args: readonly string[], onLine?: (count: number) => void): Running {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<Awaited<Running['exited']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', line => {
    lines.push(line);
    onLine?.(lines.length);
  });
  const told = exited.then(() => lines.filter(line => line.endsWith('}')));
  return { child, told, exited };
}
