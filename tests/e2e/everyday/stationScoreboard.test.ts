import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const SCOREBOARD = `query Q($from: Date!, $to: Date!) { stationScoreboard(from: $from, to: $to) {
  stations { orgUnit { id } metrics { metric quantity qualifier unit citation } } readAt } }`;

const NOVEMBER = { from: '2022-11-01', to: '2022-11-30' };

describe('the scoreboard of stations', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  /** Materials and covers of each station, by its id. */
  const scores = async (personId: string, period: object = NOVEMBER) => {
    const { stationScoreboard } = await satchel.read(personId, SCOREBOARD, { ...period });
    return stationScoreboard.stations.map(({ orgUnit, metrics }: Anything) => [
      orgUnit.id,
      metrics.map(({ quantity }: Anything) => quantity),
    ]);
  };
  const work = async (day: string, leaflets: number, covers: number): Promise<void> => {
    satchel.clock.set(new Date(at(day, '10:00')));
    const visitId = await door.visit();
    await door.do('distributeMaterial', { visitId, topic: 'ANTI_FRAUD', quantity: leaflets });
    await door.do('giveHukouCover', { visitId, quantity: covers });
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-31', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    await work('2022-10-31', 500, 50);
    await work('2022-11-01', 30, 2);
    await work('2022-11-30', 12, 1);
    await work('2022-12-01', 700, 70);
    await satchel.done(people.countyChief, 'importOpeningBalance', {
      metric: 'MATERIAL',
      quantity: 62_450,
      unit: 'FEN',
      qualifier: 'AT_LEAST',
      orgUnitId: people.otherStation,
      asOf: '2022-11-15',
      citation: 'China News Service, 15 November 2022',
    });
  });
  afterAll(() => satchel.close());

  it('counts the work of the period alone, on its first and last day too, whatever was brought in', async () => {
    const { stationScoreboard } = await satchel.read(door.chief, SCOREBOARD, NOVEMBER);
    const counted = (metric: string, quantity: number, unit: string) => ({
      metric,
      quantity,
      qualifier: 'EXACT',
      unit,
      citation: null,
    });
    expect(stationScoreboard.stations).toEqual([
      {
        orgUnit: { id: people.otherStation },
        metrics: [
          counted('CERT_DELIVERED', 0, 'MEI'),
          counted('MATERIAL', 42, 'FEN'),
          counted('HUKOU_COVER', 3, 'GE'),
          counted('ERRAND', 0, 'BI'),
        ],
      },
    ]);
  });

  it('has every station of the county, in order, those without work too', async () => {
    const all = [
      [people.station, [0, 0, 0, 0]],
      [people.otherStation, [0, 42, 3, 0]],
    ];
    for (const personId of [people.countyChief, people.auditor]) expect(await scores(personId)).toEqual(all);
    expect(await scores(people.chief)).toEqual([all[0]]);
  });

  it.each([
    ['PERIOD_REVERSED', { from: '2022-11-30', to: '2022-11-29' }],
    ['FAR_FUTURE', { from: '2022-11-30', to: '2023-12-02' }],
  ])('refuses a bad period: %s', async (rule, period) => {
    const answer = await satchel.ask(people.auditor, SCOREBOARD, period);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'to', rule });
    expect(answer.data ?? null).toBeNull();
  });

  it('is for chiefs and auditors', async () => {
    for (const personId of [door.officer, people.analyst]) {
      const answer = await satchel.ask(personId, SCOREBOARD, NOVEMBER);
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});
