import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

describe('a resident whose data may only be stored', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let residentId: string;
  let begun: readonly (readonly [command: string, input: object])[];

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    const number = numberOf('1960-06-06', 6);
    residentId = await registerResident(satchel, people.officer, { name: '陈样本', number });
    const visitId = newId('visit');
    const place = { divisionCode: '621224110' };
    const going = { id: visitId, kind: 'HOUSEHOLD', officerIds: [people.officer], ...place };
    await satchel.done(people.officer, 'startVisit', going);
    begun = [
      ['raiseNeed', { category: 'OTHER', summary: '路灯不亮', originVisitId: visitId, residentId }],
      ['requestErrand', { kind: 'HUKOU', residentId, details: '迁户手续' }],
      [
        'bookAppointment',
        { purpose: 'HUKOU', channel: 'PHONE', plannedFor: at('2022-10-20', '10:00'), residentId, details: '补办' },
      ],
      ['takeCertificateApplication', { certType: 'HUKOU_BOOK', reason: 'DAMAGED', applicantId: residentId, ...place }],
      ['recordNote', { visitId, subjectId: residentId, text: '独自在家' }],
      ['verifyResidentInfo', { visitId, subjectId: residentId, fieldsVerified: ['PHONE'], result: 'MATCH' }],
    ];
  });
  afterAll(() => satchel.close());

  it('is no longer taken into anything new', async () => {
    await satchel.done(people.chief, 'restrictProcessing', { residentId, reason: 'REQUESTED' });
    for (const [command, input] of begun)
      expect([command, await satchel.refused(people.officer, command, input)]).toEqual([
        command,
        ['PROCESSING_RESTRICTED'],
      ]);
  });

  it('is served again once a chief has lifted the restriction', async () => {
    await satchel.done(people.chief, 'liftRestriction', { residentId, reason: 'REQUEST_WITHDRAWN' });
    for (const [command, input] of begun) await satchel.done(people.officer, command, input);
  });
});
