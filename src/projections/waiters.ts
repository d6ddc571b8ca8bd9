import { comparePositions, type Position } from '../kernel/position.js';

interface Waiter {
  readonly position: Position;
  settle(reached: boolean): void;
}

/** Those who wait until the read models hold an event. */
export class Waiters {
  private waiting = new Set<Waiter>();

  wait(position: Position, timeoutMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(() => waiter.settle(false), timeoutMs);
      const waiter: Waiter = {
        position,
        settle: reached => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      this.waiting.add(waiter);
    });
  }

  advance(to: Position): void {
    for (const waiter of [...this.waiting]) if (comparePositions(waiter.position, to) <= 0) waiter.settle(true);
  }

  giveUp(): void {
    for (const waiter of [...this.waiting]) waiter.settle(false);
  }
}
