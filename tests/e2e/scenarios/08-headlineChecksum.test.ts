import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestsOf } from '../../../src/projections/digest.js';
import { views } from '../../../src/server/registry.js';
import { FILES } from '../../../src/server/stores.js';
import { DANANYU, type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { everyFieldOf } from '../../harness/everyField.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const CITATION = 'China News Service, 15 November 2022';
const BALANCES = [
  { metric: 'CERT_DELIVERED', quantity: 2_864, unit: 'MEI', qualifier: 'EXACT' },
  { metric: 'MATERIAL', quantity: 62_450, unit: 'FEN', qualifier: 'AT_LEAST' },
  { metric: 'HUKOU_COVER', quantity: 1_949, unit: 'GE', qualifier: 'EXACT' },
  { metric: 'ERRAND', quantity: 4_435, unit: 'BI', qualifier: 'EXACT' },
];

const TOTALS = `query Q($asOf: Date!) { totals(asOf: $asOf) { ${everyFieldOf('Totals', ['readAt'])} } }`;
const WORK = `query Q { visits { nodes { ${everyFieldOf('Visit', ['allowedCommands', 'history'])} } readAt }
  certificates { nodes { ${everyFieldOf('Certificate', ['allowedCommands', 'history'])} } } }`;

describe('scenario 8: the headline checksum', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  const totals = async (asOf: string) => (await satchel.read(people.countyChief, TOTALS, { asOf })).totals;
  const quantities = async (asOf: string) => (await totals(asOf)).metrics.map(({ quantity }: Anything) => quantity);

  /** An identity card in the backpack, and an errand taken along: nothing of it counts yet. */
  const underWay = async () => {
    const certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId, formDate: '2022-11-01' });
    await produce(door, certificateId);
    await door.do('loadIntoBackpack', { certificateId });
    const errandId = newId('errand');
    await door.do('requestErrand', { id: errandId, kind: 'HUKOU', residentId: door.liu, divisionCode: DANANYU });
    await door.do('acceptErrand', { errandId });
    return { certificateId, errandId };
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-11-01', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    satchel.clock.set(new Date(at('2022-11-15', '18:00')));
    for (const balance of BALANCES)
      await satchel.done(people.countyChief, 'importOpeningBalance', {
        ...balance,
        orgUnitId: people.county,
        asOf: '2022-11-15',
        citation: CITATION,
      });
  });
  afterAll(() => satchel.close());

  it('is what the county published on its day', async () => {
    expect(await totals('2022-11-15')).toMatchObject({
      asOf: '2022-11-15',
      checksum: 71_698,
      metrics: BALANCES.map(balance => ({ ...balance, citation: CITATION })),
    });
  });

  it('has one delivery, 30 leaflets, 2 covers and 1 errand on top the day after', async () => {
    const { certificateId, errandId } = await underWay();
    expect(await quantities('2022-11-16')).toEqual([2_864, 62_450, 1_949, 4_435]);
    satchel.clock.set(new Date(at('2022-11-16', '09:00')));
    const visitId = await door.visit();
    await door.do('distributeMaterial', { visitId, topic: 'ANTI_FRAUD', quantity: 30, audience: 12 });
    await door.do('giveHukouCover', { visitId, quantity: 2 });
    await door.do('deliverCertificate', { certificateId, visitId, ...SIGNED });
    await door.do('completeErrand', { errandId, count: 1, feeCollectedFen: 0 });
    await door.do('completeVisit', { visitId });

    expect(await totals('2022-11-16')).toMatchObject({ checksum: 2_865 + 62_480 + 1_951 + 4_436 });
    expect(await quantities('2022-11-16')).toEqual([2_865, 62_480, 1_951, 4_436]);
    const { metrics } = await totals('2022-11-16');
    expect(metrics.map(({ qualifier }: Anything) => qualifier)).toEqual(['EXACT', 'AT_LEAST', 'EXACT', 'EXACT']);
    expect(await quantities('2022-11-15')).toEqual([2_864, 62_450, 1_949, 4_435]);
  });

  it('books what comes late on the day on which it happened', async () => {
    satchel.clock.set(new Date(at('2022-11-18', '09:00')));
    const visitId = await door.visit();
    const leaflets = { visitId, topic: 'GUNS_EXPLOSIVES' };
    await door.do('distributeMaterial', { ...leaflets, quantity: 7, occurredAt: at('2022-11-17', '23:59') });
    await door.do('distributeMaterial', { ...leaflets, quantity: 900, occurredAt: at('2022-11-15', '23:59') });
    expect((await quantities('2022-11-16'))[1]).toBe(62_480);
    expect((await quantities('2022-11-17'))[1]).toBe(62_487);
    // The balance took the place of all work up to its day.
    expect((await quantities('2022-11-15'))[1]).toBe(62_450);
  });

  it('is the same to the byte when the read model is built anew from nothing', async () => {
    const digests = async () => Object.fromEntries(await digestsOf(satchel.stores.readModel.db, views));
    const answers = async () => [
      await totals('2022-11-15'),
      await totals('2022-11-16'),
      await satchel.read(door.officer, WORK),
    ];
    const before = { digests: await digests(), answers: await answers() };
    expect(Object.keys(before.digests)).toContain('metric_day');
    await satchel.restart(() => {
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(join(satchel.directory, `${FILES.readModel}${suffix}`), { force: true });
    });
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    expect(await digests()).toEqual(before.digests);
    expect(await answers()).toEqual(before.answers);
  });
});
