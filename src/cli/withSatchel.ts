import type { Config } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { openSatchel, type Satchel } from '../server/satchel.js';
import { masterKeyOf } from './masterKey.js';

const sayOnStderr = (error: Error) => process.stderr.write(`satchel: ${error.message}\n`);

/** Opens Satchel for one job and closes it again, whatever happens. */
export async function withSatchel<T>(config: Config, job: (satchel: Satchel) => Promise<T>): Promise<T> {
  const satchel = await openSatchel({
    data: config.data,
    database: config.database,
    masterKey: masterKeyOf(config),
    clock: systemClock,
    mutationWait: config.mutationWait,
    readAfterTimeout: config.readAfterTimeout,
    onError: sayOnStderr,
  });
  try {
    return await job(satchel);
  } finally {
    await satchel.close();
  }
}
