import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../../src/kernel/legalDay.js';
import { bucketsOf, TimeBucket } from '../../../src/reporting/series/buckets.js';

const pieces = (from: string, to: string, bucket: TimeBucket) =>
  [...bucketsOf({ from, to }, bucket)].map(piece => [piece.from, piece.to]);

describe('the buckets of a period', () => {
  it.each([
    [
      'DAY',
      [
        ['2022-12-31', '2022-12-31'],
        ['2023-01-01', '2023-01-01'],
        ['2023-01-02', '2023-01-02'],
      ],
    ],
    // 1 January 2023 is a Sunday.
    [
      'WEEK',
      [
        ['2022-12-31', '2023-01-01'],
        ['2023-01-02', '2023-01-02'],
      ],
    ],
    [
      'MONTH',
      [
        ['2022-12-31', '2022-12-31'],
        ['2023-01-01', '2023-01-02'],
      ],
    ],
  ] as const)('%s', (bucket, expected) => {
    expect(pieces('2022-12-31', '2023-01-02', bucket)).toEqual(expected);
  });

  it('end with a month of any length', () => {
    expect(pieces('2024-01-31', '2024-03-01', 'MONTH')).toEqual([
      ['2024-01-31', '2024-01-31'],
      ['2024-02-01', '2024-02-29'],
      ['2024-03-01', '2024-03-01'],
    ]);
  });

  it('cover every day of the period once', () => {
    const days = fc.integer({ min: 0, max: 2_000 }).map(days => addDays('2020-01-01', days));
    const length = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(days, length, fc.constantFrom(...TimeBucket.values), (from, more, bucket) => {
        const to = addDays(from, more);
        const all = [...bucketsOf({ from, to }, bucket)];
        expect([all[0]?.from, all.at(-1)?.to]).toEqual([from, to]);
        for (const [index, { from: start, to: end }] of all.entries()) {
          expect(start <= end).toBe(true);
          if (index > 0) expect(start).toBe(addDays(all[index - 1]!.to, 1));
          if (index > 0 && bucket === 'WEEK') expect(weekdayOf(start)).toBe(1);
          if (index > 0 && bucket === 'MONTH') expect(start.slice(8)).toBe('01');
          expect(bucket === 'DAY' ? start === end : start.slice(0, 7) === end.slice(0, 7) || bucket === 'WEEK').toBe(
            true,
          );
        }
      }),
    );
  });
});
