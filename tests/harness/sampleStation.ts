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
  const unit = async (name: string, divisionCode: string) => {
    const id = newId('orgunit');
    await satchel.done(admin, 'registerOrgUnit', { id, name, level: 'STATION', parentId: county, divisionCode });
    return id;
  };
  const person = async (name: string, orgUnitId: string, role: string) => {
    const id = newId('officer');
    await satchel.done(admin, 'registerOfficer', { id, name, orgUnitId, role, post: role });
    return id;
  };
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
