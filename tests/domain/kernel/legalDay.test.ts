import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  isLegalDay,
  legalDay,
  legalDayOf,
  weekdayOf,
} from '../../../src/kernel/legalDay.js';

const anyDay = fc
  .date({ min: new Date('1900-01-02'), max: new Date('2099-12-30'), noInvalidDate: true })
  .map(date => legalDayOf(date));

describe('the legal day', () => {
  it.each([
    ['2022-10-17T15:59:59.999Z', '2022-10-17'],
    ['2022-10-17T16:00:00.000Z', '2022-10-18'],
    ['2022-10-18T09:30:00+08:00', '2022-10-18'],
    ['2021-12-31T16:00:00Z', '2022-01-01'],
    ['1988-07-01T15:30:00Z', '1988-07-01'],
  ])('of %s is %s in Shanghai', (instant, day) => {
    expect(legalDayOf(instant)).toBe(day);
    expect(legalDayOf(new Date(instant))).toBe(day);
  });

  it('of what is no instant is an error', () => {
    expect(() => legalDayOf('yesterday')).toThrow(RangeError);
    expect(() => legalDayOf(new Date(Number.NaN))).toThrow(RangeError);
  });

  it.each(['2022-02-29', '2022-13-01', '2022-00-10', '2022-10-32', '2022-1-1', '20221018', '2022-10-18T00:00', ''])(
    'is not %s',
    text => {
      expect(isLegalDay(text)).toBe(false);
      expect(() => legalDay(text)).toThrow(RangeError);
      expect(() => addDays(text, 1)).toThrow(RangeError);
    },
  );

  it('knows leap days', () => {
    expect(isLegalDay('2020-02-29')).toBe(true);
    expect(isLegalDay('1900-02-29')).toBe(false);
  });
});

describe('reckoning with days', () => {
  it('sixty days from the form, thirty for the road, thirty for the court', () => {
    expect(addDays('2022-08-30', 60)).toBe('2022-10-29');
    expect(addDays('2022-10-29', 30)).toBe('2022-11-28');
    expect(addDays('2022-10-18', 30)).toBe('2022-11-17');
  });

  it.each([
    ['2022-01-31', 1, '2022-02-28'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2022-10-31', -1, '2022-09-30'],
    ['2022-11-30', 3, '2023-02-28'],
    ['2022-10-18', 12, '2023-10-18'],
    ['0001-01-01', 1, '0001-02-01'],
    ['0004-01-31', 1, '0004-02-29'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('adds up', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20000, max: 20000 }), (day, days) => {
        const other = addDays(day, days);
        expect(daysBetween(day, other)).toBe(days);
        // Days compare as text.
        expect(Number(other > day) - Number(other < day)).toBe(Math.sign(days));
        expect((((weekdayOf(day) + days) % 7) + 7) % 7).toBe(weekdayOf(other));
      }),
    );
  });

  it('a month on is the next month, never the one after', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(addMonths(day, 1)) - months(day)).toBe(1);
      }),
    );
  });
});
