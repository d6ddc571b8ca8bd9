import { newId, type TestSatchel } from './testSatchel.js';

/** The few people that most tests need: a county with two stations. */
export interface SampleStation {
  readonly county: string;
  readonly admin: string;
  readonly auditor: string;
  readonly analyst: string;
  readonly countyChief: string;
  readonly station: string;
  readonly chief: string;
  readonly officer: string;
  readonly auxiliary: string;
  readonly otherStation: string;
  readonly otherOfficer: string;
}

interface UnitToRegister {
  readonly name: string;
  readonly level: string;
  readonly divisionCode: string;
}

/** A unit of the county; its id. */
export async function registerUnit(
  satchel: TestSatchel,
  { admin, county }: Pick<SampleStation, 'admin' | 'county'>,
  unit: UnitToRegister,
): Promise<string> {
  const id = newId('orgunit');
  await satchel.done(admin, 'registerOrgUnit', { id, parentId: county, ...unit });
  return id;
}

interface OfficerToRegister {
  readonly name: string;
  readonly orgUnitId: string;
  readonly role: string;
}

/** Someone who works with Satchel; the id. */
export async function registerOfficer(
  satchel: TestSatchel,
  { admin }: Pick<SampleStation, 'admin'>,
  officer: OfficerToRegister,
): Promise<string> {
  const id = newId('officer');
  await satchel.done(admin, 'registerOfficer', { id, post: officer.role, ...officer });
  return id;
}

/** Registers them: the county and the administrator by Satchel itself, everyone else by the administrator over HTTP. */
export async function sampleStation(satchel: TestSatchel): Promise<SampleStation> {
  const county = newId('orgunit');
  const admin = newId('officer');
  await satchel.bySystem('registerOrgUnit', {
    id: county,
    name: '康县公安局',
    level: 'COUNTY',
    divisionCode: '621224',
  });
  await satchel.bySystem('registerOfficer', {
    id: admin,
    name: '管理员',
    orgUnitId: county,
    role: 'ADMIN',
    post: '管理员',
  });
  const unit = (name: string, divisionCode: string) =>
    registerUnit(satchel, { admin, county }, { name, level: 'STATION', divisionCode });
  const person = (name: string, orgUnitId: string, role: string) =>
    registerOfficer(satchel, { admin }, { name, orgUnitId, role });
  const station = await unit('豆坝派出所', '621224110');
  const otherStation = await unit('大南峪派出所', '621224112');
  return {
    county,
    admin,
    station,
    otherStation,
    auditor: await person('审计甲', county, 'AUDITOR'),
    analyst: await person('分析甲', county, 'ANALYST'),
    countyChief: await person('局长甲', county, 'COUNTY_CHIEF'),
    chief: await person('所长甲', station, 'STATION_CHIEF'),
    officer: await person('民警甲', station, 'OFFICER'),
    auxiliary: await person('辅警甲', station, 'AUXILIARY'),
    otherOfficer: await person('民警乙', otherStation, 'OFFICER'),
  };
}
