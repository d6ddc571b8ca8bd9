import { OFFICER_ROLES, STATION_ROLES } from '../access/roles.js';
import { commandsOf } from '../commands/command.js';
import { residentBreaches } from '../commands/registerRules.js';
import { mayTakeOn, takingOnBreaches } from '../commands/takingOn.js';
import { visitBreaches } from '../commands/visitRules.js';
import { decision } from '../kernel/decider.js';
import { findDivision } from '../kernel/divisions.js';
import { fen, field, idOf, prose } from '../kernel/fields.js';
import { unless } from '../kernel/ruleSet.js';
import { type Errand, errand, heldFen } from './errand.js';
import { errandEvents } from './events.js';

const command = commandsOf(errand);
const requested = errandEvents.ErrandRequested.data.shape;
const completed = errandEvents.ErrandCompleted.data.shape;
const returned = errandEvents.ErrandResultReturned.data.shape;

const hasEnded = ({ status }: Errand) => status === 'COMPLETED' || status === 'FAILED' || status === 'RETURNED';
const underWay = (state: Errand) => unless(!hasEnded(state), 'ERRAND_ENDED');
/** A guard: what comes of it, and the money of the resident, may still be with an officer. */
const notReturned = ({ status }: Errand) => unless(status !== 'RETURNED', 'ERRAND_ENDED');

interface Money {
  readonly feeCollectedFen: number;
  readonly feeRemittedFen: number;
  readonly receiptNo?: string | undefined;
}

const moneyBreaches = ({ feeCollectedFen, feeRemittedFen, receiptNo }: Money) => [
  ...unless(feeRemittedFen === 0 || receiptNo !== undefined, 'RECEIPT_MISSING', 'receiptNo'),
  ...unless(feeRemittedFen <= feeCollectedFen, 'REMITTED_TOO_MUCH', 'feeRemittedFen'),
];

export const requestErrand = command({
  name: 'requestErrand',
  label: { zh: '委托捎办', en: 'Request an errand' },
  description: 'Takes along business to be handled on behalf of a resident.',
  creates: true,
  roles: STATION_ROLES,
  input: {
    kind: requested.kind,
    residentId: requested.residentId,
    details: field(prose(2000), '委托事项', 'What exactly, and which papers').optional(),
    originVisitId: requested.originVisitId,
    needId: requested.needId,
    divisionCode: field(
      requested.divisionCode.unwrap(),
      '区划代码',
      'Township in which it was asked for; that of the visit, if left out',
    ).optional(),
  },
  facts: async (input, _state, lookup) => ({
    resident: await lookup.resident(input.residentId),
    visit: input.originVisitId ? await lookup.visit(input.originVisitId) : undefined,
    need: input.needId ? await lookup.need(input.needId) : undefined,
  }),
  decide: (_state, input, { facts, actor }) =>
    decision(
      [
        ...residentBreaches(facts.resident, 'residentId'),
        ...visitBreaches({ field: 'originVisitId', id: input.originVisitId, visit: facts.visit, ...actor }),
        ...unless(!input.needId || facts.need !== undefined, 'NEED_UNKNOWN', 'needId'),
        ...unless(
          !input.divisionCode || findDivision(input.divisionCode) !== undefined,
          'DIVISION_UNKNOWN',
          'divisionCode',
        ),
      ],
      () => [
        {
          type: 'ErrandRequested',
          data: {
            kind: input.kind,
            residentId: input.residentId,
            details: input.details,
            originVisitId: input.originVisitId,
            needId: input.needId,
            divisionCode: input.divisionCode ?? facts.visit?.divisionCode,
          },
        },
      ],
    ),
});

export const acceptErrand = command({
  name: 'acceptErrand',
  label: { zh: '接受捎办', en: 'Accept an errand' },
  description:
    'Says which officer takes an errand along; named by id, another one takes it over, until its result is back with the resident.',
  roles: OFFICER_ROLES,
  input: {
    officerId: field(
      idOf('officer'),
      '承办民警',
      'Officer who takes it along; whoever accepts it, if left out',
    ).optional(),
  },
  conflictsWith: ['ErrandAccepted', 'ErrandCompleted', 'ErrandFailed'],
  guard: notReturned,
  facts: async (input, _state, lookup) => (input.officerId ? await lookup.officer(input.officerId) : undefined),
  decide: (state, input, { facts, actor }) =>
    decision(
      [
        ...unless(mayTakeOn(state.officerId, input.officerId), 'ALREADY_ACCEPTED', 'officerId'),
        ...takingOnBreaches({ officerId: input.officerId, officer: facts, orgUnitId: state.orgUnitId }),
      ],
      () => [{ type: 'ErrandAccepted', data: { officerId: input.officerId ?? actor.actorId } }],
    ),
});

