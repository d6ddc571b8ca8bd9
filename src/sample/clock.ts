import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../kernel/clock.js';

/** A clock that shows each piece of work a time of its own, so that several can be under way at once. */
export class StoryClock implements Clock {
  private readonly times = new AsyncLocalStorage<Date>();

  now(): Date {
    const time = this.times.getStore();
    if (!time) throw new Error('This clock stands still unless something is being told');
    return new Date(time);
  }

  /** Does something at a time. */
  at<T>(time: Date, work: () => Promise<T>): Promise<T> {
    return this.times.run(time, work);
  }
}
