import { SYSTEM, type Viewer } from '../access/viewer.js';
import { execute } from '../commands/execute.js';
import type { SimulatedClock } from '../kernel/clock.js';
import { highest, type Position, START } from '../kernel/position.js';
import { LOCAL_ISSUER } from '../organisation/officer/events.js';
import { viewerDirectory } from '../organisation/viewers.js';
import { boundCommand } from '../server/registry.js';
import type { Satchel } from '../server/satchel.js';
import { recordedAt, type Step } from './story.js';

export interface PerformOptions {
  /** Told now and then how many commands are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What is due after the last command happens up to this moment; nothing more, if left out. */
  readonly until?: Date;
}

const STREAM_ID = /[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const changedBy = ({ command, input }: Step): string => String(input[boundCommand(command).idField]);

/** Every stream that a step has to do with: who does it, what is changed, and what is looked up. */
const streamsOf = ({ by, input }: Step): readonly string[] => [by, ...(JSON.stringify(input).match(STREAM_ID) ?? [])];

/** What a step reads of others: it comes from the read models, while its own noun comes from the store. */
const lookedUpBy = (step: Step): readonly string[] => streamsOf(step).filter(id => id !== changedBy(step));

/** Keys are made for so many steps in advance: each time is a write to the disk. */
const KEYS_AHEAD = 500;

const keysOf = (steps: readonly Step[]): readonly string[] =>
  steps.filter(({ command }) => boundCommand(command).command.creates).map(changedBy);

const PROJECTED_WITHIN_MS = 30_000;

/** Gives the commands, each at its own time by the clock. @throws Error for one that is refused */
export const perform = (
  satchel: Satchel,
  clock: SimulatedClock,
  steps: readonly Step[],
  options: PerformOptions = {},
): Promise<void> => satchel.policies.byHand(() => performAlone(satchel, clock, steps, options));

async function performAlone(
  { services, stores, policies, onProjected }: Satchel,
  clock: SimulatedClock,
  steps: readonly Step[],
  { onProgress, until }: PerformOptions,
): Promise<void> {
  const directory = viewerDirectory(services.db);
  onProjected(directory.invalidate);
  const written = new Map<string, Position>();

  /** The read models have to know what a step looks up. */
  const caughtUpWith = async (step: Step): Promise<void> => {
    const positions = lookedUpBy(step).map(id => written.get(id) ?? START);
    await untilProjected(highest(positions));
  };

  const untilProjected = async (position: Position): Promise<void> => {
    if (!(await services.projections.reached(position, PROJECTED_WITHIN_MS)))
      throw new Error(`The read models did not come as far as position ${position}`);
  };

  const viewerOf = (id: string): Viewer | Promise<Viewer> =>
    id === SYSTEM.actorId ? SYSTEM : directory.resolve({ issuer: LOCAL_ISSUER, subject: id });

  /** What is due by then happens at its own time. */
  const letTimePass = async (until: Date): Promise<void> => {
    for (let due = await policies.catchUp(); due && due <= until; due = await policies.catchUp()) {
      if (due > clock.now()) clock.set(due);
      await policies.pass();
    }
  };

  const take = async (step: Step): Promise<void> => {
    await caughtUpWith(step);
    await letTimePass(recordedAt(step));
    clock.set(recordedAt(step));
    const input = { commandId: step.commandId, ...step.input };
    const outcome = await execute(services.commands, boundCommand(step.command), input, await viewerOf(step.by));
    if (outcome.refused) throw refusedError(step, outcome.refused);
    written.set(outcome.done.streamId, outcome.done.position);
  };

  for (const [index, step] of steps.entries()) {
    if (index % KEYS_AHEAD === 0) await stores.vault.sealingKeys(keysOf(steps.slice(index, index + KEYS_AHEAD)));
    await take(step);
    onProgress?.(index + 1, steps.length);
  }
  if (until) await letTimePass(until);
  await untilProjected(await services.store.head());
}

type Refusals = readonly { readonly code: string; readonly path: readonly string[] }[];

const refusedError = ({ command, at, by }: Step, refusals: Refusals): Error =>
  new Error(
    `${command} by ${by} at ${at.toISOString()} was refused: ${refusals.map(({ code, path }) => [code, ...path].join(' ')).join(', ')}`,
  );
