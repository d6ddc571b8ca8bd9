import { describe, expect, it } from 'vitest';
import { DIVISIONS, findDivision, isWithin } from '../../../src/kernel/divisions.js';

describe('divisions', () => {
  it('Kang has 21 townships, 18 towns and 3 rural townships', () => {
    const townships = DIVISIONS.filter(division => division.parent === '621224');
    expect(townships.filter(township => township.name.zh.endsWith('镇'))).toHaveLength(18);
    expect(townships.filter(township => township.name.zh.endsWith('乡'))).toHaveLength(3);
  });

  it('are found by code, with the division they lie in', () => {
    expect(findDivision('621224110')).toMatchObject({ name: { zh: '豆坝镇' }, level: 'TOWNSHIP', parent: '621224' });
    expect(findDivision('621224112')?.name.zh).toBe('大南峪镇');
    expect(findDivision('621299')).toBeUndefined();
  });

  it('each lies within its parent, and no code is given twice', () => {
    expect(new Set(DIVISIONS.map(division => division.code)).size).toBe(DIVISIONS.length);
    for (const { code, parent } of DIVISIONS) {
      if (!parent) continue;
      expect(findDivision(parent)).toBeDefined();
      expect(isWithin(code, parent)).toBe(true);
    }
  });

  it.each([
    ['621224110', '621224', true],
    ['621224110', '62', true],
    ['621224110001', '621224110', true],
    ['621224110', '621224110', true],
    ['621224', '621224110', false],
    ['621224110', '621224112', false],
    ['621224110', '6212241', false],
    ['621224110', '', false],
  ])('%s within %s: %s', (code, area, within) => {
    expect(isWithin(code, area)).toBe(within);
  });
});
