import type { Config } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { openSatchel, type Satchel } from '../server/satchel.js';
import { locationsOf } from './locations.js';
import { sayError } from './say.js';

/** Opens Satchel for one job and closes it again, whatever happens. */
export async function withSatchel<T>(config: Config, job: (satchel: Satchel) => Promise<T>): Promise<T> {
  const satchel = await openSatchel({
    ...locationsOf(config),
    clock: systemClock,
    mutationWait: config.mutationWait,
    readAfterTimeout: config.readAfterTimeout,
    onError: sayError,
  });
  try {
    return await job(satchel);
  } finally {
    await satchel.close();
  }
}
