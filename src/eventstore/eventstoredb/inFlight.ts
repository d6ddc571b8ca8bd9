/** Lets work begin in order, one at a time for each key and so many at a time in all. */
export interface InFlight {
  enter<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that has entered is done. */
  idle(): Promise<void>;
}

export function boundedInFlight(most: number): InFlight {
  const lastOf = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const slot = async (): Promise<void> => {
    if (running >= most) await new Promise<void>(resolve => waiting.push(resolve));
    else running++;
  };
  /** Hands the slot on, so that nobody who comes just now takes it from those who wait. */
  const free = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running--;
  };
  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await slot();
    try {
      return await work();
    } finally {
      free();
    }
  };

  return {
    enter: (key, work) => {
      const done = (lastOf.get(key) ?? Promise.resolve()).then(() => run(work));
      const settled = done.then(
        () => undefined,
        () => undefined,
      );
      lastOf.set(key, settled);
      settled.then(() => {
        if (lastOf.get(key) === settled) lastOf.delete(key);
      });
      return done;
    },
    idle: async () => {
      while (lastOf.size > 0) await Promise.all(lastOf.values());
    },
  };
}
