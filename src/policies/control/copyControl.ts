import { isDeepStrictEqual } from 'node:util';
import { START } from '../../kernel/position.js';
import { ControlNotThere, ControlUnusable } from './errors.js';
import { openControl } from './openControl.js';
import type { Checkpoint, ControlStore } from './port.js';

const atStart = ({ policy, version }: Checkpoint): Checkpoint => ({ policy, version, position: START });

async function onControl<Result>(at: string, make: boolean, work: (control: ControlStore) => Promise<Result>) {
  const control = await openControl(at, { make });
  try {
    return await work(control);
  } finally {
    await control.close();
  }
}

/** Nothing where there is none. */
async function ifThere<Result>(at: string, work: (control: ControlStore) => Promise<Result>) {
  try {
    return await onControl(at, false, work);
  } catch (error) {
    if (error instanceof ControlNotThere) return undefined;
    throw error;
  }
}

/** Whether there is one that holds something. @param at `postgres://…`, or the path of a file */
export const isControlThere = async (at: string): Promise<boolean> =>
  (await ifThere(at, async control => (await control.checkpoints()).length > 0)) ?? false;

/** Lets go of all that is in one; nothing where there is none. */
export const emptyControl = async (at: string): Promise<void> =>
  void (await ifThere(at, control => control.forgetAll()));

/**
 * Copies a control store as it is at one moment, while others use it. Where it goes, it holds nothing yet; it is read
 * again at the end, and compared. How many timers there are; nothing where there is no control store to copy.
 * @param samePlaces whether events have the same positions in the log that the copy is for; if not, policies read that
 * from its first event
 * @throws ControlUnusable, DatabaseUnusable
 */
export async function copyControl(from: string, to: string, samePlaces = true): Promise<number | undefined> {
  const found = await ifThere(from, control => control.readAll());
  if (!found) return undefined;
  const contents = samePlaces ? found : { ...found, checkpoints: found.checkpoints.map(atStart) };
  await onControl(to, true, async control => {
    await control.fill(contents);
    if (isDeepStrictEqual(await control.readAll(), contents)) return;
    throw new ControlUnusable(control.place, 'does not hold what was copied into it: another program changed it');
  });
  return contents.timers.length;
}
