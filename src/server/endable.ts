const END = { done: true, value: undefined } as const;

/**
 * A stream of results that ends as soon as its controller aborts, even while its source waits for something to happen;
 * an async generator alone could not end before that. What the source gives after the end is dropped: the cursor of the
 * last result that was sent says where to go on.
 */
export function endable<Result>(
  source: AsyncGenerator<Result, void, void>,
  controller: AbortController,
): AsyncGenerator<Result, void, void> {
  const { signal } = controller;
  let endNext: (() => void) | undefined;
  const end = () => {
    endNext?.();
    // Whatever the source still has to say about it, nobody is listening any more.
    source.return().catch(() => undefined);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });

  const next = (): Promise<IteratorResult<Result, void>> =>
    signal.aborted
      ? Promise.resolve(END)
      : new Promise((resolve, reject) => {
          endNext = () => resolve(END);
          source.next().then(resolve, reject);
        });
  const stop = (): Promise<IteratorResult<Result, void>> => {
    controller.abort();
    return Promise.resolve(END);
  };
  return {
    next,
    return: stop,
    throw: error => stop().then(() => Promise.reject(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => stop().then(() => undefined),
  };
}
