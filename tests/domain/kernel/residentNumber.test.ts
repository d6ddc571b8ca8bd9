import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalDayOf } from '../../../src/kernel/legalDay.js';
import { ageOn, checkDigitOf, parseResidentNumber } from '../../../src/kernel/residentNumber.js';

const ruleOf = (text: string) => {
  const parsed = parseResidentNumber(text);
  return parsed.ok ? 'OK' : parsed.rule;
};

describe('a resident number', () => {
  it.each([
    ['621299194803050018', '1948-03-05', 'MALE'],
    ['621299198507120024', '1985-07-12', 'FEMALE'],
    ['621299199001010033', '1990-01-01', 'MALE'],
    ['621299201306010114', '2013-06-01', 'MALE'],
    ['62129919520229007X', '1952-02-29', 'MALE'],
    ['62262518991231001X', '1899-12-31', 'MALE'],
    ['11010519491231002X', '1949-12-31', 'FEMALE'],
  ])('%s holds and tells birth date and sex', (number, birthDate, sex) => {
    expect(parseResidentNumber(number)).toEqual({ ok: true, number, birthDate, sex });
  });

  it.each([['62129919520229007x'], ['６２１２９９１９５２０２２９００７ｘ'], [' 62129919520229007X　']])(
    'has one spelling: %s',
    text => {
      expect(parseResidentNumber(text)).toMatchObject({ ok: true, number: '62129919520229007X' });
    },
  );

  it.each([
    ['', 'LENGTH'],
    ['621299480305001', 'LENGTH'],
    ['6212991948030500180', 'LENGTH'],
    ['62129919480305OO18', 'CHARACTERS'],
    ['6212991948030500X8', 'CHARACTERS'],
    ['62129919480305001Y', 'CHARACTERS'],
    ['六21299194803050018', 'CHARACTERS'],
    ['621299194902290018', 'NOT_A_DATE'],
    ['621299194813050018', 'NOT_A_DATE'],
    ['621299190002290018', 'NOT_A_DATE'],
    ['621299194803050019', 'CHECK_DIGIT'],
  ])('%s breaks %s', (text, rule) => {
    expect(ruleOf(text)).toBe(rule);
  });

  it('says what is wrong in both languages and never repeats the number', () => {
    const parsed = parseResidentNumber('621299194803050019');
    expect(parsed).toMatchObject({ message: { zh: expect.stringMatching(/校验码/), en: expect.any(String) } });
    expect(JSON.stringify(parsed)).not.toContain('19480305');
  });

  it('with one wrong digit never holds', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2022-12-31'), noInvalidDate: true });
    const area = fc.integer({ min: 110000, max: 829999 });
    const sequence = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(
        area,
        days,
        sequence,
        fc.nat(16),
        fc.integer({ min: 1, max: 9 }),
        (area, day, order, place, shift) => {
          const digits = `${area}${legalDayOf(day).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
          const number = digits + checkDigitOf(digits);
          expect(ruleOf(number)).toBe('OK');
          const slip = String((Number(number[place]) + shift) % 10);
          expect(ruleOf(number.slice(0, place) + slip + number.slice(place + 1))).not.toBe('OK');
        },
      ),
    );
  });
});

describe('age', () => {
  it.each([
    ['1948-03-05', '2022-03-04', 73],
    ['1948-03-05', '2022-03-05', 74],
    ['2008-02-29', '2022-02-28', 13],
    ['2008-02-29', '2022-03-01', 14],
    ['2010-06-01', '2010-06-01', 0],
  ])('born %s is on %s: %i', (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });
});
