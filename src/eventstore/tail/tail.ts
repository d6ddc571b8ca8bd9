import { comparePositions, type Position, START } from '../kernel/position.js';
import { LogPutBack } from './errors.js';
import type { EventStore, RecordedEvent } from './port.js';
import { stoppable } from './stoppable.js';

/** Whoever follows takes events more slowly than they come, and is further behind than what is kept at hand. */
export class FellBehind extends Error {
  override readonly name = 'FellBehind';
  constructor(
    /** Everything up to here was handed over: to be given as `after`, to go on. */
    readonly at: Position,
    readonly kept: number,
  ) {
    super(`More than ${kept} events behind`);
  }
}

/** Nobody follows the log any more: the process goes away. */
export class FollowingEnded extends Error {
  override readonly name = 'FollowingEnded';
  constructor(
    /** Everything up to here was handed over: to be given as `after`, to go on elsewhere. */
    readonly at: Position,
  ) {
    super('The log is no longer followed');
  }
}

export interface FollowOptions {
  /** Exclusive; the start by default. */
  readonly after?: Position;
  /** Ends it normally. */
  readonly signal: AbortSignal;
}

/** The end of the log as it grows, read once for all who follow it. */
export interface Tail {
  /**
   * What is in the log, then what comes, without a gap or a repeat, in batches that are never empty. Those who are at
   * the end share what is at hand, which is bounded; those who are on their way there read the log by themselves.
   * @throws FellBehind to whoever was at the end and did not keep up; LogPutBack when events are not there any more
   * @throws FollowingEnded to everyone, once it is ended
   */
  follow(options: FollowOptions): AsyncIterableIterator<readonly RecordedEvent[]>;
  /** Tells all who follow how far they came, once each has taken what it was handed; resolves when all know it. */
  end(): Promise<void>;
}

/** Events that one who follows holds at a time: few, for there may be thousands who follow. */
const BATCH_SIZE = 100;

/** Events at hand: the last ones, counted from when the tail began. */
class AtHand {
  private events: RecordedEvent[] = [];
  /** Events that were let go; the first one at hand has this number. */
  private dropped = 0;

  constructor(
    private readonly kept: number,
    /** Everything behind this position is at hand. */
    private from: Position,
  ) {}

  /** Position up to which events have been seen. */
  get to(): Position {
    return this.events.at(-1)?.position ?? this.from;
  }

  add(batch: readonly RecordedEvent[]): void {
    this.events.push(...batch);
    // Letting go of many at once is cheaper than of one each time.
    const excess = this.events.length - this.kept;
    if (excess < Math.max(1, this.kept / 10)) return;
    this.from = this.events[excess - 1]!.position;
    this.events.splice(0, excess);
    this.dropped += excess;
  }

  /** Number of the first event behind a position; nothing when it may have been let go. */
  numberBehind(position: Position): number | undefined {
    if (comparePositions(position, this.from) < 0) return undefined;
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePositions(this.events[middle]!.position, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.dropped + low;
  }

  /** The next events from a number on; nothing when some of them were let go. */
  startingAt(number: number): readonly RecordedEvent[] | undefined {
    const start = number - this.dropped;
    return start < 0 ? undefined : this.events.slice(start, start + BATCH_SIZE);
  }
}

/** One run of the tail, from the first who follows to the last who leaves. */
class Run {
  private readonly waiting = new Set<() => void>();
  private readonly abort = new AbortController();
  private end: { readonly error?: unknown } | undefined;
  followers = 0;
  /** Whoever follows leaves with word of how far it came. */
  ending = false;

  private constructor(
    private readonly store: EventStore,
    readonly atHand: AtHand,
  ) {}

  static async begin(store: EventStore, kept: number): Promise<Run> {
    const head = await store.head();
    const run = new Run(store, new AtHand(kept, head));
    void run.read(head);
    return run;
  }

  get ended(): boolean {
    return this.end !== undefined;
  }

  /** @throws what the store threw at the one who reads for all */
  requireRunning(): void {
    if (this.end?.error !== undefined) throw this.end.error;
  }

  /** Until there may be more, or it has ended, or the signal aborts. */
  more(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (this.ended || signal.aborted) return resolve();
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  sendAllAway(): void {
    this.ending = true;
    this.wakeAll();
  }

  stop(): void {
    this.abort.abort();
    this.finish({});
  }

  private async read(after: Position): Promise<void> {
    try {
      for await (const batch of this.store.subscribe({ after, signal: this.abort.signal })) {
        this.atHand.add(batch);
        this.wakeAll();
      }
      this.finish({});
    } catch (error) {
      this.finish({ error });
    }
  }

  private finish(end: { readonly error?: unknown }): void {
    this.end ??= end;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}

/** @param kept events that one who follows may be behind by, and so about how many are held in memory */
export function openTail(store: EventStore, kept: number): Tail {
  let current: Promise<Run> | undefined;
  let ended = false;
  let allKnow: (() => void) | undefined;

  const join = async (): Promise<Run> => {
    current ??= Run.begin(store, kept);
    const joined = current;
    try {
      const run = await joined;
      if (!run.ended) {
        run.followers++;
        return run;
      }
    } catch (error) {
      if (current === joined) current = undefined;
      throw error;
    }
    if (current === joined) current = undefined;
    return join();
  };
  const leave = (run: Run): void => {
    run.followers--;
    if (run.followers > 0) return;
    run.stop();
    allKnow?.();
  };

  async function* follow(after: Position, stop: AbortSignal): AsyncGenerator<readonly RecordedEvent[], undefined> {
    if (ended) throw new FollowingEnded(after);
    const run = await join();
    try {
      const at = yield* catchUp(store, run, after, stop);
      yield* keepUp(run, at, kept, stop);
    } finally {
      leave(run);
    }
  }
  return {
    follow: ({ after = START, signal }) => stoppable(signal, stop => follow(after, stop)),
    async end() {
      ended = true;
      const run = await current?.catch(() => undefined);
      if (!run || run.followers === 0) return;
      const known = new Promise<void>(resolve => {
        allKnow = resolve;
      });
      run.sendAllAway();
      await known;
    },
  };
}

/** Reads the log up to what is at hand; answers the position that it came to. */
async function* catchUp(store: EventStore, run: Run, after: Position, stop: AbortSignal) {
  let at = after;
  while (!stop.aborted && run.atHand.numberBehind(at) === undefined) {
    if (run.ending) throw new FollowingEnded(at);
    const seen = run.atHand.to;
    for await (const batch of store.readAll({ after: at, batchSize: BATCH_SIZE })) {
      if (stop.aborted) break;
      if (run.ending) throw new FollowingEnded(at);
      yield batch;
      at = batch.at(-1)!.position;
    }
    // All that the tail has seen is in the log by now, so that the reading ends there or behind it.
    if (!stop.aborted && comparePositions(at, seen) < 0) throw new LogPutBack('The event store', seen, at);
  }
  return at;
}

async function* keepUp(run: Run, after: Position, kept: number, stop: AbortSignal) {
  let at = after;
  let next = run.atHand.numberBehind(at);
  while (!stop.aborted && next !== undefined) {
    if (run.ending) throw new FollowingEnded(at);
    run.requireRunning();
    const batch = run.atHand.startingAt(next);
    if (batch === undefined) throw new FellBehind(at, kept);
    if (batch.length === 0) {
      if (run.ended) return;
      await run.more(stop);
      continue;
    }
    yield batch;
    next += batch.length;
    at = batch.at(-1)!.position;
  }
}
