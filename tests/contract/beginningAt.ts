import type { EventStore } from '../../src/eventstore/port.js';
import { type Position, START } from '../../src/kernel/position.js';

/**
 * The store as if it had begun at a position: for a server that holds events already and goes on from test to test.
 * Nothing else is changed, so that whatever is asked is answered by the store itself.
 */
export function beginningAt(start: Position, store: EventStore): EventStore {
  const from = <Options extends { readonly after?: Position }>(options?: Options) => ({
    ...options,
    after: options?.after === undefined || options.after === START ? start : options.after,
  });
  return {
    ...store,
    readAll: options => store.readAll(from(options)),
    readAllRaw: options => store.readAllRaw(from(options)),
    subscribe: options => store.subscribe(from(options)),
    head: async () => {
      const head = await store.head();
      return head === start ? START : head;
    },
  };
}
