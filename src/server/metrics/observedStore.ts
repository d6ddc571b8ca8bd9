import { CommandIdTaken, RevisionConflict } from '../../eventstore/errors.js';
import type { EventStore } from '../../eventstore/port.js';
import type { AppendResult, Metrics } from './metrics.js';

const isConflict = (error: unknown): boolean => error instanceof RevisionConflict || error instanceof CommandIdTaken;

/** The same store, its appends timed. */
export const observedStore = (store: EventStore, metrics: Pick<Metrics, 'append'>): EventStore => ({
  ...store,
  append: async wanted => {
    const start = performance.now();
    const tell = (result: AppendResult) => metrics.append(result, (performance.now() - start) / 1000);
    try {
      const appended = await store.append(wanted);
      tell('done');
      return appended;
    } catch (error) {
      tell(isConflict(error) ? 'conflict' : 'failed');
      throw error;
    }
  },
});
