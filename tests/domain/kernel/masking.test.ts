import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ERASED,
  maskAddress,
  maskName,
  maskNumber,
  maskPhone,
  maskText,
  maskValue,
} from '../../../src/kernel/masking.js';

describe('masks', () => {
  it.each([
    ['刘样本', '刘某'],
    ['刘三', '刘某'],
    ['欧阳样本', '欧阳某'],
    ['欧阳', '欧某'],
    ['刘', '某'],
    ['', '某'],
    ['𠮷田样本', '𠮷某'],
    ['买买提·艾力', '买某'],
  ])('name %s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['62262518991231001X', '62************001X'],
    ['621299194803050018', '62************0018'],
    ['622625480305001', '62*********5001'],
    ['12345', '*****'],
  ])('number %s is %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  it.each([
    ['13800001234', '138****1234'],
    ['0939-5121234', '0939-***1234'],
    ['010-62345678', '010-****5678'],
    ['5121234', '*******'],
  ])('phone %s is %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['康县豆坝镇豆坝村三社12号', '康县豆坝镇豆坝村'],
    ['大南峪镇郑湾村', '大南峪镇郑湾村'],
    ['城关镇新市街社区5号楼', '城关镇新市街社区'],
    ['中村镇下村一组', '中村镇下村'],
    ['太石乡12号', '太石乡'],
    ['城关镇王家巷12号刘家村饭店', '城关镇'],
    ['某路12号', '***'],
    ['', '***'],
  ])('address %s is %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('text shows nothing of itself', () => {
    expect(maskText()).toBe('［已封存］');
    expect(maskValue('TEXT', '双方因地界争吵')).toBe('［已封存］');
    expect(maskValue('NAME', ['ELDER', 'DISABLED'])).toBe('［已封存］');
  });

  it('who acts in office is shown as he is, what was erased stays visibly so', () => {
    expect(maskValue('OFFICIAL', '王样本')).toBe('王样本');
    for (const mask of ['NAME', 'NUMBER', 'PHONE', 'ADDRESS', 'TEXT'] as const)
      expect(maskValue(mask, ERASED)).toBe('[已删除]');
  });

  it('never show more than six digits of a number, seven of a phone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,24}$/), number => {
        for (const masked of [maskNumber(number), maskPhone(number)])
          expect(masked.replaceAll('*', '').length).toBeLessThanOrEqual(7);
        expect(maskNumber(number).replaceAll('*', '').length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
