import { z } from 'zod';
import { OFFICER_ROLES, STATION_ROLES } from '../access/roles.js';
import { commandsOf } from '../commands/command.js';
import { residentBreaches } from '../commands/registerRules.js';
import { mayTakeOn, takingOnBreaches } from '../commands/takingOn.js';
import { visitBreaches } from '../commands/visitRules.js';
import { decision } from '../kernel/decider.js';
import { findDivision } from '../kernel/divisions.js';
import { field, idOf, prose } from '../kernel/fields.js';
import { daysBetween } from '../kernel/legalDay.js';
import { notInThePast, withinAYear } from '../kernel/plannedDays.js';
import { unless } from '../kernel/ruleSet.js';
import { needEvents, Vulnerability } from './events.js';
import { isClosed, isUnanswered, type Need, need } from './need.js';

const command = commandsOf(need);
const raised = needEvents.NeedRaised.data.shape;
const planned = needEvents.ResponsePlanned.data.shape;
const delivered = needEvents.ResponseDelivered.data.shape;

/** Not closed, so that it can still be worked on. */
const open = (state: Need) => unless(!isClosed(state), 'NEED_CLOSED');

export const raiseNeed = command({
  name: 'raiseNeed',
  label: { zh: '带回诉求', en: 'Raise a need' },
  description: 'Carries back from a visit what residents need or wish.',
  creates: true,
  roles: STATION_ROLES,
  input: {
    category: raised.category,
    summary: field(prose(2000), '诉求内容', 'What is asked for'),
    vulnerable: field(
      z.array(Vulnerability.schema).max(4),
      '特殊群体',
      'Why the resident needs special care; nothing, if left out',
    ).default([]),
    originVisitId: raised.originVisitId,
    residentId: raised.residentId,
    divisionCode: field(
      z.string(),
      '区划代码',
      'Township in which it was raised; that of the visit, if left out',
    ).optional(),
  },
  facts: async (input, _state, lookup) => ({
    visit: await lookup.visit(input.originVisitId),
    resident: input.residentId ? await lookup.resident(input.residentId) : undefined,
  }),
  decide: (_state, input, { facts, actor }) => {
    const divisionCode = input.divisionCode ?? facts.visit?.divisionCode;
    return decision(
      [
        ...visitBreaches({
          field: 'originVisitId',
          id: input.originVisitId,
          visit: facts.visit,
          ofResident: input.residentId !== undefined,
          ...actor,
        }),
        ...(input.residentId ? residentBreaches(facts.resident, 'residentId') : []),
        ...unless(
          !input.divisionCode || findDivision(input.divisionCode) !== undefined,
          'DIVISION_UNKNOWN',
          'divisionCode',
        ),
      ],
      () => [
        {
          type: 'NeedRaised',
          data: {
            category: input.category,
            summary: input.summary,
            vulnerable: input.vulnerable,
            originVisitId: input.originVisitId,
            residentId: input.residentId,
            divisionCode,
          },
        },
      ],
    );
  },
});

export const acceptNeed = command({
  name: 'acceptNeed',
  label: { zh: '受理诉求', en: 'Accept a need' },
  description: 'Says which officer answers for a need; named by id, another one takes it over.',
  roles: OFFICER_ROLES,
  input: {
    officerId: field(
      idOf('officer'),
      '负责民警',
      'Officer who answers for it; whoever accepts it, if left out',
    ).optional(),
  },
  conflictsWith: ['NeedAccepted', 'NeedClosed', 'NeedUnresolvable'],
  guard: open,
  facts: async (input, _state, lookup) => (input.officerId ? await lookup.officer(input.officerId) : undefined),
  decide: (state, input, { facts, actor }) =>
    decision(
      [
        ...unless(mayTakeOn(state.officerId, input.officerId), 'ALREADY_ACCEPTED', 'officerId'),
        ...takingOnBreaches({ officerId: input.officerId, officer: facts, orgUnitId: state.orgUnitId }),
      ],
      () => [{ type: 'NeedAccepted', data: { officerId: input.officerId ?? actor.actorId } }],
    ),
});

