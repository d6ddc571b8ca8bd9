import { Forbidden, NotFound } from '../../access/errors.js';
import type { CommandWatch } from '../../commands/commandServices.js';
import type { CommandResult, Metrics } from './metrics.js';

const isDenial = (error: unknown): boolean => error instanceof Forbidden || error instanceof NotFound;

/** Counts commands by what comes of them. */
export const watchCommands =
  (metrics: Pick<Metrics, 'command'>): CommandWatch =>
  async (command, carryOut) => {
    const start = performance.now();
    const tell = (result: CommandResult) => metrics.command(command, result, (performance.now() - start) / 1000);
    try {
      const outcome = await carryOut();
      tell(outcome.refused ? 'refused' : 'done');
      return outcome;
    } catch (error) {
      tell(isDenial(error) ? 'denied' : 'failed');
      throw error;
    }
  };
