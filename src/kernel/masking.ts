import { DIVISIONS } from './divisions.js';
import type { Mask } from './fields.js';

/** Stands for a value whose key is destroyed. */
export const ERASED = '[已删除]';
/** Stands for anything that would tell who a minor is (Law on the Protection of Minors art. 103). */
export const MINOR_MASK = '***';
/** Stands for free text, of which no part is safe to show. */
export const SEALED_TEXT = '［已封存］';

const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 端木 独孤 南宫 东郭 百里 呼延 ' +
    '轩辕 鲜于 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 赫连 拓跋 完颜 纳兰 西门 第五 歐陽 司馬 諸葛'
  ).split(' '),
);

/** `刘某`, `欧阳某`: the surname, as the press does it. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  const surname = characters.slice(0, 2).join('');
  if (characters.length > 2 && COMPOUND_SURNAMES.has(surname)) return `${surname}某`;
  return characters.length > 1 ? `${characters[0]}某` : '某';
}

const stars = (count: number): string => '*'.repeat(Math.max(count, 3));

/** `62************001X`: first two and last four of a resident number, or of another number long enough. */
export const maskNumber = (number: string): string =>
  number.length < 12 ? stars(number.length) : number.slice(0, 2) + stars(number.length - 6) + number.slice(-4);

/** `138****1234`, `0939-***1234`. */
export function maskPhone(phone: string): string {
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
  const [, area, local = ''] = /^(0\d{2,3})-(\d{7,8})$/.exec(phone) ?? [];
  return area ? `${area}-${stars(local.length - 4)}${local.slice(-4)}` : stars(phone.length);
}

/**
 * What is no part of a division's name: the words of streets, houses and offices. `十二` may well begin the name of a
 * village; `十二号` does not.
 */
const NO_NAME = '街路巷弄号栋幢楼层室户组队院厂店';
/** One character of the name of a county or township, and of a village. */
const OF_NAME = `(?:(?![${NO_NAME}镇乡县区市省])\\p{Script=Han})`;
const OF_VILLAGE = `(?:(?![${NO_NAME}镇乡村家])\\p{Script=Han})`;
/** `家` stands behind a surname alone (`王家坝`): behind a whole name, it is somebody's house. */
const VILLAGE_NAME = `${OF_VILLAGE}家?${OF_VILLAGE}{0,3}`;
const VILLAGE = `${VILLAGE_NAME}(?:村(?![长民支书主干医霸妇])|街?社区)`;
const TOWNSHIP = `(?:${OF_NAME}{1,4}(?:镇|乡)|${OF_NAME}{1,3}街道)(?![长亲民党村])`;
const ABOVE = `(?:${OF_NAME}{2,3}省)?(?:${OF_NAME}{1,4}(?:市(?![场民长])|自?州))?(?:${OF_NAME}{1,4}(?:县|区)(?![长城]))?`;

/** Townships whose names are known are found wherever they stand, so that nothing before them is taken for a part. */
const KNOWN = DIVISIONS.filter(({ level }) => level === 'TOWNSHIP').map(({ name }) => name.zh);
const IN_KNOWN = new RegExp(`(?:甘肃省)?(?:陇南市)?(?:康县)?(?:${KNOWN.join('|')})(?:${VILLAGE})?`, 'u');
const IN_OTHERS = new RegExp(`^${ABOVE}(?:${TOWNSHIP}(?:${VILLAGE})?|${VILLAGE})`, 'u');

/**
 * `豆坝镇豆坝村` of `豆坝镇豆坝村三社12号`: the address down to the village, or the township if none is named. Nothing of
 * one that does not begin with a division's name: it may begin with a person's.
 */
export const maskAddress = (address: string): string =>
  (IN_KNOWN.exec(address) ?? IN_OTHERS.exec(address) ?? ['***'])[0];

export const maskText = (): string => SEALED_TEXT;

const MASKS: Readonly<Record<Mask, (text: string) => string>> = {
  NAME: maskName,
  NUMBER: maskNumber,
  PHONE: maskPhone,
  ADDRESS: maskAddress,
  TEXT: maskText,
  OFFICIAL: text => text,
};

/** How a personal value looks in an ordinary field; what was erased stays visibly so. */
export function maskValue<Value>(mask: Mask, value: Value extends PromiseLike<unknown> ? never : Value): string {
  if (value === ERASED) return ERASED;
  return typeof value === 'string' ? MASKS[mask](value) : SEALED_TEXT;
}
