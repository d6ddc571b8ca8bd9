import { findDivision } from '../kernel/divisions.js';
import { at, type Step, story } from './story.js';

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly level: 'COUNTY' | 'STATION' | 'JUSTICE_OFFICE' | 'TRIBUNAL';
  /** Code of the division in which it has its seat. */
  readonly divisionCode: string;
  readonly pilot: boolean;
  /** Codes of the townships that it looks after; a station is not a township. */
  readonly townships: readonly string[];
}

const KANG = '621224';
const ids = story('units');

const unit = (level: Unit['level'], name: string, ...suffixes: readonly string[]): Unit => ({
  id: ids.id('orgunit', name),
  name,
  level,
  divisionCode: KANG + (suffixes[0] ?? ''),
  pilot: name === '豆坝派出所',
  townships: suffixes.map(suffix => KANG + suffix),
});

export const county = unit('COUNTY', '康县公安局');

/** 18 stations for 21 townships. */
export const stations: readonly Unit[] = [
  unit('STATION', '城关派出所', '100'),
  unit('STATION', '城关第二派出所', '100'),
  unit('STATION', '平洛派出所', '101'),
  unit('STATION', '大堡派出所', '102', '209'),
  unit('STATION', '岸门口派出所', '103'),
  unit('STATION', '两河派出所', '104'),
  unit('STATION', '长坝派出所', '105'),
  unit('STATION', '云台派出所', '106', '214'),
  unit('STATION', '阳坝派出所', '107'),
  unit('STATION', '阳坝景区派出所', '107', '116'),
  unit('STATION', '王坝派出所', '108', '109'),
  unit('STATION', '豆坝派出所', '110'),
  unit('STATION', '望关派出所', '111'),
  unit('STATION', '大南峪派出所', '112'),
  unit('STATION', '周家坝派出所', '113'),
  unit('STATION', '寺台派出所', '114', '204'),
  unit('STATION', '白杨派出所', '115'),
  unit('STATION', '三河坝派出所', '117'),
];

const named = (name: string): Unit => {
  const found = stations.find(station => station.name === name);
  if (!found) throw new Error(`There is no station ${name}`);
  return found;
};

export const douba = named('豆坝派出所');
export const dananyu = named('大南峪派出所');
export const justiceOffice = unit('JUSTICE_OFFICE', '豆坝司法所', '110');
export const tribunal = unit('TRIBUNAL', '豆坝人民法庭', '110');

/** Name of the township with this code. */
export const townshipName = (code: string): string => findDivision(code)?.name.zh ?? code;

/** The county is registered by Satchel itself, and everything below it by the administrator. */
export function unitSteps(adminId: string): readonly Step[] {
  const units = story('units');
  units.do(at('2021-01-04', '09:00'), 'system', 'registerOrgUnit', {
    id: county.id,
    name: county.name,
    level: county.level,
    divisionCode: county.divisionCode,
  });
  for (const { id, name, level, divisionCode, pilot } of [...stations, justiceOffice, tribunal])
    units.do(at('2021-01-05', '09:00'), adminId, 'registerOrgUnit', {
      id,
      name,
      level,
      parentId: county.id,
      divisionCode,
      pilot,
    });
  return units.steps;
}
