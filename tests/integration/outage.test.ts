import { describe, expect, it } from 'vitest';
import { ADVISORY_LOCKS } from '../../src/database/advisoryLocks.js';
import { isOutage } from '../../src/database/outage.js';

const coded = (code: string): Error => Object.assign(new Error('of a driver'), { code });

describe('whether a database only fails for now', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'EHOSTDOWN',
    'ENETUNREACH',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EMFILE',
  ])('is so when it is not reached: %s', code => {
    expect(isOutage(coded(code))).toBe(true);
  });

  it.each([
    ['connection failure', '08006'],
    ['password that was changed', '28P01'],
    ['user that is not let in', '28000'],
    ['serialization failure', '40001'],
    ['deadlock', '40P01'],
    ['disk full', '53100'],
    ['too many connections', '53300'],
    ['admin shutdown', '57P01'],
    ['crash', '57P02'],
    ['starting up', '57P03'],
    ['database dropped', '57P04'],
    ['idle session', '57P05'],
    ['error of the disk', '58030'],
    ['stand-by', '25006'],
    ['idle in a transaction', '25P03'],
  ])('is so by SQLSTATE: %s', (_, code) => {
    expect(isOutage(coded(code))).toBe(true);
  });

  it.each(['22001', '23505', '42P01', '42501', '57014', '54000', 'EACCES'])(
    'is not so when the same again fails the same way: %s',
    code => {
      expect(isOutage(coded(code))).toBe(false);
    },
  );
});

describe('advisory locks', () => {
  it('have a number each, since one database may hold everything', () => {
    const numbers = Object.values(ADVISORY_LOCKS);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
