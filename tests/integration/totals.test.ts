import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const TOTALS = `query Q($asOf: Date!, $orgUnitId: ID) { totals(asOf: $asOf, orgUnitId: $orgUnitId) {
  asOf orgUnit { id } checksum stations officersWithBackpack mediationTeams
  metrics { metric quantity qualifier unit citation } } }`;

const REPORT = 'China News Service, 15 November 2022';
const BALANCES = [
  { metric: 'CERT_DELIVERED', quantity: 2_864, unit: 'MEI', qualifier: 'EXACT' },
  { metric: 'MATERIAL', quantity: 62_450, unit: 'FEN', qualifier: 'AT_LEAST' },
  { metric: 'HUKOU_COVER', quantity: 1_949, unit: 'GE', qualifier: 'EXACT' },
  { metric: 'ERRAND', quantity: 4_435, unit: 'BI', qualifier: 'EXACT' },
];

interface MetricTotal {
  readonly metric: string;
  readonly quantity: number | null;
  readonly qualifier: string;
}

describe('totals over HTTP', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let otherBackpack: { readonly officerId: string; readonly backpackId: string };

  const totals = async (personId: string, asOf: string, orgUnitId?: string) =>
    (await satchel.read(personId, TOTALS, { asOf, orgUnitId })).totals;
  const quantities = ({ metrics }: { metrics: MetricTotal[] }) => metrics.map(({ quantity }) => quantity);

  beforeAll(async () => {
    satchel = await TestSatchel.start('2021-04-01T01:00:00Z');
    people = await sampleStation(satchel);
    await satchel.done(people.chief, 'issueBackpack', {
      officerId: people.officer,
      backpackId: newId('backpack'),
      serial: 'B-01',
    });
    satchel.clock.set(new Date('2021-06-01T01:00:00Z'));
    otherBackpack = { officerId: people.otherOfficer, backpackId: newId('backpack') };
    await satchel.done(people.admin, 'issueBackpack', {
      ...otherBackpack,
      serial: 'B-02',
    });
    await satchel.done(people.chief, 'formTeam', { name: '豆坝调解队', orgUnitId: people.station });
    satchel.clock.set(new Date('2022-11-20T01:00:00Z'));
    for (const balance of BALANCES)
      await satchel.done(people.countyChief, 'importOpeningBalance', {
        ...balance,
        orgUnitId: people.county,
        asOf: '2022-11-15',
        citation: REPORT,
      });
    const visitId = newId('visit');
    const on = (day: string) => ({ visitId, occurredAt: `${day}T02:00:00Z` });
    await satchel.done(people.officer, 'startVisit', {
      id: visitId,
      occurredAt: '2022-11-15T01:00:00Z',
      kind: 'VILLAGE',
      officerIds: [people.officer],
      divisionCode: '621224110',
    });
    const leaflets = { topic: 'ANTI_FRAUD' };
    await satchel.done(people.officer, 'distributeMaterial', { ...on('2022-11-15'), ...leaflets, quantity: 500 });
    await satchel.done(people.officer, 'distributeMaterial', { ...on('2022-11-16'), ...leaflets, quantity: 30 });
    await satchel.done(people.officer, 'giveHukouCover', { ...on('2022-11-16'), quantity: 2 });
  });
  afterAll(() => satchel.close());

  it('of the county on the day of the report are the figures of the report', async () => {
    expect(await totals(people.analyst, '2022-11-15')).toEqual({
      asOf: '2022-11-15',
      orgUnit: { id: people.county },
      checksum: 71_698,
      stations: 2,
      officersWithBackpack: 2,
      mediationTeams: 1,
      metrics: BALANCES.map(balance => ({ ...balance, citation: REPORT })),
    });
  });

  it('have later work on top, and are unchanged on the day before it', async () => {
    expect(quantities(await totals(people.countyChief, '2022-11-16'))).toEqual([2_864, 62_480, 1_951, 4_435]);
    expect(quantities(await totals(people.countyChief, '2022-11-15'))).toEqual([2_864, 62_450, 1_949, 4_435]);
  });

  it('are not known before the report', async () => {
    const before = await totals(people.countyChief, '2022-11-14');
    expect(quantities(before)).toEqual([null, null, null, null]);
    expect(before.checksum).toBeNull();
    expect(before.metrics.map(({ qualifier }: MetricTotal) => qualifier)).toEqual(Array(4).fill('NOT_KNOWN'));
  });

  it('of a station are its own work, as the least that it did', async () => {
    const own = await totals(people.chief, '2022-11-16');
    expect(own).toMatchObject({ orgUnit: { id: people.station }, stations: 1, officersWithBackpack: 1 });
    expect(quantities(own)).toEqual([0, 530, 2, 0]);
    expect(own.metrics.map(({ qualifier }: MetricTotal) => qualifier)).toEqual(Array(4).fill('AT_LEAST'));
    expect(await totals(people.countyChief, '2022-11-16', people.station)).toEqual(own);
  });

  it('count stations, backpacks and teams as of the day', async () => {
    const may = await totals(people.countyChief, '2021-05-31');
    expect(may).toMatchObject({ stations: 2, officersWithBackpack: 1, mediationTeams: 0 });
    expect(await totals(people.countyChief, '2021-05-31', people.otherStation)).toMatchObject({
      officersWithBackpack: 0,
    });
    expect(await totals(people.countyChief, '2021-03-31')).toMatchObject({ stations: 0, officersWithBackpack: 0 });
  });

  it('count a backpack in each time that the same officer had it', async () => {
    const held = async (day: string) =>
      (await totals(people.countyChief, day, people.otherStation)).officersWithBackpack;
    satchel.clock.set(new Date('2023-02-01T02:00:00Z'));
    await satchel.done(people.admin, 'returnBackpack', { ...otherBackpack, reason: 'OTHER' });
    satchel.clock.set(new Date('2023-03-01T02:00:00Z'));
    await satchel.done(people.admin, 'issueBackpack', { ...otherBackpack, serial: 'B-02' });
    expect([await held('2023-01-31'), await held('2023-02-15'), await held('2023-03-01')]).toEqual([1, 0, 1]);
  });

  it('of a unit out of scope, or of none, are not there', async () => {
    for (const orgUnitId of [people.county, people.otherStation, newId('orgunit'), 'nothing']) {
      const answer = await satchel.ask(people.chief, TOTALS, { asOf: '2022-11-15', orgUnitId });
      expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});
