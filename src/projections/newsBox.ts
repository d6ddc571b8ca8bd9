import type { News } from './leadership.js';

/** Keeps what was told until someone comes for it. */
export class NewsBox {
  private kept: Exclude<News, 'quiet'> | undefined;
  private wake: () => void = () => {};

  put(news: Exclude<News, 'quiet'>): void {
    if (news === 'missed' || this.kept === 'missed') this.kept = 'missed';
    else this.kept = new Set([...(this.kept ?? []), ...news]);
    this.wake();
  }

  /** Ends the wait for news, if someone waits. */
  hurry(): void {
    this.wake();
  }

  /** What was told since it was last taken; waits for it, but not for longer than `patienceMs` nor after the signal. */
  async take(patienceMs: number, signal: AbortSignal): Promise<News> {
    if (this.kept === undefined && !signal.aborted)
      await new Promise<void>(resolve => {
        const timer = setTimeout(() => this.wake(), patienceMs);
        const stop = () => this.wake();
        signal.addEventListener('abort', stop);
        this.wake = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
          this.wake = () => {};
          resolve();
        };
      });
    const news = this.kept ?? 'quiet';
    this.kept = undefined;
    return news;
  }
}
