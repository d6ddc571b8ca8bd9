import { describe, expect, it } from 'vitest';
import { archiveCaseFile, closeDispute, reopenDispute } from '../../../src/mediation/commands/closing.js';
import { recordFollowUp, reportEscalationRisk, scheduleFollowUp } from '../../../src/mediation/commands/followUp.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import {
  recordBreach,
  recordPartialPerformance,
  recordPerformance,
  urgePerformance,
} from '../../../src/mediation/commands/performance.js';
import { endSession } from '../../../src/mediation/commands/session.js';
import { notifyRemedies, terminateMediation } from '../../../src/mediation/commands/termination.js';
import { derivedStatus } from '../../../src/mediation/status.js';
import type { Given } from '../spec.js';
import { deviationsOf, idFor, someId } from '../spec.js';
import {
  chen,
  events,
  inOrder,
  justiceOffice,
  otherVisits,
  payment,
  refusal,
  reported,
  sessionId,
  stateOf,
  stranger,
  tell,
  term,
  visit,
  wang,
} from './story.js';

const agreed = async () =>
  tell(await inOrder(), [reachOralAgreement, { sessionId, content: '约定', terms: [payment, term] }]);
const [money, repair] = stateOf(await agreed()).agreement?.obligations ?? [];
const moneyId = money?.obligationId ?? '';
const repairId = repair?.obligationId ?? '';
const statusOf = (given: Given, today?: string) => derivedStatus(stateOf(given), today);
const firstOf = (given: Given) => stateOf(given).agreement?.obligations[0];

describe('Performing an agreement', () => {
  it('goes from performing to performed with the last obligation', async () => {
    const one = await tell(await agreed(), [recordPerformance, { obligationId: moneyId, amountFen: 80_000 }]);
    expect(statusOf(one)).toBe('PERFORMING');
    const both = await tell(one, [recordPerformance, { obligationId: repairId }]);
    expect(statusOf(both)).toBe('PERFORMED');
    expect(await refusal(both, recordPerformance, { obligationId: repairId })).toEqual([
      'OBLIGATION_PERFORMED_ALREADY',
    ]);
  });

  it('adds up what is paid in parts', async () => {
    const part = { obligationId: moneyId, amountFen: 30_000 };
    const given = await tell(await agreed(), [recordPartialPerformance, part]);
    expect(firstOf(given)).toMatchObject({ status: 'PARTLY_PERFORMED', performedFen: 30_000 });
    expect(await refusal(given, recordPartialPerformance, { ...part, amountFen: 50_000 })).toEqual([
      'PERFORMANCE_AMOUNT_MISMATCH',
    ]);
    expect(await refusal(given, recordPerformance, { ...part, amountFen: 80_000 })).toEqual([
      'PERFORMANCE_AMOUNT_MISMATCH',
    ]);
    const paid = await tell(given, [recordPerformance, { ...part, amountFen: 50_000 }]);
    expect(firstOf(paid)).toMatchObject({ status: 'PERFORMED', performedFen: 80_000 });
  });

  it('is breached, urged, and performed after all', async () => {
    const breached = await tell(await agreed(), [recordBreach, { obligationId: moneyId }]);
    expect(statusOf(breached)).toBe('BREACHED');
    expect(await refusal(breached, urgePerformance, { obligationId: repairId })).toEqual(['OBLIGATION_NOT_BREACHED']);
    const urged = await tell(breached, [urgePerformance, { obligationId: moneyId, newDueDate: '2022-12-01' }]);
    expect(statusOf(urged)).toBe('PERFORMING');
    expect(firstOf(urged)).toMatchObject({ status: 'OUTSTANDING', dueDate: '2022-12-01' });
    const late = await tell(breached, [recordPerformance, { obligationId: moneyId }]);
    expect(statusOf(late)).toBe('PERFORMING');
  });

  it('stays breached when a part is paid, until it is urged or the whole is performed', async () => {
    const given = await tell(
      await agreed(),
      [recordBreach, { obligationId: moneyId }],
      [recordPartialPerformance, { obligationId: moneyId, amountFen: 1 }],
    );
    expect(statusOf(given)).toBe('BREACHED');
    expect(firstOf(given)).toMatchObject({ status: 'BREACHED', performedFen: 1 });
    const urged = await tell(given, [urgePerformance, { obligationId: moneyId }]);
    expect(firstOf(urged)).toMatchObject({ status: 'PARTLY_PERFORMED' });
    const whole = await tell(given, [recordPerformance, { obligationId: moneyId, amountFen: 79_999 }]);
    expect(firstOf(whole)).toMatchObject({ status: 'PERFORMED', performedFen: 80_000 });
  });

  it('keeps the part that was done of what is not money, through breach and urging', async () => {
    const given = await tell(
      await agreed(),
      [recordPartialPerformance, { obligationId: repairId }],
      [recordBreach, { obligationId: repairId }],
      [urgePerformance, { obligationId: repairId }],
    );
    expect(stateOf(given).agreement?.obligations[1]).toMatchObject({
      status: 'PARTLY_PERFORMED',
      partlyPerformedOn: '2022-10-18',
    });
  });

  it('is breached before its day only with a deviation', async () => {
    const breach = { obligationId: moneyId };
    const onDueDay = { at: '2022-11-01T02:00:00.000Z' };
    expect(deviationsOf((await events(await agreed(), recordBreach, breach, onDueDay))[0])).toEqual([
      'BREACH_BEFORE_DUE',
    ]);
    const dayAfter = { at: '2022-11-01T16:00:00.000Z' };
    expect(deviationsOf((await events(await agreed(), recordBreach, breach, dayAfter))[0])).toEqual([]);
    const urged = await tell(
      await agreed(),
      [recordBreach, breach, dayAfter],
      [urgePerformance, { ...breach, newDueDate: '2022-11-20' }],
    );
    const [again] = await events(urged, recordBreach, breach, { at: '2022-11-20T02:00:00.000Z' });
    expect(deviationsOf(again)).toEqual(['BREACH_BEFORE_DUE']);
  });

  it('knows its obligations, once an agreement is in effect', async () => {
    const none = { obligationId: someId('none') };
    for (const command of [recordPerformance, recordPartialPerformance, recordBreach, urgePerformance]) {
      expect(await refusal(await agreed(), command, none)).toEqual(['OBLIGATION_UNKNOWN']);
      expect(await refusal(await inOrder(), command, none)).toEqual(['NO_AGREEMENT_IN_EFFECT']);
    }
  });
});

