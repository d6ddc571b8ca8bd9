import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { LIU } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const CERTIFICATE = `query Q($id: ID!) { certificate(id: $id) { status dueDate formDate reason oldCard attempts
  hasPhoto hasFingerprint extension { extraDays } applicant { name number } handover { method signer }
  history { nodes { type data } } } }`;
const NEED = `query Q($id: ID!) { need(id: $id) { status loopClosed daysToClose closedOn vulnerable
  resident { name number village vulnerabilities } history { nodes { type data } } } }`;
const CLOSED = 'query Q($id: ID) { needs(status: CLOSED, residentId: $id) { nodes { loopClosed } } }';

describe('scenario 4: Liu at Zhengwan village', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;
  let certificateId: string;
  const needId = newId('need');

  const certificate = async () => (await satchel.read(door.officer, CERTIFICATE, { id: certificateId })).certificate;
  const need = async (personId = door.officer) => (await satchel.read(personId, NEED, { id: needId })).need;
  const loopsClosed = async () =>
    (await satchel.read(people.countyChief, CLOSED, { id: door.liu })).needs.nodes.filter(
      (closed: Anything) => closed.loopClosed,
    ).length;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    visitId = await door.visit();
  });
  afterAll(() => satchel.close());

  it('carries the need back', async () => {
    await door.do('raiseNeed', {
      id: needId,
      category: 'CERTIFICATE',
      summary: '样例诉求：身份证过期，行动不便',
      vulnerable: ['ELDER', 'DISABLED'],
      originVisitId: visitId,
      residentId: door.liu,
    });
    expect(await need()).toMatchObject({
      status: 'RAISED',
      loopClosed: false,
      vulnerable: ['ELDER', 'DISABLED'],
      resident: { name: '刘某', number: '62************001X', vulnerabilities: ['ELDER', 'DISABLED'] },
    });
    expect((await need(people.auditor)).vulnerable).toBeNull();
    await door.do('acceptNeed', { needId });
    await door.do('planResponse', { needId, measure: '样例对策：制证后送到家', plannedFor: '2022-10-01' });
  });

  it('takes the application at the door, with photo and fingerprint, due in sixty days', async () => {
    certificateId = await takeApplication(door, { reason: 'EXPIRED', originVisitId: visitId, needId });
    await door.do('submitApplication', { certificateId, formDate: '2022-08-30' });
    await door.do('completeVisit', { visitId });
    expect(await certificate()).toMatchObject({
      status: 'SUBMITTED',
      reason: 'EXPIRED',
      formDate: '2022-08-30',
      dueDate: '2022-10-29',
      hasPhoto: true,
      hasFingerprint: true,
      applicant: { name: '刘某', number: '62************001X' },
    });
  });

  it('is extended by the chief to ninety days, and no further', async () => {
    satchel.clock.set(new Date(at('2022-10-25', '16:00')));
    const extend = (extraDays: number) => ({ certificateId, extraDays, reason: 'REMOTE_VILLAGE' });
    expect(await satchel.refused(door.chief, 'extendCertificateDeadline', extend(31))).not.toEqual([]);
    expect((await certificate()).dueDate).toBe('2022-10-29');
    await satchel.done(door.chief, 'extendCertificateDeadline', extend(30));
    expect(await certificate()).toMatchObject({ dueDate: '2022-11-28', extension: { extraDays: 30 } });
    expect(await satchel.refused(door.chief, 'extendCertificateDeadline', extend(1))).toEqual(['ALREADY_EXTENDED']);
  });

  it('carries the card out, takes the old one back, and closes the loop', async () => {
    satchel.clock.set(new Date(at('2022-11-11', '08:10')));
    await produce(door, certificateId);
    await door.do('loadIntoBackpack', { certificateId, backpackId: door.backpack });
    const deliveryId = await door.visit();
    await door.do('attemptDelivery', { certificateId, visitId: deliveryId });
    await door.do('surrenderOldCard', { certificateId });
    const { events } = await door.do('deliverCertificate', { certificateId, visitId: deliveryId, ...SIGNED });
    expect(events).toMatchObject([{ type: 'CertificateDelivered', stateAfter: 'DELIVERED', deviations: [] }]);
    expect(await certificate()).toMatchObject({
      status: 'DELIVERED',
      oldCard: 'SURRENDERED',
      attempts: 1,
      handover: { method: 'DOOR', signer: 'SELF' },
    });
    expect(await loopsClosed()).toBe(0);
    await door.do('deliverResponse', { needId, responseVisitId: deliveryId, outcome: 'SOLVED' });
    await door.do('closeNeed', { needId });
    await door.do('completeVisit', { visitId: deliveryId });
    expect(await need()).toMatchObject({ status: 'CLOSED', loopClosed: true, daysToClose: 73, closedOn: '2022-11-11' });
    expect(await loopsClosed()).toBe(1);
  });

  it('tells who Liu is in no answer and in no event', async () => {
    const seen = JSON.stringify([
      await certificate(),
      await need(),
      await satchel.read(
        door.officer,
        `query Q($id: ID!) { resident(id: $id) { name number village divisionCode history { nodes { data fields { value } changes { before after } } } } }`,
        { id: door.liu },
      ),
    ]);
    expect(seen).toContain('刘某');
    expect(seen).toContain(DANANYU);
    for (const telling of [LIU.name, LIU.number, '6226251899', '18991231', '1899-12-31', '行动不便'])
      expect(seen).not.toContain(telling);
  });

  it('finds Liu by the whole number, for a purpose', async () => {
    const { findResident } = await satchel.read(
      door.officer,
      'query Q($number: String!) { findResident(number: $number, purpose: CERTIFICATE) { id name number } }',
      { number: '62262518991231001x' },
    );
    expect(findResident).toEqual({ id: door.liu, name: '刘某', number: '62************001X' });
  });
});
