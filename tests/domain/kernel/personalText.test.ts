import { describe, expect, it } from 'vitest';
import { findPersonalPatterns } from '../../../src/kernel/personalText.js';

const found = (text: string) =>
  findPersonalPatterns(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('personal data in free text', () => {
  it.each([
    ['身份证621299194803050018已核对', 'RESIDENT_NUMBER', '621299194803050018'],
    ['证号：62129919520229007x。', 'RESIDENT_NUMBER', '62129919520229007x'],
    ['６２１２９９１９４８０３０５００１８', 'RESIDENT_NUMBER', '６２１２９９１９４８０３０５００１８'],
    ['写作 621299 19480305 0018 的', 'RESIDENT_NUMBER', '621299 19480305 0018'],
    ['有笔误的621299194803050019', 'RESIDENT_NUMBER', '621299194803050019'],
    ['编号：621299194803050018', 'RESIDENT_NUMBER', '621299194803050018'],
    ['老证622625480305001', 'RESIDENT_NUMBER', '622625480305001'],
    ['打13800001234找他', 'PHONE', '13800001234'],
    ['电话.138-0000-1234', 'PHONE', '138-0000-1234'],
    ['张三(户主)13800001234', 'PHONE', '13800001234'],
    ['１３８００００１２３４', 'PHONE', '１３８００００１２３４'],
    ['+86 13800001234', 'PHONE', '+86 13800001234'],
    ['座机0939-5121234', 'PHONE', '0939-5121234'],
    ['座机09395121234', 'PHONE', '09395121234'],
  ])('%s', (text, kind, match) => {
    expect(found(text)).toEqual([[kind, match]]);
  });

  it('is found in order, each in its place', () => {
    expect(found('先打13800001234，再查621299194803050018，或0939-5121234').map(([kind]) => kind)).toEqual([
      'PHONE',
      'RESIDENT_NUMBER',
      'PHONE',
    ]);
  });

  it('is not repeated by what was found', () => {
    expect(JSON.stringify(findPersonalPatterns('打13800001234'))).not.toContain('138');
  });

  it.each([
    '康豆民调〔2022〕第12号',
    '案号621224202210180012',
    '〔2022〕13800001234号',
    '案件编号：622625480305001',
    '赔偿13800001234元',
    '共计13,800,001,234元',
    '金额¥13800001234.50',
    '面积0.13800001234公顷',
    '2022-10-18 09:30 至 2022-10-18 11:00',
    '621224110',
    'dispute-01921234-5678-7abc-8def-138000012345',
    'sha256 13800001234abcdef0123456789abcdef',
    '620299199913990018',
    '',
  ])('is not seen in: %s', text => {
    expect(found(text)).toEqual([]);
  });
});
