import type { Label } from './label.js';

export type DivisionLevel = 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP';

/** An administrative division (行政区划). */
export interface Division {
  readonly code: string;
  readonly name: Label;
  readonly level: DivisionLevel;
  /** Code of the division it lies in; none for a province. */
  readonly parent?: string;
}

/** The code of a county begins those of its townships and villages. */
export const COUNTY_DIGITS = 6;

const KANG = '621224';

/** Last three digits of the township's code, name, and name in pinyin. */
const TOWNSHIPS_OF_KANG: readonly (readonly [suffix: string, zh: string, en: string])[] = [
  ['100', '城关镇', 'Chengguan Town'],
  ['101', '平洛镇', 'Pingluo Town'],
  ['102', '大堡镇', 'Dabao Town'],
  ['103', '岸门口镇', 'Anmenkou Town'],
  ['104', '两河镇', 'Lianghe Town'],
  ['105', '长坝镇', 'Changba Town'],
  ['106', '云台镇', 'Yuntai Town'],
  ['107', '阳坝镇', 'Yangba Town'],
  ['108', '王坝镇', 'Wangba Town'],
  ['109', '碾坝镇', 'Nianba Town'],
  ['110', '豆坝镇', 'Douba Town'],
  ['111', '望关镇', 'Wangguan Town'],
  ['112', '大南峪镇', 'Dananyu Town'],
  ['113', '周家坝镇', 'Zhoujiaba Town'],
  ['114', '寺台镇', 'Sitai Town'],
  ['115', '白杨镇', 'Baiyang Town'],
  ['116', '铜钱镇', 'Tongqian Town'],
  ['117', '三河坝镇', 'Sanheba Town'],
  ['204', '迷坝乡', 'Miba Township'],
  ['209', '店子乡', 'Dianzi Township'],
  ['214', '太石乡', 'Taishi Township'],
];

/** As the National Bureau of Statistics had the codes in 2024. */
export const DIVISIONS: readonly Division[] = [
  { code: '62', name: { zh: '甘肃省', en: 'Gansu Province' }, level: 'PROVINCE' },
  { code: '6212', name: { zh: '陇南市', en: 'Longnan City' }, level: 'PREFECTURE', parent: '62' },
  { code: KANG, name: { zh: '康县', en: 'Kang County' }, level: 'COUNTY', parent: '6212' },
  ...TOWNSHIPS_OF_KANG.map(
    ([suffix, zh, en]): Division => ({ code: KANG + suffix, name: { zh, en }, level: 'TOWNSHIP', parent: KANG }),
  ),
];

const byCode = new Map(DIVISIONS.map(division => [division.code, division]));

export const findDivision = (code: string): Division | undefined => byCode.get(code);

/** Province, prefecture, county, township, village. */
const CODE = /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/;

/** Whether the first is the second or lies in it; holds for villages too, whose codes are not listed here. */
export const isWithin = (code: string, area: string): boolean =>
  CODE.test(code) && CODE.test(area) && code.startsWith(area);
