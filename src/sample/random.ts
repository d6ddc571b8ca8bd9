/** Chance that can be had again: the same seed gives the same numbers on any machine (mulberry32). */
export interface Random {
  /** From `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(values: readonly T[]): T;
  /** @param probability from 0 to 1 */
  chance(probability: number): boolean;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    pick: values => {
      const picked = values[int(0, values.length - 1)];
      if (picked === undefined) throw new RangeError('There is nothing to pick from');
      return picked;
    },
    chance: probability => next() < probability,
  };
}
