import { LRUCache } from 'lru-cache';
import { apiError } from '../graphql/errors.js';

/** Takes one operation from what someone may still ask for. @throws GraphQLError RATE_LIMITED, with `retryAfter` in seconds */
export type RateLimit = (who: string) => void;

interface Bucket {
  left: number;
  /** Milliseconds, by a clock that only goes forward. */
  at: number;
}

/** People who are kept apart; whoever was silent for longest is forgotten first, and has a full bucket again. */
const KEPT = 20_000;
const MINUTE_MS = 60_000;

const limited = (retryAfter: number) =>
  apiError('RATE_LIMITED', `You ask for more than this server answers one person; go on in ${retryAfter} s`, {
    retryAfter,
  });

/**
 * A bucket of tokens for each person: a minute's worth may come at once, and it fills up again as time goes by.
 * @param perMinute 0 for no limit
 */
export function rateLimit(perMinute: number, now: () => number = () => performance.now()): RateLimit {
  if (perMinute === 0) return () => undefined;
  const buckets = new LRUCache<string, Bucket>({ max: KEPT });
  return who => {
    const at = now();
    const bucket = buckets.get(who) ?? { left: perMinute, at };
    buckets.set(who, bucket);
    bucket.left = Math.min(perMinute, bucket.left + ((at - bucket.at) * perMinute) / MINUTE_MS);
    bucket.at = at;
    if (bucket.left < 1) throw limited(Math.ceil(((1 - bucket.left) * MINUTE_MS) / perMinute / 1000));
    bucket.left -= 1;
  };
}
