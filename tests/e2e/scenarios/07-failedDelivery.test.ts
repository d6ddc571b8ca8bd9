import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const CUSTODY = `query Q($id: ID!) { certificate(id: $id) { status attempts
  custody { event at holder { kind id backpackId } } history { nodes { type data } } } }`;
const TOTALS = `query Q($asOf: Date!) { totals(asOf: $asOf) { metrics { metric quantity } } }`;

describe('scenario 7: a failed delivery', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let certificateId: string;

  const certificate = async () => (await satchel.read(door.officer, CUSTODY, { id: certificateId })).certificate;
  const delivered = async (asOf: string) => {
    const { totals } = await satchel.read(people.countyChief, TOTALS, { asOf });
    return totals.metrics.find(({ metric }: Anything) => metric === 'CERT_DELIVERED').quantity;
  };
  const goOn = (day: string) => satchel.clock.set(new Date(at(day, '09:00')));

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId, formDate: '2022-08-30' });
    await produce(door, certificateId);
  });
  afterAll(() => satchel.close());

  it('goes back to the station each time, and is not carried twice', async () => {
    for (const day of ['2022-09-26', '2022-09-28']) {
      goOn(day);
      await door.do('loadIntoBackpack', { certificateId });
      expect(await door.refused('loadIntoBackpack', { certificateId })).toEqual(['RETURN_FIRST']);
      const visitId = await door.visit();
      await door.do('attemptDelivery', { certificateId, visitId });
      await door.do('failDelivery', { certificateId, reason: 'NOT_HOME', visitId });
      expect(await door.refused('loadIntoBackpack', { certificateId })).toEqual(['RETURN_FIRST']);
      await door.do('returnCertificate', { certificateId });
      await door.do('completeVisit', { visitId });
    }
    expect(await certificate()).toMatchObject({ status: 'AT_STATION', attempts: 2 });
    expect(await delivered('2022-09-30')).toBe(0);
  });

  it('is counted once, when it is handed over at the third attempt', async () => {
    goOn('2022-10-08');
    await door.do('loadIntoBackpack', { certificateId });
    const visitId = await door.visit();
    const signed = { certificateId, visitId, ...SIGNED };
    await door.do('deliverCertificate', signed);
    expect(await door.refused('deliverCertificate', signed)).toEqual(['ALREADY_ENDED']);
    expect(await certificate()).toMatchObject({ status: 'DELIVERED', attempts: 3 });
    expect(await delivered('2022-10-07')).toBe(0);
    expect(await delivered('2022-10-08')).toBe(1);
    expect(await delivered('2022-12-31')).toBe(1);
  });

  it('has a chain of custody without a break', async () => {
    const { custody, history } = await certificate();
    const carried = { kind: 'OFFICER', id: door.officer, backpackId: door.backpack };
    const station = { kind: 'STATION', id: people.otherStation, backpackId: null };
    const recipient = { kind: 'RECIPIENT', id: null, backpackId: null };
    const day = (date: string) => at(date, '09:00');
    expect(custody).toEqual([
      { event: 'RECEIVED', at: at('2022-08-30', '10:00'), holder: station },
      { event: 'LOADED', at: day('2022-09-26'), holder: carried },
      { event: 'ATTEMPTED', at: day('2022-09-26'), holder: carried },
      { event: 'RETURNED', at: day('2022-09-26'), holder: station },
      { event: 'LOADED', at: day('2022-09-28'), holder: carried },
      { event: 'ATTEMPTED', at: day('2022-09-28'), holder: carried },
      { event: 'RETURNED', at: day('2022-09-28'), holder: station },
      { event: 'LOADED', at: day('2022-10-08'), holder: carried },
      { event: 'DELIVERED', at: day('2022-10-08'), holder: recipient },
    ]);
    const failures = history.nodes.filter(({ type }: Anything) => type === 'DeliveryFailed');
    expect(failures.map(({ data }: Anything) => data)).toEqual([
      { reason: 'NOT_HOME', attempt: 1 },
      { reason: 'NOT_HOME', attempt: 2 },
    ]);
  });
});