export const completeErrand = command({
  name: 'completeErrand',
  label: { zh: '完成捎办', en: 'Complete an errand' },
  description: 'Records that the business is done: how many transactions, and the money of the resident apart.',
  roles: OFFICER_ROLES,
  input: {
    count: completed.count,
    feeCollectedFen: field(fen(), '代收费用', 'Money taken from the resident for fees, in fen').default(0),
    feeRemittedFen: field(
      fen(),
      '代缴费用',
      'Money of it paid on to the office, in fen; all of it, if left out',
    ).optional(),
    receiptNo: completed.receiptNo,
  },
  guard: underWay,
  decide: (state, input) => {
    const feeRemittedFen = input.feeRemittedFen ?? input.feeCollectedFen;
    return decision(
      [...unless(state.status === 'ACCEPTED', 'NOT_ACCEPTED'), ...moneyBreaches({ ...input, feeRemittedFen })],
      () => [
        {
          type: 'ErrandCompleted',
          data: {
            kind: state.kind!,
            count: input.count,
            feeCollectedFen: input.feeCollectedFen,
            feeRemittedFen,
            receiptNo: input.receiptNo,
          },
        },
      ],
    );
  },
});

export const failErrand = command({
  name: 'failErrand',
  label: { zh: '捎办未成', en: 'Fail an errand' },
  description: 'Records that the business could not be done, and why; the money of the resident apart.',
  roles: OFFICER_ROLES,
  input: {
    reason: errandEvents.ErrandFailed.data.shape.reason,
    feeCollectedFen: field(fen(), '代收费用', 'Money taken from the resident for fees, in fen').default(0),
    feeRemittedFen: field(
      fen(),
      '代缴费用',
      'Money of it paid on to the office, and not given back by it, in fen',
    ).default(0),
    receiptNo: completed.receiptNo,
  },
  guard: underWay,
  decide: (_state, { reason, feeCollectedFen, feeRemittedFen, receiptNo }) =>
    decision(moneyBreaches({ feeCollectedFen, feeRemittedFen, receiptNo }), () => [
      {
        type: 'ErrandFailed',
        data: {
          reason,
          ...(feeCollectedFen > 0 && { feeCollectedFen }),
          ...(feeRemittedFen > 0 && { feeRemittedFen }),
          receiptNo,
        },
      },
    ]),
});

export const returnResult = command({
  name: 'returnResult',
  label: { zh: '送回结果', en: 'Return the result of an errand' },
  description: 'Records that papers and what is left of the money are back with the resident.',
  roles: OFFICER_ROLES,
  input: {
    visitId: returned.visitId,
    feeReturnedFen: field(fen(), '退还费用', 'Money given back to the resident, in fen').default(0),
  },
  guard: state => [
    ...unless(hasEnded(state), 'NO_RESULT'),
    ...unless(state.status !== 'RETURNED', 'RESULT_ALREADY_RETURNED'),
  ],
  facts: async (input, _state, lookup) => (input.visitId ? await lookup.visit(input.visitId) : undefined),
  decide: (state, input, { facts, actor: { actorId } }) =>
    decision(
      [
        ...visitBreaches({
          field: 'visitId',
          id: input.visitId,
          visit: facts,
          orgUnitId: state.orgUnitId,
          actorId,
        }),
        ...unless(heldFen(state.money) === input.feeReturnedFen, 'MONEY_UNACCOUNTED', 'feeReturnedFen'),
      ],
      () => [
        {
          type: 'ErrandResultReturned',
          data: { visitId: input.visitId, feeReturnedFen: input.feeReturnedFen },
        },
      ],
    ),
});

export const errandCommands = [requestErrand, acceptErrand, completeErrand, failErrand, returnResult];
