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
    ['甘肃省陇南市康县豆坝镇豆坝村三社12号', '甘肃省陇南市康县豆坝镇豆坝村'],
    ['周家坝镇王家坝村王家湾社', '周家坝镇王家坝村'],
    ['郑湾村', '郑湾村'],
    ['石桥镇五里村', '石桥镇五里村'],
    ['成县城关镇南街社区', '城关镇南街社区'],
    // The house and the people in it, in numerals of any kind.
    ['刘某某家（豆坝村）', '***'],
    ['城关镇中山街十二号李村长家', '城关镇'],
    ['豆坝镇一号李村', '豆坝镇'],
    ['刘样本家豆坝镇豆坝村', '豆坝镇豆坝村'],
    ['豆坝镇刘样本家豆坝村', '豆坝镇'],
    ['三单元二〇一室李家村', '***'],
    ['李村长家', '***'],
    ['李乡长家', '***'],
    ['王五家李村', '***'],
    ['中山小区3号楼', '***'],
    ['', '***'],
  ])('address %s is %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('an address is shown down to the village at most, whatever stands around it', () => {
    const numeral = fc.stringMatching(/^([0-9]{1,3}|[０-９]{1,2}|[一二三四五六七八九十]{1,3}|二〇一|廿三)$/);
    const house = fc
      .tuple(numeral, fc.constantFrom('号', '组', '栋', '幢', '楼', '室', '户', '号院'))
      .map(parts => parts.join(''));
    const street = fc.constantFrom('', '中山街', '解放路', '王家巷', '东一路');
    const people = fc.constantFrom('', '刘样本家', '李村长家', '王主任', '（刘样本家）', '村民赵样本', '陈样本的店');
    const place = fc.constantFrom('康县豆坝镇豆坝村', '大南峪镇郑湾村', '城关镇', '太石乡', '周家坝镇王家坝村');
    const around = fc.tuple(people, street, house).map(parts => parts.join(''));
    fc.assert(
      fc.property(place, around, (at, behind) => {
        // A house behind a township alone may not be taken for a village, nor for a part of one.
        expect(maskAddress(at + behind)).toBe(at);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(around, place, (before, at) => {
        const shown = maskAddress(before + at);
        expect(['***', at, at.replace('康县', '')]).toContain(shown);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(around, fc.constantFrom('豆坝村', '李家村', '南街社区'), (before, village) => {
        expect(maskAddress(`${before}${village}`)).toBe('***');
      }),
      { numRuns: 500 },
    );
  });

  it('an address shows nothing but words that stand at its place, without a digit', () => {
    const piece = fc.constantFrom(
      '豆坝',
      '镇',
      '村',
      '社区',
      '家',
      '李',
      '十',
      '二',
      '号',
      '3',
      '街',
      '（',
      '）',
      ' ',
      '县',
      '长',
      '乡',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const address = pieces.join('');
        const shown = maskAddress(address);
        if (shown === '***') return;
        expect(address).toContain(shown);
        expect(shown).toMatch(/^[^\d（） 号]+(村|社区|镇|乡|街道)$/);
      }),
      { numRuns: 1000 },
    );
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
