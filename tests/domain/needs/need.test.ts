import { describe, expect, it } from 'vitest';
import {
  acceptNeed,
  closeNeed,
  declareUnresolvable,
  deliverResponse,
  planResponse,
  raiseNeed,
  reopenNeed,
} from '../../../src/needs/commands.js';
import { daysToClose, isLoopClosed, type Need, need } from '../../../src/needs/need.js';
import { deviationsOf, Given, idFor, officerActor } from '../spec.js';
import { factsOf, visitUnderWay } from '../standInLookup.js';

const resident = idFor('resident', 'liu');
const firstVisit = idFor('visit', 'first');
const secondVisit = idFor('visit', 'second');
const station = officerActor.orgUnitId;
const visitFact = visitUnderWay();

const input = {
  category: 'CERTIFICATE',
  summary: '身份证过期，行动不便，想在家办理',
  vulnerable: ['ELDER', 'DISABLED'],
  originVisitId: firstVisit,
  residentId: resident,
};
const known = {
  visit: async (id: string) => (id === firstVisit || id === secondVisit ? visitFact : undefined),
  resident: async (id: string) => (id === resident ? { orgUnitId: station } : undefined),
  officer: async (id: string) =>
    id === officerActor.actorId ? { role: 'OFFICER', orgUnitId: officerActor.orgUnitId } : undefined,
};
const facts = await factsOf(raiseNeed, input, known);

const nothing = Given.nothing(need).on('2022-08-30T02:00:00.000Z');
const raised = nothing.after(raiseNeed, input, { facts });
const accepted = raised.after(acceptNeed, {});
const plan = { measure: '上门照相、采集指纹，制证后送到家', plannedFor: '2022-09-05' };
const planned = accepted.after(planResponse, plan);
const response = { responseVisitId: secondVisit, outcome: 'SOLVED' };
const responded = planned.after(deliverResponse, response, { facts: visitFact, at: '2022-09-20T02:00:00.000Z' });
const closed = responded.after(closeNeed, {}, { at: '2022-09-21T02:00:00.000Z' });
const stateOf = (given: Given) => given.state as Need;

describe('carrying a need back', () => {
  it('records it with the place of the visit', () => {
    expect(nothing.when(raiseNeed, input, { facts })).toEqual([
      { type: 'NeedRaised', data: { ...input, divisionCode: '621224112' } },
    ]);
    expect(stateOf(raised)).toMatchObject({ status: 'RAISED', raisedOn: '2022-08-30', orgUnitId: station });
  });

  it('may be the wish of a village, of no resident', async () => {
    const { residentId: _nobody, ...wish } = input;
    const [event] = nothing.when(raiseNeed, wish, { facts: await factsOf(raiseNeed, wish, known) });
    expect(event?.data).not.toHaveProperty('residentId', expect.anything());
  });

  it('takes the township that is given over that of the visit', () => {
    const [event] = nothing.when(raiseNeed, { ...input, divisionCode: '621224110' }, { facts });
    expect(event?.data).toMatchObject({ divisionCode: '621224110' });
  });

  it('refuses a resident, a visit and a place that nobody knows', async () => {
    const strange = {
      ...input,
      residentId: idFor('resident', 'nobody'),
      originVisitId: idFor('visit', 'none'),
      divisionCode: '999999999',
    };
    const none = await factsOf(raiseNeed, strange, known);
    expect(nothing.refuses(raiseNeed, strange, { facts: none })).toEqual([
      'VISIT_UNKNOWN',
      'RESIDENT_UNKNOWN',
      'DIVISION_UNKNOWN',
    ]);
  });

  it('refuses a category that there is not', () => {
    expect(nothing.refuses(raiseNeed, { ...input, category: 'WEATHER' }, { facts })).toEqual(['INPUT_INVALID']);
  });
});

describe('accepting a need', () => {
  it('makes whoever accepts it answer for it', () => {
    expect(raised.when(acceptNeed, {})).toEqual([{ type: 'NeedAccepted', data: { officerId: officerActor.actorId } }]);
  });

  it('or the officer that is named, if there is one', async () => {
    const named = { officerId: idFor('officer', 'other') };
    const strange = await factsOf(acceptNeed, named, known);
    expect(raised.refuses(acceptNeed, named, { facts: strange })).toEqual(['OFFICER_UNKNOWN']);
    const [event] = raised.when(acceptNeed, named, { facts: { role: 'OFFICER', orgUnitId: station } });
    expect(event?.data).toEqual(named);
  });

  it('may come after the response, which stays', () => {
    const answered = raised.after(deliverResponse, response, { facts: visitFact });
    expect(answered.refuses(planResponse, plan)).toEqual(['NOT_ACCEPTED']);
    const taken = answered.after(acceptNeed, {});
    expect(stateOf(taken)).toMatchObject({ status: 'RESPONDED', officerId: officerActor.actorId });
    expect(taken.refuses(acceptNeed, {})).toEqual(['ALREADY_ACCEPTED']);
  });

  it('happens once', () => {
    expect(accepted.refuses(acceptNeed, {})).toEqual(['ALREADY_ACCEPTED']);
    expect(closed.refuses(acceptNeed, {})).toEqual(['NEED_CLOSED']);
  });
});