export const planResponse = command({
  name: 'planResponse',
  label: { zh: '制定对策', en: 'Plan a response' },
  description: 'Says what is to be carried out again, and by when; a later plan takes the place of an earlier one.',
  roles: OFFICER_ROLES,
  input: {
    measure: field(prose(2000), '对策', 'What is to be done'),
    plannedFor: planned.plannedFor,
  },
  conflictsWith: ['ResponsePlanned', 'NeedClosed', 'NeedUnresolvable'],
  guard: state => [...open(state), ...unless(isClosed(state) || !isUnanswered(state), 'NOT_ACCEPTED')],
  decide: (state, input, { today }) =>
    decision(
      [...withinAYear(input.plannedFor, today, 'plannedFor'), ...notInThePast(input.plannedFor, today, 'plannedFor')],
      () => [
        {
          type: 'ResponsePlanned',
          data: { residentId: state.residentId, measure: input.measure, plannedFor: input.plannedFor },
        },
      ],
    ),
});

export const deliverResponse = command({
  name: 'deliverResponse',
  label: { zh: '再背出去', en: 'Deliver a response' },
  description: 'Records that the response was carried out to the resident, and what it came to.',
  roles: OFFICER_ROLES,
  input: { responseVisitId: delivered.responseVisitId, outcome: delivered.outcome },
  guard: open,
  facts: (input, _state, lookup) => lookup.visit(input.responseVisitId),
  decide: (state, input, { facts, actor: { actorId } }) =>
    decision(
      [
        ...visitBreaches({
          field: 'responseVisitId',
          id: input.responseVisitId,
          visit: facts,
          ofResident: state.residentId !== undefined,
          orgUnitId: state.orgUnitId,
          actorId,
        }),
        ...unless(state.status === 'PLANNED', 'RESPONSE_UNPLANNED'),
      ],
      () => [{ type: 'ResponseDelivered', data: { responseVisitId: input.responseVisitId, outcome: input.outcome } }],
    ),
});

export const closeNeed = command({
  name: 'closeNeed',
  label: { zh: '办结诉求', en: 'Close a need' },
  description: 'Closes the loop, once a response has been carried out again.',
  roles: OFFICER_ROLES,
  input: {},
  conflictsWith: ['ResponsePlanned', 'ResponseDelivered', 'NeedReopened'],
  guard: state => [
    ...open(state),
    ...unless(isClosed(state) || state.status === 'RESPONDED', 'NOT_RESPONDED'),
    ...unless(state.status !== 'RESPONDED' || state.responses.at(-1)?.outcome !== 'NOT_SOLVED', 'NOT_SOLVED'),
  ],
  decide: (state, _input, { today }) =>
    decision([], () => [
      {
        type: 'NeedClosed',
        data: {
          outcome: state.responses.at(-1)!.outcome,
          daysOpen: daysBetween(state.raisedOn!, today),
        },
      },
    ]),
});

export const declareUnresolvable = command({
  name: 'declareUnresolvable',
  label: { zh: '说明无法办理', en: 'Declare a need unresolvable' },
  description: 'Says that a need cannot be met, and why.',
  roles: OFFICER_ROLES,
  input: { reason: needEvents.NeedUnresolvable.data.shape.reason },
  conflictsWith: ['ResponseDelivered', 'NeedClosed', 'NeedReopened'],
  guard: open,
  decide: (_state, input) => decision([], () => [{ type: 'NeedUnresolvable', data: { reason: input.reason } }]),
});

export const reopenNeed = command({
  name: 'reopenNeed',
  label: { zh: '重新办理', en: 'Reopen a need' },
  description: 'Takes a closed need up again.',
  roles: OFFICER_ROLES,
  input: { reason: needEvents.NeedReopened.data.shape.reason },
  guard: state => unless(isClosed(state), 'NOT_CLOSED'),
  decide: (_state, input) => decision([], () => [{ type: 'NeedReopened', data: { reason: input.reason } }]),
});

export const needCommands = [
  raiseNeed,
  acceptNeed,
  planResponse,
  deliverResponse,
  closeNeed,
  declareUnresolvable,
  reopenNeed,
];
