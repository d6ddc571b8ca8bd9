import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const SERIES = `query Q($metric: Metric! = MATERIAL, $bucket: TimeBucket!, $from: Date!, $to: Date!, $orgUnitId: ID) {
  metricSeries(metric: $metric, bucket: $bucket, from: $from, to: $to, orgUnitId: $orgUnitId) {
    metric unit bucket timeZone orgUnit { id } buckets { from to quantity } readAt } }`;

const DAYS = { bucket: 'DAY', from: '2022-11-27', to: '2022-12-01' };

describe('a metric over time', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  const on = (day: string, time = '10:00') => satchel.clock.set(new Date(at(day, time)));
  const series = async (personId: string, variables: object): Promise<Anything> =>
    (await satchel.read(personId, SERIES, { ...variables })).metricSeries;
  const quantities = async (personId: string, variables: object): Promise<readonly number[]> =>
    (await series(personId, variables)).buckets.map(({ quantity }: Anything) => quantity);
  const handOut = async (quantity: number): Promise<void> => {
    await door.do('distributeMaterial', { visitId: await door.visit(), topic: 'ANTI_FRAUD', quantity });
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-11-27', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    await handOut(10);
    // Monday in Shanghai, still Sunday in Greenwich.
    on('2022-11-28', '00:30');
    await handOut(30);
    await handOut(4);
    on('2022-12-01');
    await handOut(700);
    await satchel.done(people.officer, 'startVisit', {
      id: newId('visit'),
      kind: 'VILLAGE',
      officerIds: [people.officer],
      divisionCode: '621224110',
    });
  });
  afterAll(() => satchel.close());

  it('has every day of the period, those without work too, by the calendar of Shanghai', async () => {
    const { readAt, ...answer } = await series(door.chief, DAYS);
    const day = (from: string, quantity: number) => ({ from, to: from, quantity });
    expect(answer).toEqual({
      metric: 'MATERIAL',
      unit: 'FEN',
      bucket: 'DAY',
      timeZone: 'Asia/Shanghai',
      orgUnit: { id: people.otherStation },
      buckets: [
        day('2022-11-27', 10),
        day('2022-11-28', 34),
        day('2022-11-29', 0),
        day('2022-11-30', 0),
        day('2022-12-01', 700),
      ],
    });
    expect(readAt).toBe(satchel.services.projections.position);
  });

  it('has weeks from Monday and months of the calendar, cut where the period is', async () => {
    expect((await series(door.chief, { ...DAYS, bucket: 'WEEK' })).buckets).toEqual([
      { from: '2022-11-27', to: '2022-11-27', quantity: 10 },
      { from: '2022-11-28', to: '2022-12-01', quantity: 734 },
    ]);
    expect(await quantities(door.chief, { ...DAYS, bucket: 'MONTH' })).toEqual([44, 700]);
    expect(await quantities(door.chief, { ...DAYS, bucket: 'MONTH', to: '2022-11-27' })).toEqual([10]);
    expect(await quantities(door.chief, { ...DAYS, metric: 'ERRAND', bucket: 'MONTH' })).toEqual([0, 0]);
  });

  it('adds up what is below a unit', async () => {
    for (const personId of [people.countyChief, people.auditor]) {
      expect(await quantities(personId, { ...DAYS, bucket: 'MONTH' })).toEqual([44, 700]);
      expect(await quantities(personId, { ...DAYS, bucket: 'MONTH', orgUnitId: people.station })).toEqual([0, 0]);
    }
  });

  it.each([
    ['PERIOD_REVERSED', { from: '2022-12-02', to: '2022-12-01' }],
    ['FAR_FUTURE', { to: '2222-12-01' }],
    ['TOO_MANY_BUCKETS', { from: '2021-10-27' }],
    ['TOO_MANY_BUCKETS', { bucket: 'MONTH', from: '0001-01-01' }],
  ])('refuses a bad period: %s', async (rule, change) => {
    const answer = await satchel.ask(door.chief, SERIES, { ...DAYS, ...change });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', rule });
  });

  it('takes 400 buckets, and a year to come', async () => {
    expect(await quantities(door.chief, { ...DAYS, from: '2021-10-28' })).toHaveLength(400);
    const year = { bucket: 'MONTH', from: '2022-12-01', to: '2023-12-01' };
    expect(await quantities(door.chief, year)).toEqual([700, ...Array(12).fill(0)]);
  });

  it('knows no other metrics, buckets and days', async () => {
    for (const change of [{ metric: 'GIFT' }, { bucket: 'HOUR' }, { from: '2022-11-31' }]) {
      const { errors } = await satchel.ask(door.chief, SERIES, { ...DAYS, ...change });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('is for chiefs and auditors, of units in their scope', async () => {
    for (const personId of [door.officer, people.analyst]) {
      const { errors } = await satchel.ask(personId, SERIES, DAYS);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    for (const orgUnitId of [people.otherStation, people.county, newId('orgunit'), 'all']) {
      const { errors } = await satchel.ask(people.chief, SERIES, { ...DAYS, orgUnitId });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});
