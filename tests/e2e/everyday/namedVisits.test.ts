import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const deviations = ({ events }: Anything): readonly string[] =>
  events.flatMap((event: Anything) => event.deviations.map(({ rule }: Anything) => rule));

describe('the visit on which something is said to have happened', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let scenic: string;
  let planned: string;
  let theirs: string;

  const trip = (input: object) => ({ kind: 'HOUSEHOLD', divisionCode: DANANYU, ...input });
  const refusals = async (command: string, input: object) => {
    const { errors, events } = await satchel.command(door.officer, command, input);
    expect(events).toEqual([]);
    return errors.map(({ code, path }: Anything) => [code, ...path]);
  };
  const raise = async (input: object = {}) => {
    const needId = newId('need');
    await door.do('raiseNeed', { id: needId, ...need(), originVisitId: await door.visit(), ...input });
    return needId;
  };
  const need = () => ({ category: 'OTHER', summary: '样例' });
  const loadedCard = async () => {
    const certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId });
    await produce(door, certificateId);
    await door.do('loadIntoBackpack', { certificateId });
    return certificateId;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-10', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    [scenic, planned, theirs] = [newId('visit'), newId('visit'), newId('visit')];
    const officerIds = [door.officer];
    await door.do('startVisit', { id: scenic, ...trip({ kind: 'SCENIC_AREA', officerIds }) });
    await door.do('planVisit', { id: planned, ...trip({ officerIds }), plannedFor: '2022-10-20' });
    await satchel.done(people.officer, 'startVisit', { id: theirs, ...trip({ officerIds: [people.officer] }) });
  });
  afterAll(() => satchel.close());

  it('is never one to a scenic area, where a resident is concerned', async () => {
    const residentId = door.liu;
    const asOrigin = [['VISIT_WITHOUT_RESIDENTS', 'originVisitId']];
    expect(await refusals('raiseNeed', { ...need(), originVisitId: scenic, residentId })).toEqual(asOrigin);
    const application = { certType: 'ID_CARD', reason: 'LOST', applicantId: residentId, originVisitId: scenic };
    expect(await refusals('takeCertificateApplication', application)).toEqual(asOrigin);
    expect(await refusals('requestErrand', { kind: 'PROOF', residentId, originVisitId: scenic })).toEqual(asOrigin);
    const appointment = { purpose: 'HUKOU', channel: 'PHONE', plannedFor: at('2022-10-12', '09:00'), residentId };
    expect(await refusals('bookAppointment', { ...appointment, originVisitId: scenic })).toEqual(asOrigin);
    const certificateId = await loadedCard();
    const atDoor = [['VISIT_WITHOUT_RESIDENTS', 'visitId']];
    expect(await refusals('deliverCertificate', { certificateId, visitId: scenic, ...SIGNED })).toEqual(atDoor);
    expect(await refusals('attemptDelivery', { certificateId, visitId: scenic })).toEqual(atDoor);
    expect(await refusals('failDelivery', { certificateId, visitId: scenic, reason: 'NOT_HOME' })).toEqual(atDoor);
    const needId = await raise({ residentId });
    expect(await refusals('deliverResponse', { needId, responseVisitId: scenic, outcome: 'SOLVED' })).toEqual([
      ['VISIT_WITHOUT_RESIDENTS', 'responseVisitId'],
    ]);
  });

  it('may be one to a scenic area for the wish of nobody in particular', async () => {
    const needId = await raise({ originVisitId: scenic });
    await door.do('acceptNeed', { needId });
    await door.do('planResponse', { needId, measure: '样例', plannedFor: '2022-10-10' });
    const answered = await door.do('deliverResponse', { needId, responseVisitId: scenic, outcome: 'SOLVED' });
    expect(deviations(answered)).toEqual([]);
  });

  it('is recorded with a deviation while it is only planned, and when it came to nothing', async () => {
    const certificateId = await loadedCard();
    expect(deviations(await door.do('attemptDelivery', { certificateId, visitId: planned }))).toEqual([
      'VISIT_NOT_STARTED',
    ]);
    await door.do('abandonVisit', { visitId: planned, reason: 'WEATHER' });
    const failed = await door.do('failDelivery', { certificateId, visitId: planned, reason: 'NOT_HOME' });
    expect(deviations(failed)).toEqual(['VISIT_NOT_STARTED']);
    const needId = await raise();
    const answered = await door.do('deliverResponse', { needId, responseVisitId: planned, outcome: 'SOLVED' });
    expect(deviations(answered)).toEqual(['VISIT_NOT_STARTED', 'RESPONSE_UNPLANNED']);
  });

  it('is recorded with a deviation when it was of another station, without oneself', async () => {
    const certificateId = await loadedCard();
    const delivered = await door.do('deliverCertificate', { certificateId, visitId: theirs, ...SIGNED });
    expect(deviations(delivered)).toEqual(['VISIT_OF_ANOTHER_STATION']);
    const together = newId('visit');
    const officerIds = [people.officer, door.officer];
    await satchel.done(people.officer, 'startVisit', { id: together, ...trip({ officerIds }) });
    const other = await loadedCard();
    expect(
      deviations(await door.do('deliverCertificate', { certificateId: other, visitId: together, ...SIGNED })),
    ).toEqual([]);
  });
});
