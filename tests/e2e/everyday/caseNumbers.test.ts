import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { reportedCase } from '../../harness/mediationCase.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

const NUMBER = 'query Q($id: ID!) { dispute(id: $id) { caseNo } }';

describe('the number of a case', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  }, '2022-10-18T02:00:00Z');

  it('is never given to two, even where one command id comes for both', async () => {
    const commandId = newUuid();
    const { id: first, sideA, sideB } = await reportedCase(satchel, people);
    const second = newId('dispute');
    await satchel.done(people.officer, 'reportDispute', {
      id: second,
      source: 'PROACTIVE',
      category: 'LAND',
      title: '山林界线纠纷',
      divisionCode: '621224110',
      parties: [
        { subjectId: sideA, side: 'A' },
        { subjectId: sideB, side: 'B' },
      ],
    });
    await satchel.done(people.officer, 'screenDispute', { disputeId: second, legalBasis: 'CIVIL', riskLevel: 1 });
    for (const disputeId of [first, second])
      await satchel.command(people.officer, 'acceptDispute', { disputeId, commandId });
    const numberOf = async (id: string) => (await satchel.read(people.officer, NUMBER, { id })).dispute.caseNo;
    // Where command ids are known across streams the second is refused, and has no number.
    expect(await numberOf(first)).toBe('(2022)人调字第 1 号');
    expect([null, '(2022)人调字第 2 号']).toContain(await numberOf(second));
  });
});
