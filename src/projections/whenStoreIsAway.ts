import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../eventstore/errors.js';
import type { EventStore } from '../eventstore/port.js';

const ASK_EVERY_MS = 5_000;

/**
 * A subscription waits for a server that is away, for as long as that takes. Others may reach it meanwhile: so who leads
 * asks besides. Ends with nothing when the signal says so.
 */
export async function whenStoreIsAway(
  store: Pick<EventStore, 'head'>,
  signal: AbortSignal,
): Promise<StoreUnavailable | undefined> {
  while (await delay(ASK_EVERY_MS, true, { signal, ref: false }).catch(() => false))
    try {
      await store.head();
    } catch (error) {
      // Anything else the subscription meets too, and says so.
      if (error instanceof StoreUnavailable) return error;
    }
  return undefined;
}
