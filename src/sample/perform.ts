import { SYSTEM, type Viewer } from '../access/viewer.js';
import { execute } from '../commands/execute.js';
import { comparePositions, type Position, START } from '../kernel/position.js';
import { LOCAL_ISSUER } from '../organisation/officer/events.js';
import { viewerDirectory } from '../organisation/viewers.js';
import { boundCommand } from '../server/registry.js';
import type { Satchel } from '../server/satchel.js';
import type { StoryClock } from './clock.js';
import { recordedAt, type Step } from './story.js';

export interface PerformOptions {
  /** Told now and then how many commands are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

const STREAM_ID = /[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Every stream that a step has to do with: who does it, what is changed, and what is looked up. */
const streamsOf = ({ by, input }: Step): readonly string[] => [by, ...(JSON.stringify(input).match(STREAM_ID) ?? [])];

const changedBy = ({ command, input }: Step): string => String(input[boundCommand(command).idField]);

/** Most steps under way at once. */
const TOGETHER = 64;

/** Runs of steps that reach the server at the same moment and have nothing to do with what the others change. */
function* simultaneous(steps: readonly Step[]): Generator<readonly Step[]> {
  let group: Step[] = [];
  let changed = new Set<string>();
  for (const step of steps) {
    const apart = group[0] && recordedAt(group[0]).getTime() !== recordedAt(step).getTime();
    if (apart || group.length === TOGETHER || streamsOf(step).some(id => changed.has(id))) {
      yield group;
      group = [];
      changed = new Set();
    }
    group.push(step);
    changed.add(changedBy(step));
  }
  if (group.length > 0) yield group;
}

/** Keys are made for so many steps in advance: each time is a write to the disk. */
const KEYS_AHEAD = 500;

const keysOf = (steps: readonly Step[]): readonly string[] =>
  steps.filter(({ command }) => boundCommand(command).command.creates).map(changedBy);

const PROJECTED_WITHIN_MS = 30_000;

/** Gives the commands, each at its own time by the clock. @throws Error for one that is refused */
export async function perform(
  { services, stores, onProjected }: Satchel,
  clock: StoryClock,
  steps: readonly Step[],
  { onProgress }: PerformOptions = {},
): Promise<void> {
  const directory = viewerDirectory(services.db);
  onProjected(directory.invalidate);
  const written = new Map<string, Position>();

  /** Look-ups read the read model, which has to know what the steps name. */
  const caughtUpWith = async (group: readonly Step[]): Promise<void> => {
    const positions = group.flatMap(streamsOf).map(id => written.get(id) ?? START);
    await untilProjected(positions.reduce((a, b) => (comparePositions(a, b) < 0 ? b : a)));
  };

  const untilProjected = async (position: Position): Promise<void> => {
    if (!(await services.projections.reached(position, PROJECTED_WITHIN_MS)))
      throw new Error(`The read models did not come as far as position ${position}`);
  };

  const viewerOf = (id: string): Viewer | Promise<Viewer> =>
    id === SYSTEM.actorId ? SYSTEM : directory.resolve({ issuer: LOCAL_ISSUER, subject: id });

  const take = async (step: Step): Promise<void> => {
    const input = { commandId: step.commandId, ...step.input };
    const outcome = await execute(services.commands, boundCommand(step.command), input, await viewerOf(step.by));
    if (outcome.refused) throw refusedError(step, outcome.refused);
    written.set(outcome.done.streamId, outcome.done.position);
  };

  let done = 0;
  let keysUpTo = 0;
  for (const group of simultaneous(steps)) {
    if (done + group.length > keysUpTo) {
      stores.vault.sealingKeys(keysOf(steps.slice(keysUpTo, keysUpTo + KEYS_AHEAD)));
      keysUpTo += KEYS_AHEAD;
    }
    await caughtUpWith(group);
    await Promise.all(group.map(step => clock.at(recordedAt(step), () => take(step))));
    done += group.length;
    onProgress?.(done, steps.length);
  }
  await untilProjected(await services.store.head());
}

type Refusals = readonly { readonly code: string; readonly path: readonly string[] }[];

const refusedError = ({ command, at, by }: Step, refusals: Refusals): Error =>
  new Error(
    `${command} by ${by} at ${at.toISOString()} was refused: ${refusals.map(({ code, path }) => [code, ...path].join(' ')).join(', ')}`,
  );
