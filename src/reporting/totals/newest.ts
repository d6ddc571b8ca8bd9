/**
 * A value that changes, for those who care for the newest alone: whoever is slow misses what was in between, and
 * nothing is kept for them.
 */
export class Newest<Value extends object> {
  private value: Value | undefined;
  private end: { readonly error?: unknown } | undefined;
  private readonly waiting = new Set<() => void>();

  get current(): Value | undefined {
    return this.value;
  }

  set(value: Value): void {
    this.value = value;
    this.wakeAll();
  }

  /** @param error what everyone who follows is to be told, if it ended by a fault */
  finish(error?: unknown): void {
    this.end ??= { error };
    this.wakeAll();
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
      } else await this.change(signal);
    }
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
