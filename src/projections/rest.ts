import { setTimeout as delay } from 'node:timers/promises';

/** Leaves the machine to others, for so many times as long as what has been done since `begun` (`performance.now()`). */
export async function restSince(begun: number, times: number): Promise<void> {
  if (times > 0) await delay(times * (performance.now() - begun));
}
