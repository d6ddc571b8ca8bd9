import { describe, expect, it } from 'vitest';
import {
  acceptErrand,
  completeErrand,
  failErrand,
  requestErrand,
  returnResult,
} from '../../../src/errands/commands.js';
import { type Errand, errand, heldFen } from '../../../src/errands/errand.js';
import { deviationsOf, Given, idFor, officerActor } from '../spec.js';
import { factsOf, visitUnderWay } from '../standInLookup.js';

const resident = idFor('resident', 'liu');
const visit = idFor('visit', 'first');
const needId = idFor('need', 'hukou');
const station = officerActor.orgUnitId;
const visitFact = visitUnderWay();
const known = {
  resident: async (id: string) => (id === resident ? { orgUnitId: station } : undefined),
  visit: async (id: string) => (id === visit ? visitFact : undefined),
  need: async (id: string) => (id === needId ? { status: 'RAISED', orgUnitId: station } : undefined),
};

const input = { kind: 'HUKOU', residentId: resident, details: '为孙子办理户口迁入', originVisitId: visit, needId };
const nothing = Given.nothing(errand);
const requested = nothing.after(requestErrand, input, { facts: await factsOf(requestErrand, input, known) });
const accepted = requested.after(acceptErrand, {});
const paid = { count: 2, feeCollectedFen: 5000, feeRemittedFen: 4000, receiptNo: '康票0012' };
const completed = accepted.after(completeErrand, paid);
const stateOf = (given: Given) => given.state as Errand;

describe('requesting an errand', () => {
  it('records for whom, what, and where it was asked for', async () => {
    const facts = await factsOf(requestErrand, input, known);
    expect(nothing.when(requestErrand, input, { facts })).toEqual([
      { type: 'ErrandRequested', data: { ...input, divisionCode: '621224112' } },
    ]);
    expect(stateOf(requested)).toMatchObject({ status: 'REQUESTED', count: 0, orgUnitId: station });
  });

  it('refuses a resident, visit, need and place that nobody knows', async () => {
    const strange = {
      kind: 'HUKOU',
      residentId: idFor('resident', 'nobody'),
      originVisitId: idFor('visit', 'none'),
      needId: idFor('need', 'none'),
      divisionCode: '62122499',
    };
    const facts = await factsOf(requestErrand, strange, known);
    expect(nothing.refuses(requestErrand, strange, { facts })).toEqual([
      'RESIDENT_UNKNOWN',
      'VISIT_UNKNOWN',
      'NEED_UNKNOWN',
      'DIVISION_UNKNOWN',
    ]);
  });
});

describe('accepting an errand', () => {
  it('makes whoever accepts it take it along', () => {
    expect(requested.when(acceptErrand, {})).toEqual([
      { type: 'ErrandAccepted', data: { officerId: officerActor.actorId } },
    ]);
  });

  it('refuses an officer whom nobody knows', async () => {
    const named = { officerId: idFor('officer', 'nobody') };
    expect(requested.refuses(acceptErrand, named, { facts: await factsOf(acceptErrand, named, known) })).toEqual([
      'OFFICER_UNKNOWN',
    ]);
  });

  it('is for an officer of the unit whose errand it is: another would not see it', () => {
    const named = { officerId: idFor('officer', 'elsewhere') };
    const of = (orgUnitId: string) => ({ facts: { role: 'OFFICER', orgUnitId } });
    expect(requested.refuses(acceptErrand, named, of(idFor('orgunit', 'elsewhere')))).toEqual([
      'OFFICER_OF_ANOTHER_UNIT',
    ]);
    expect(requested.when(acceptErrand, named, of(station))).toHaveLength(1);
  });

  it('happens once', () => {
    expect(accepted.refuses(acceptErrand, {})).toEqual(['ALREADY_ACCEPTED']);
    expect(completed.refuses(acceptErrand, {})).toEqual(['ALREADY_ACCEPTED']);
  });

  it('may be by another who takes it over, until its result is back with the resident', () => {
    const officerId = idFor('officer', 'other');
    const named = [acceptErrand, { officerId }, { facts: { role: 'OFFICER', orgUnitId: station } }] as const;
    const taken = completed.after(...named);
    expect(stateOf(taken)).toMatchObject({ status: 'COMPLETED', officerId });
    expect(taken.after(returnResult, {}).refuses(...named)).toEqual(['ERRAND_ENDED']);
  });
});