describe('planning a response', () => {
  it('says what and by when', () => {
    expect(accepted.when(planResponse, plan)).toEqual([
      { type: 'ResponsePlanned', data: { residentId: resident, ...plan } },
    ]);
  });

  it('comes after accepting', () => {
    expect(raised.refuses(planResponse, plan)).toEqual(['NOT_ACCEPTED']);
  });

  it('for a day that has passed is recorded, with the deviation', () => {
    const [event] = accepted.when(planResponse, { ...plan, plannedFor: '2022-08-29' });
    expect(deviationsOf(event)).toEqual(['PLANNED_IN_THE_PAST']);
    expect(accepted.refuses(planResponse, { ...plan, plannedFor: '9999-12-31' })).toEqual(['TOO_FAR_AHEAD']);
  });
});

describe('carrying out again', () => {
  it('records visit and outcome', () => {
    expect(planned.when(deliverResponse, response, { facts: visitFact })).toEqual([
      { type: 'ResponseDelivered', data: response },
    ]);
  });

  it.each([
    ['accepted', raised],
    ['planned', accepted],
  ])('without having been %s is recorded, with the deviation', (_what, given) => {
    const [event] = given.when(deliverResponse, response, { facts: visitFact });
    expect(deviationsOf(event)).toEqual(['RESPONSE_UNPLANNED']);
  });

  it('needs a visit that is recorded', () => {
    expect(planned.refuses(deliverResponse, response, { facts: undefined })).toEqual(['VISIT_UNKNOWN']);
  });

  it('is over once the need is closed', () => {
    expect(closed.refuses(deliverResponse, response, { facts: visitFact })).toEqual(['NEED_CLOSED']);
  });
});

describe('closing the loop', () => {
  it('records the outcome and how long it took', () => {
    expect(responded.when(closeNeed, {}, { at: '2022-09-21T02:00:00.000Z' })).toEqual([
      { type: 'NeedClosed', data: { outcome: 'SOLVED', daysOpen: 22 } },
    ]);
    expect(isLoopClosed(stateOf(responded))).toBe(false);
    expect(isLoopClosed(stateOf(closed))).toBe(true);
    expect(daysToClose(stateOf(closed))).toBe(22);
  });

  it('refuses while nothing has been carried out again', () => {
    expect(planned.refuses(closeNeed, {})).toEqual(['NOT_RESPONDED']);
  });

  it('refuses when a later plan waits for its response', () => {
    expect(responded.after(planResponse, plan).refuses(closeNeed, {})).toEqual(['NOT_RESPONDED']);
  });

  it('refuses when the last response solved nothing', () => {
    const unsolved = planned.after(deliverResponse, { ...response, outcome: 'NOT_SOLVED' }, { facts: visitFact });
    expect(unsolved.refuses(closeNeed, {})).toEqual(['NOT_SOLVED']);
    const solved = unsolved.after(deliverResponse, response, { facts: visitFact });
    expect(solved.when(closeNeed, {})).toHaveLength(1);
  });

  it('happens once', () => {
    expect(closed.refuses(closeNeed, {})).toEqual(['NEED_CLOSED']);
  });
});

describe('a need that cannot be met', () => {
  const unresolvable = accepted.after(declareUnresolvable, { reason: 'NOT_LAWFUL' });

  it('ends with the reason, and the loop stays open', () => {
    expect(stateOf(unresolvable)).toMatchObject({ status: 'UNRESOLVABLE', unresolvableReason: 'NOT_LAWFUL' });
    expect(isLoopClosed(stateOf(unresolvable))).toBe(false);
  });

  it('cannot end twice', () => {
    expect(closed.refuses(declareUnresolvable, { reason: 'WITHDRAWN' })).toEqual(['NEED_CLOSED']);
  });
});

describe('reopening', () => {
  const reopened = closed.after(reopenNeed, { reason: 'CAME_BACK' });

  it('takes it up again where it was accepted', () => {
    expect(stateOf(reopened)).toMatchObject({ status: 'ACCEPTED', timesReopened: 1 });
    expect(isLoopClosed(stateOf(reopened))).toBe(false);
    expect(daysToClose(stateOf(reopened))).toBeUndefined();
    expect(reopened.refuses(closeNeed, {})).toEqual(['NOT_RESPONDED']);
  });

  it('of a need that nobody answered for carries it back anew, to be accepted', () => {
    const unanswered = raised
      .after(declareUnresolvable, { reason: 'OUT_OF_REACH' })
      .after(reopenNeed, { reason: 'RECORDED_WRONGLY' });
    expect(stateOf(unanswered)).toMatchObject({ status: 'RAISED', timesReopened: 1 });
    expect(unanswered.refuses(planResponse, plan)).toEqual(['NOT_ACCEPTED']);
    expect(stateOf(unanswered.after(acceptNeed, {}))).toMatchObject({
      status: 'ACCEPTED',
      officerId: officerActor.actorId,
    });
  });

  it('refuses what is still open', () => {
    expect(responded.refuses(reopenNeed, { reason: 'CAME_BACK' })).toEqual(['NOT_CLOSED']);
  });
});

it('folds any part of its history', () => {
  const late = Given.nothing(need).events(
    { type: 'ResponseDelivered', data: response },
    { type: 'NeedClosed', data: {} },
  );
  expect(stateOf(late).status).toBe('CLOSED');
  expect(daysToClose(stateOf(late))).toBeUndefined();
  expect(need.statusOf(need.initial)).toBe('NONE');
});