const visited = {
  partyId: chen,
  matter: '排水沟',
  performance: 'PARTLY',
  satisfaction: 4,
  escalationSigns: false,
  measures: '督促',
};
const performed = async () =>
  tell(
    await agreed(),
    [endSession, { sessionId }],
    [recordPerformance, { obligationId: moneyId }],
    [recordPerformance, { obligationId: repairId }],
  );

describe('Following up', () => {
  it('is due in 30 days unless a day is named, and done with the visit', async () => {
    const given = await tell(await performed(), [scheduleFollowUp, {}]);
    expect(stateOf(given).followUps).toMatchObject([{ dueDate: '2022-11-17' }]);
    expect(statusOf(given, '2022-11-16')).toBe('PERFORMED');
    expect(statusOf(given, '2022-11-17')).toBe('FOLLOWUP_DUE');
    expect(statusOf(given)).toBe('PERFORMED');
    const [event] = await events(given, recordFollowUp, { ...visited, visitId: visit });
    expect(event?.data).toMatchObject({
      followUpId: stateOf(given).followUps[0]?.followUpId,
      agreementNo: '(2022)人调字第 7 号-1',
      visitedOn: '2022-10-18',
    });
    expect(statusOf(await tell(given, [recordFollowUp, visited]), '2022-11-17')).toBe('PERFORMED');
  });

  it('makes the visit that is due first', async () => {
    const [early, late] = [someId('early'), someId('late')];
    const given = await tell(
      await performed(),
      [scheduleFollowUp, { followUpId: late, dueDate: '2022-12-01' }],
      [scheduleFollowUp, { followUpId: early, dueDate: '2022-11-01' }],
    );
    expect((await events(given, recordFollowUp, visited))[0]?.data).toMatchObject({ followUpId: early });
    expect(await refusal(given, scheduleFollowUp, { followUpId: early })).toEqual(['FOLLOW_UP_TWICE']);
    const done = await tell(given, [recordFollowUp, visited]);
    expect(await refusal(done, recordFollowUp, { ...visited, followUpId: early })).toEqual(['FOLLOW_UP_TWICE']);
  });

  it('goes on when the case is closed, archived, and reopened', async () => {
    const closed = await tell(await performed(), [closeDispute, { outcome: 'SETTLED' }]);
    const archived = await tell(closed, [
      archiveCaseFile,
      { documents: ['ID_PROOF', 'MEDIATION_RECORD', 'RIGHTS_NOTICE'] },
    ]);
    const reopened = await tell(archived, [reopenDispute, { reason: 'DISPUTE_RECURRED' }]);
    for (const given of [closed, archived, reopened]) {
      expect(await events(given, scheduleFollowUp, {})).toHaveLength(1);
      expect((await events(given, recordFollowUp, visited))[0]?.data).toMatchObject({
        agreementNo: '(2022)人调字第 7 号-1',
      });
    }
  });

  it('goes on after a mediation that failed, archived or not', async () => {
    const closed = await tell(
      await inOrder(),
      [endSession, { sessionId }],
      [terminateMediation, { reason: 'NO_AGREEMENT' }],
      [notifyRemedies, { routes: ['JUDICIAL'] }],
      [closeDispute, { outcome: 'FAILED' }],
    );
    const archived = await tell(closed, [
      archiveCaseFile,
      { documents: ['ID_PROOF', 'MEDIATION_RECORD', 'RIGHTS_NOTICE'] },
    ]);
    for (const given of [closed, archived])
      for (const [command, input] of [[scheduleFollowUp, {}] as const, [recordFollowUp, visited] as const])
        expect(await events(given, command, input)).toHaveLength(1);
  });

  it('deviates with a visit of another station, and takes none to a scenic area', async () => {
    const input = { ...visited, visitId: visit };
    const given = await agreed();
    const { elsewhere, scenic } = otherVisits;
    const [event] = await events(given, recordFollowUp, input, { knowing: { visit: async () => elsewhere } });
    expect(deviationsOf(event)).toEqual(['VISIT_OF_ANOTHER_STATION']);
    expect(deviationsOf((await events(given, recordFollowUp, input))[0])).toEqual([]);
    const refusals = await refusal(given, recordFollowUp, input, { knowing: { visit: async () => scenic } });
    expect(refusals).toEqual(['VISIT_WITHOUT_RESIDENTS']);
  });

  it('visits a party, after the mediation, on a visit that there was', async () => {
    expect(await refusal(await inOrder(), scheduleFollowUp, {})).toEqual(['FOLLOW_UP_TOO_EARLY']);
    expect(await refusal(await agreed(), recordFollowUp, { ...visited, partyId: stranger })).toEqual(['NOT_A_PARTY']);
    expect(await refusal(await agreed(), recordFollowUp, { ...visited, visitId: idFor('visit', 'none') })).toEqual([
      'VISIT_UNKNOWN',
    ]);
    expect(await refusal(await agreed(), recordFollowUp, { ...visited, partyId: wang, satisfaction: 6 })).toEqual([
      'INPUT_INVALID',
    ]);
  });
});

describe('A risk of escalation', () => {
  it('may be reported in any state, to a unit that is registered', async () => {
    const risk = { level: 3, toUnitId: justiceOffice, account: '扬言报复' };
    const given = await tell(await reported(), [reportEscalationRisk, risk]);
    expect(stateOf(given)).toMatchObject({ status: 'REPORTED', risks: [{ level: 3, toUnitId: justiceOffice }] });
    expect(await refusal(given, reportEscalationRisk, { ...risk, toUnitId: idFor('orgunit', 'none') })).toEqual([
      'UNIT_UNKNOWN',
    ]);
  });
});
