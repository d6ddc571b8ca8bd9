import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const BINDING = '{ status agreement { effectiveAt confirmationDeadline calendarVersion } }';

describe('a written agreement whose signatures are recorded out of order', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const asIt = async (clock: string, day: string) => {
    const query = `query Q($id: ID!, $at: DateTime!) { dispute(id: $id) { asOf(at: $at, clock: ${clock}) { status } } }`;
    return (await satchel.read(people.officer, query, { id: held.id, at: at(day, '23:00') })).dispute.asOf.status;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await scheduledCase(satchel, people);
    await openSession(held);
    await held.do('draftAgreement', {
      facts: '双方相邻而居',
      disputedPoints: '排水沟的归属',
      responsibility: '双方各负一半责任',
      content: '共同修复',
      terms: [{ obligorId: held.sideA, kind: 'REPAIR', dueDate: '2022-11-30', manner: '修复排水沟' }],
    });
    const sign = (partyId: string) => held.do('signAgreement', { version: 1, partyId, method: 'SIGN' });
    await sign(held.sideA);
    satchel.clock.set(new Date(at('2022-10-20', '09:00')));
    await held.do('signAgreementAsMediator', { version: 1, mediatorId: held.host, method: 'SIGN' });
    await sign(held.sideB);
    satchel.clock.set(new Date(at('2022-10-21', '09:00')));
    const { events } = await held.do('affixSeal', { version: 1, occurredAt: at('2022-10-18', '17:00') });
    expect(events).toMatchObject([{ type: 'AgreementSealAffixed' }, { type: 'AgreementBecameEffective' }]);
  });
  afterAll(() => satchel.close());

  it('binds since the last of them signed', async () => {
    const { dispute } = await satchel.read(people.officer, `query Q($id: ID!) { dispute(id: $id) ${BINDING} }`, {
      id: held.id,
    });
    expect(dispute).toEqual({
      status: 'PERFORMING',
      agreement: {
        effectiveAt: '2022-10-20T01:00:00.000Z',
        // 30 days on is 19 November, a Saturday.
        confirmationDeadline: '2022-11-21',
        calendarVersion: 'CN-2022',
      },
    });
  });

  it('did not bind before that, by either clock', async () => {
    expect(await asIt('OCCURRED', '2022-10-19')).toBe('IN_MEDIATION');
    expect(await asIt('OCCURRED', '2022-10-20')).toBe('PERFORMING');
    expect(await asIt('RECORDED', '2022-10-20')).toBe('IN_MEDIATION');
    expect(await asIt('RECORDED', '2022-10-21')).toBe('PERFORMING');
  });
});
