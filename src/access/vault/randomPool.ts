import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;

/** Random bytes a few at a time: asking the system for each few costs more than encrypting with them. */
export function randomPool(): (bytes: number) => Buffer {
  const pool = Buffer.alloc(POOL_BYTES);
  let next = POOL_BYTES;
  return bytes => {
    if (next + bytes > POOL_BYTES) {
      randomFillSync(pool);
      next = 0;
    }
    const drawn = Buffer.from(pool.subarray(next, next + bytes));
    // A salt that was given out is not kept.
    pool.fill(0, next, next + bytes);
    next += bytes;
    return drawn;
  };
}
