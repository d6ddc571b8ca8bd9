import { Forbidden, NotFound } from '../access/errors.js';

/** Recorded, now or when it came before; against a rule; not for this viewer; or broken off by a fault. */
export type CommandResult = 'done' | 'refused' | 'denied' | 'failed';

/** Told of each command by the name of its mutation. Must not throw. */
export type CommandObserver = (command: string, result: CommandResult, seconds: number) => void;

const isDenial = (error: unknown): boolean => error instanceof Forbidden || error instanceof NotFound;

export async function observed<Outcome extends { readonly refused?: unknown }>(
  observer: CommandObserver | undefined,
  command: string,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  if (!observer) return work();
  const start = performance.now();
  const tell = (result: CommandResult) => observer(command, result, (performance.now() - start) / 1000);
  try {
    const outcome = await work();
    tell(outcome.refused ? 'refused' : 'done');
    return outcome;
  } catch (error) {
    tell(isDenial(error) ? 'denied' : 'failed');
    throw error;
  }
}
