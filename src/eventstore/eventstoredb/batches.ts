import { setImmediate as nextTurn } from 'node:timers/promises';
import { NoAnswer } from './waiting.js';

/** As much of the client's streams as is needed: their types do not agree with those of Node. */
export interface Source {
  read(): unknown;
  on(event: 'readable' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'readable', listener: () => void): unknown;
  resume(): unknown;
}

export interface BatchOptions {
  readonly batchSize: number;
  /** Milliseconds without anything, after which NoAnswer is thrown; asked again when they are up. */
  readonly silenceMs: () => number;
  /** Ends the reading by throwing the signal's reason. */
  readonly signals: readonly AbortSignal[];
  /** Ends the call on the server; to destroy the stream would leave it open, and waited for when the client is closed. */
  readonly leave: () => Promise<void>;
  /** Called whenever all that has arrived was given out and is done with. */
  readonly onDrained?: () => void;
}

/**
 * What a stream of the client brings, in batches that are never empty, until it ends or fails.
 * The stream fails by an event alone, may do so after it was left, and says nothing at all when its client is
 * disposed of; hence the listener that stays and the signals.
 */
export async function* batchesOf<Item>(stream: Source, options: BatchOptions): AsyncGenerator<readonly Item[]> {
  const { batchSize, silenceMs, signals, leave, onDrained } = options;
  const state: { ended: boolean; failure?: unknown } = { ended: false };
  let wake = (): void => {};
  const onEvent = (): void => wake();
  stream.on('readable', onEvent);
  stream.on('end', () => {
    state.ended = true;
    wake();
  });
  stream.on('error', error => {
    state.failure ??= error;
    wake();
  });
  for (const signal of signals) signal.addEventListener('abort', onEvent);

  /** Until there is something, or for as long as there may be nothing: then the silence is the answer. */
  const something = (): Promise<NoAnswer | undefined> =>
    new Promise(resolve => {
      const since = performance.now();
      let timer: NodeJS.Timeout;
      const waitOn = (): void => {
        const milliseconds = silenceMs();
        const left = since + milliseconds - performance.now();
        if (left > 0) timer = setTimeout(waitOn, left);
        else resolve(new NoAnswer(milliseconds));
      };
      wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
      waitOn();
    });
  let silence: NoAnswer | undefined;

  try {
    for (;;) {
      const aborted = signals.find(signal => signal.aborted);
      if (aborted) throw aborted.reason;
      const batch = await gather<Item>(stream, batchSize);
      if (batch.length > 0) {
        silence = undefined;
        yield batch;
        continue;
      }
      onDrained?.();
      if (state.failure !== undefined) throw state.failure;
      if (state.ended) return;
      // Only now: what arrived in the silence is read, and how far the server has looked is known.
      if (silence) throw silence;
      if (!signals.some(signal => signal.aborted)) silence = await something();
    }
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onEvent);
    leave().catch(() => undefined);
    // The client lets go of a call only when nothing of it is left to read.
    stream.off('readable', onEvent);
    stream.resume();
  }
}

/** As much as has arrived, and what still arrives while it is taken: messages come a few at a time. */
async function gather<Item>(stream: Source, most: number): Promise<Item[]> {
  const items: Item[] = [];
  for (let before = -1; items.length < most && items.length > before; ) {
    before = items.length;
    while (items.length < most) {
      const item = stream.read() as Item | null;
      if (item === null) break;
      items.push(item);
    }
    if (items.length > 0 && items.length < most) await nextTurn();
  }
  return items;
}
