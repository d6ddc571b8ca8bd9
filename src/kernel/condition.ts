/** Something that others wait for, whoever and however many they are, until they are notified (a condition variable). */
export class Condition {
  private readonly waiting = new Set<() => void>();

  /** Until the next notice, or until the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  notifyAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
