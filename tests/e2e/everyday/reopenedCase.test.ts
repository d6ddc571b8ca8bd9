import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseWithParticipants, type MediationCase, openSession } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const OBLIGATIONS = 'obligations { obligationId status performedFen }';
const CASE = `query Q($id: ID!) { dispute(id: $id) { status participants { consentBy }
  agreement { ${OBLIGATIONS} } formerAgreements { agreementNo ${OBLIGATIONS} } } }`;

describe('a case whose agreement was broken', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let obligationId: string;

  const state = async () => (await satchel.read(people.officer, CASE, { id: held.id })).dispute;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await caseWithParticipants(satchel, people);
    await openSession(held);
    const { sessionId, sideA, sideB } = held;
    const payment = { obligorId: sideA, kind: 'PAYMENT', amountFen: 80_000, dueDate: '2022-11-01', manner: '微信转账' };
    const terms = [{ ...payment, obligeeId: sideB }];
    await held.do('reachOralAgreement', { sessionId, content: '赔偿损失', terms });
    await held.do('endSession', { sessionId });
    obligationId = (await state()).agreement.obligations[0].obligationId;
  });
  afterAll(() => satchel.close());

  it('has a breach on the last day of the term noted as too early', async () => {
    satchel.clock.set(new Date(at('2022-11-01', '10:00')));
    const { events } = await held.do('recordBreach', { obligationId });
    expect(events).toMatchObject([{ stateAfter: 'BREACHED', deviations: [{ rule: 'BREACH_BEFORE_DUE' }] }]);
  });

  it('stays breached when a part is paid, and closes once the parties know the other routes', async () => {
    const { events } = await held.do('recordPartialPerformance', { obligationId, amountFen: 1 });
    expect(events).toMatchObject([{ stateAfter: 'BREACHED' }]);
    const close = { outcome: 'LITIGATION_ADVISED' };
    expect(await held.refused('closeDispute', close)).toEqual(['REMEDIES_REQUIRED']);
    await held.do('notifyRemedies', { routes: ['JUDICIAL'] });
    await held.do('closeDispute', close);
  });

  it('is paid late after it was reopened', async () => {
    await held.do('reopenDispute', { reason: 'NEW_FACTS' });
    await held.do('recordPerformance', { obligationId, amountFen: 79_999 });
    expect(await state()).toMatchObject({
      status: 'SCREENED',
      agreement: null,
      formerAgreements: [{ obligations: [{ status: 'PERFORMED', performedFen: 80_000 }] }],
    });
  });

  it('asks both sides anew who may join', async () => {
    expect((await state()).participants).toEqual([{ consentBy: [] }, { consentBy: [] }]);
  });
});
