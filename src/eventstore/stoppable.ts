/**
 * An iteration that ends at once when the signal aborts or its consumer leaves, though it be waiting just then:
 * a generator alone would let a `return` wait behind a `next` that waits for an event.
 */
export function stoppable<Item>(
  signal: AbortSignal | undefined,
  iterate: (stop: AbortSignal) => AsyncGenerator<Item, undefined>,
): AsyncIterableIterator<Item> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  const items = iterate(stop.signal);

  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    abort();
    signal?.removeEventListener('abort', abort);
    await items.return(undefined);
    return { done: true, value: undefined };
  };

  return {
    next: async () => {
      try {
        const result = await items.next();
        return result.done ? await end() : result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
