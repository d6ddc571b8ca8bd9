import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Balance, type Standing, totalOf } from '../../../src/reporting/totals/total.js';

/** A county with two stations, one of which has a post below it. */
const PARENTS: Readonly<Record<string, string | undefined>> = {
  county: undefined,
  douba: 'county',
  dananyu: 'county',
  post: 'douba',
};
const UNITS = Object.keys(PARENTS);

const chainOf = (unit: string): string[] => {
  const parent = PARENTS[unit];
  return parent ? [unit, ...chainOf(parent)] : [unit];
};
const subtree = (unit: string) => new Set(UNITS.filter(each => chainOf(each).includes(unit)));
const standing = (unit: string): Standing => ({ below: subtree(unit), above: chainOf(unit).slice(1), subtree });

interface Work {
  readonly unit: string;
  readonly day: string;
  readonly quantity: number;
}

const counted = (work: readonly Work[], balances: readonly Balance[]) => ({
  balances,
  worked: (unit: string, upTo: string) =>
    work.filter(each => each.unit === unit && each.day <= upTo).reduce((sum, { quantity }) => sum + quantity, 0),
});

const report: Balance = {
  unitId: 'county',
  quantity: 62_450,
  qualifier: 'AT_LEAST',
  asOf: '2022-11-15',
  citation: 'China News Service',
};

describe('a total without an opening balance', () => {
  const work = [
    { unit: 'douba', day: '2022-01-01', quantity: 3 },
    { unit: 'post', day: '2022-01-02', quantity: 4 },
    { unit: 'dananyu', day: '2022-01-03', quantity: 5 },
  ];

  it('is exactly what was done up to the day, below the unit', () => {
    expect(totalOf(counted(work, []), standing('county'), '2022-01-02')).toEqual({
      quantity: 7,
      qualifier: 'EXACT',
      citations: [],
    });
    expect(totalOf(counted(work, []), standing('dananyu'), '2022-12-31').quantity).toBe(5);
  });

  it('is exactly 0 where nothing was done', () => {
    expect(totalOf(counted([], []), standing('post'), '2022-01-02')).toMatchObject({ quantity: 0, qualifier: 'EXACT' });
  });
});

describe('the opening balance of the county', () => {
  const work = [
    { unit: 'douba', day: '2022-11-14', quantity: 100 },
    { unit: 'douba', day: '2022-11-15', quantity: 200 },
    { unit: 'douba', day: '2022-11-16', quantity: 30 },
  ];
  const total = (unit: string, day: string) => totalOf(counted(work, [report]), standing(unit), day);

  it('takes the place of all work up to and including its day', () => {
    expect(total('county', '2022-11-15')).toEqual({
      quantity: 62_450,
      qualifier: 'AT_LEAST',
      citations: ['China News Service'],
    });
  });

  it('has later work on top, and stays a lower bound', () => {
    expect(total('county', '2022-11-16')).toMatchObject({ quantity: 62_480, qualifier: 'AT_LEAST' });
  });

  it('leaves the days before it unknown', () => {
    expect(total('county', '2022-11-14')).toEqual({ qualifier: 'NOT_KNOWN', citations: [] });
  });

  it('leaves a station with its own work, as the least that it did', () => {
    expect(total('douba', '2022-11-16')).toEqual({ quantity: 330, qualifier: 'AT_LEAST', citations: [] });
    expect(total('dananyu', '2022-11-15')).toMatchObject({ quantity: 0, qualifier: 'AT_LEAST' });
    expect(total('douba', '2022-11-14').qualifier).toBe('NOT_KNOWN');
  });
});

describe('opening balances of single stations', () => {
  const exact: Balance = { ...report, unitId: 'douba', quantity: 1000, qualifier: 'EXACT' };
  const work = [
    { unit: 'post', day: '2022-11-01', quantity: 10 },
    { unit: 'dananyu', day: '2022-11-01', quantity: 7 },
    { unit: 'post', day: '2022-11-20', quantity: 1 },
  ];

  it('are in the total of the county, beside the work of the other stations', () => {
    expect(totalOf(counted(work, [exact]), standing('county'), '2022-11-20')).toMatchObject({
      quantity: 1008,
      qualifier: 'EXACT',
    });
  });

  it('leave the county unknown before the last of them', () => {
    const later = { ...exact, unitId: 'dananyu', asOf: '2022-12-31' };
    expect(totalOf(counted(work, [exact, later]), standing('county'), '2022-12-30').qualifier).toBe('NOT_KNOWN');
    expect(totalOf(counted(work, [exact, later]), standing('county'), '2022-12-31').quantity).toBe(2001);
  });
});

describe('any total', () => {
  const day = fc.integer({ min: 1, max: 28 }).map(n => `2022-11-${String(n).padStart(2, '0')}`);
  const unit = fc.constantFrom(...UNITS);
  const workList = fc.array(fc.record({ unit, day, quantity: fc.integer({ min: 1, max: 50 }) }), { maxLength: 30 });
  const qualifier = fc.constantFrom('EXACT' as const, 'AT_LEAST' as const);
  const balanceOf = (unitId: string) =>
    fc.record({
      unitId: fc.constant(unitId),
      quantity: fc.integer({ min: 1, max: 5000 }),
      qualifier,
      asOf: day,
      citation: fc.constant('Report'),
    });
  /** Never one above another: that is refused when they are imported. */
  const balanceList = fc
    .constantFrom([], ['county'], ['douba'], ['post'], ['dananyu'], ['douba', 'dananyu'], ['post', 'dananyu'])
    .chain(units => fc.tuple(...units.map(balanceOf)));

  it('counts each piece of work once, unless a balance of its unit or one above it has it in', () => {
    fc.assert(
      fc.property(workList, balanceList, unit, day, (work, balances, of, asOf) => {
        const total = totalOf(counted(work, balances), standing(of), asOf);
        const around = balances.filter(({ unitId }) => subtree(of).has(unitId) || chainOf(of).includes(unitId));
        if (around.some(balance => balance.asOf > asOf)) {
          expect(total.qualifier).toBe('NOT_KNOWN');
          return;
        }
        const within = balances.filter(({ unitId }) => subtree(of).has(unitId));
        const replaced = (each: Work) =>
          within.some(balance => chainOf(each.unit).includes(balance.unitId) && each.day <= balance.asOf);
        const added = work.filter(each => subtree(of).has(each.unit) && each.day <= asOf && !replaced(each));
        const sum = (quantities: readonly { readonly quantity: number }[]) =>
          quantities.reduce((all, { quantity }) => all + quantity, 0);
        expect(total.quantity).toBe(sum(within) + sum(added));
        const isExact = around.length === within.length && within.every(balance => balance.qualifier === 'EXACT');
        expect(total.qualifier).toBe(isExact ? 'EXACT' : 'AT_LEAST');
      }),
      { numRuns: 500 },
    );
  });

  it('never falls from one day to the next, once it is known', () => {
    fc.assert(
      fc.property(workList, balanceList, unit, day, day, (work, balances, of, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const before = totalOf(counted(work, balances), standing(of), from);
        const after = totalOf(counted(work, balances), standing(of), to);
        if (before.qualifier === 'NOT_KNOWN') return;
        expect(after.quantity).toBeGreaterThanOrEqual(before.quantity);
      }),
    );
  });
});
