import { Condition } from '../../kernel/condition.js';
import type { Position } from '../../kernel/position.js';
import type { EventStore } from '../port.js';
import { AtHand } from './atHand.js';

/** One run of the tail, from the first who follows to the last who leaves. */
export class Run {
  private readonly change = new Condition();
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
    return this.ended ? Promise.resolve() : this.change.wait(signal);
  }

  sendAllAway(): void {
    this.ending = true;
    this.change.notifyAll();
  }

  stop(): void {
    this.abort.abort();
    this.finish({});
  }

  private async read(after: Position): Promise<void> {
    try {
      for await (const batch of this.store.subscribe({ after, signal: this.abort.signal })) {
        this.atHand.add(batch);
        this.change.notifyAll();
      }
      this.finish({});
    } catch (error) {
      this.finish({ error });
    }
  }

  private finish(end: { readonly error?: unknown }): void {
    this.end ??= end;
    this.change.notifyAll();
  }
}