describe('completing an errand', () => {
  it('counts transactions, and keeps money apart', () => {
    expect(accepted.when(completeErrand, paid)).toEqual([
      { type: 'ErrandCompleted', data: { kind: 'HUKOU', ...paid } },
    ]);
    expect(stateOf(completed)).toMatchObject({ status: 'COMPLETED', count: 2 });
    expect(heldFen(stateOf(completed).money)).toBe(1000);
  });

  it('without money needs no receipt', () => {
    const [event] = accepted.when(completeErrand, { count: 1 });
    expect(event?.data).toEqual({ kind: 'HUKOU', count: 1, feeCollectedFen: 0, feeRemittedFen: 0 });
  });

  it('takes all that was collected for paid on, if nothing else is said', () => {
    const [event] = accepted.when(completeErrand, { count: 1, feeCollectedFen: 2000, receiptNo: '康票0013' });
    expect(event?.data).toMatchObject({ feeRemittedFen: 2000 });
    expect(deviationsOf(event)).toEqual([]);
  });

  it.each([
    ['paid on without a receipt', { count: 1, feeCollectedFen: 2000 }, ['RECEIPT_MISSING']],
    ['paid on beyond what was collected', { ...paid, feeRemittedFen: 5001 }, ['REMITTED_TOO_MUCH']],
  ])('%s is recorded, with the deviation', (_what, given, deviations) => {
    expect(deviationsOf(accepted.when(completeErrand, given)[0])).toEqual(deviations);
  });

  it('without having been accepted is recorded, with the deviation', () => {
    expect(deviationsOf(requested.when(completeErrand, paid)[0])).toEqual(['NOT_ACCEPTED']);
  });

  it.each([{ count: 0 }, { count: 1, feeCollectedFen: -1 }, { count: 1.5 }, { count: 1, receiptNo: '13812345678' }])(
    'refuses %j',
    given => {
      expect(accepted.refuses(completeErrand, given)).toEqual(['INPUT_INVALID']);
    },
  );

  it('happens once', () => {
    expect(completed.refuses(completeErrand, paid)).toEqual(['ERRAND_ENDED']);
  });
});

describe('an errand that fails', () => {
  const failed = accepted.after(failErrand, { reason: 'PAPERS_MISSING' });

  it('ends with the reason and counts nothing', () => {
    expect(stateOf(failed)).toMatchObject({ status: 'FAILED', failure: 'PAPERS_MISSING', count: 0 });
    expect(completed.refuses(failErrand, { reason: 'WITHDRAWN' })).toEqual(['ERRAND_ENDED']);
  });

  it('accounts for money that was taken for it, so that giving it back is no deviation', () => {
    const withMoney = accepted.after(failErrand, { reason: 'OFFICE_REFUSED', feeCollectedFen: 2000 });
    expect(heldFen(stateOf(withMoney).money)).toBe(2000);
    const [event] = withMoney.when(returnResult, { feeReturnedFen: 2000 });
    expect(deviationsOf(event)).toEqual([]);
    expect(deviationsOf(withMoney.when(returnResult, {})[0])).toEqual(['MONEY_UNACCOUNTED']);
  });

  it.each([
    ['kept by the office without a receipt', { feeCollectedFen: 2000, feeRemittedFen: 500 }, ['RECEIPT_MISSING']],
    ['kept beyond what was collected', { feeRemittedFen: 1, receiptNo: '康票0014' }, ['REMITTED_TOO_MUCH']],
    ['kept by the office with a receipt', { feeCollectedFen: 2000, feeRemittedFen: 500, receiptNo: '康票0015' }, []],
  ])('records money %s', (_what, given, deviations) => {
    expect(deviationsOf(accepted.when(failErrand, { reason: 'OFFICE_REFUSED', ...given })[0])).toEqual(deviations);
  });

  it('says nothing of money when there was none', () => {
    expect(accepted.when(failErrand, { reason: 'WITHDRAWN' })).toEqual([
      { type: 'ErrandFailed', data: { reason: 'WITHDRAWN' } },
    ]);
  });

  it('still brings the papers back', () => {
    expect(failed.when(returnResult, {})).toEqual([{ type: 'ErrandResultReturned', data: { feeReturnedFen: 0 } }]);
  });
});

describe('returning the result', () => {
  it('gives back what is left of the money', () => {
    const [event] = completed.when(returnResult, { visitId: visit, feeReturnedFen: 1000 }, { facts: visitFact });
    expect(event).toEqual({ type: 'ErrandResultReturned', data: { visitId: visit, feeReturnedFen: 1000 } });
    const returned = completed.after(returnResult, { feeReturnedFen: 1000 });
    expect(heldFen(stateOf(returned).money)).toBe(0);
    expect(returned.refuses(returnResult, {})).toEqual(['RESULT_ALREADY_RETURNED']);
  });

  it.each([0, 999, 1001])('%i fen given back of 1000 is recorded, with the deviation', feeReturnedFen => {
    expect(deviationsOf(completed.when(returnResult, { feeReturnedFen })[0])).toEqual(['MONEY_UNACCOUNTED']);
  });

  it('needs a result, and a visit that is recorded', async () => {
    expect(accepted.refuses(returnResult, {})).toEqual(['NO_RESULT']);
    const named = { visitId: idFor('visit', 'none'), feeReturnedFen: 1000 };
    expect(completed.refuses(returnResult, named, { facts: await factsOf(returnResult, named, known) })).toEqual([
      'VISIT_UNKNOWN',
    ]);
  });
});

it('folds any part of its history', () => {
  const late = Given.nothing(errand).events({ type: 'ErrandResultReturned', data: { feeReturnedFen: 5 } });
  expect(stateOf(late)).toMatchObject({ status: 'RETURNED', count: 0 });
  expect(errand.statusOf(errand.initial)).toBe('NONE');
});
