import { Condition } from '../../kernel/condition.js';

/**
 * A value that changes, for those who care for the newest alone: whoever is slow misses what was in between, and
 * nothing is kept for them.
 */
export class Newest<Value extends object> {
  private value: Value | undefined;
  private end: { readonly error?: unknown } | undefined;
  private readonly change = new Condition();

  get current(): Value | undefined {
    return this.value;
  }

  set(value: Value): void {
    this.value = value;
    this.change.notifyAll();
  }

  /** @param error what everyone who follows is to be told, if it ended by a fault */
  finish(error?: unknown): void {
    this.end ??= { error };
    this.change.notifyAll();
  }

  async *follow(signal: AbortSignal): AsyncGenerator<Value, void> {
    let seen: Value | undefined;
    while (!signal.aborted) {
      if (this.value !== seen && this.value !== undefined) {
        seen = this.value;
        yield seen;
      } else if (this.end) {
        if (this.end.error !== undefined) throw this.end.error;
        return;
      } else await this.change.wait(signal);
    }
  }
}
