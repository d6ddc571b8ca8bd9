import { afterEach, beforeEach, expect } from 'vitest';
import { type EventStoreDbOptions, openEventStoreDb } from '../../../src/eventstore/eventstoredb/open.js';
import type { Patience } from '../../../src/eventstore/eventstoredb/patience.js';
import type { EventStore } from '../../../src/eventstore/port.js';
import { sampleUpcasters } from '../../contract/sampleAppend.js';
import { type EventStoreDbStandIn, type StandInOptions, startEventStoreDbStandIn } from './standIn.js';

/** So that what fails is soon found out. */
const HASTY: Partial<Patience> = { answerMs: 400, backoff: { firstMs: 1, longestMs: 5 } };

export const addressOf = (standIn: EventStoreDbStandIn): string => `esdb://127.0.0.1:${standIn.port}?tls=false`;

type OpenOptions = Partial<Omit<EventStoreDbOptions, 'patience' | 'connectionString'>>;

/**
 * Stand-ins and stores on them, each closed at the end of the test that opened it: which fails, too, when an error came
 * out that nobody caught.
 */
export function standInsPerTest() {
  const standIns: EventStoreDbStandIn[] = [];
  const stores: EventStore[] = [];
  const stray: unknown[] = [];
  const onStray = (error: unknown): void => {
    stray.push(error);
  };

  beforeEach(() => {
    process.on('unhandledRejection', onStray);
    process.on('uncaughtException', onStray);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const standIn of standIns.splice(0)) await standIn.stop();
    process.off('unhandledRejection', onStray);
    process.off('uncaughtException', onStray);
    expect(stray.splice(0)).toEqual([]);
  });

  const start = async (options: StandInOptions = {}): Promise<EventStoreDbStandIn> => {
    const standIn = await startEventStoreDbStandIn(options);
    standIns.push(standIn);
    return standIn;
  };
  const open = async (
    connectionString: string,
    patience: Partial<Patience> = {},
    options: OpenOptions = {},
  ): Promise<EventStore> => {
    const store = await openEventStoreDb({
      connectionString,
      upcasters: sampleUpcasters,
      patience: { ...HASTY, ...patience },
      ...options,
    });
    stores.push(store);
    return store;
  };
  return {
    start,
    open,
    openOn: (standIn: EventStoreDbStandIn, patience?: Partial<Patience>) => open(addressOf(standIn), patience),
  };
}
