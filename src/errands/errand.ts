import { type CodeOf, codeList } from '../kernel/codes.js';
import type { Aggregate } from '../kernel/decider.js';
import type { Personal } from '../kernel/personal.js';
import { type ErrandEvent, type ErrandKind, errandEvents } from './events.js';
import { type ErrandRule, errandRuleSets } from './rules.js';

export const ErrandStatus = codeList('ErrandStatus', 'How far an errand has come.', {
  REQUESTED: { zh: '已委托', en: 'Requested' },
  ACCEPTED: { zh: '已接受', en: 'Accepted' },
  COMPLETED: { zh: '已办成', en: 'Completed' },
  FAILED: { zh: '未办成', en: 'Failed' },
  RETURNED: { zh: '结果已送回', en: 'Result returned' },
});
export type ErrandStatus = CodeOf<typeof ErrandStatus>;

/** Money of the resident, in fen: apart from what is counted. */
export interface ErrandMoney {
  readonly collectedFen: number;
  readonly remittedFen: number;
  readonly returnedFen: number;
}

export interface Errand {
  readonly status?: ErrandStatus;
  readonly orgUnitId?: string;
  readonly divisionCode?: string;
  readonly kind?: CodeOf<typeof ErrandKind>;
  readonly residentId?: string;
  readonly details?: Personal<string>;
  readonly originVisitId?: string;
  readonly needId?: string;
  readonly officerId?: string;
  /** Transactions done (笔); 0 until it is completed. */
  readonly count: number;
  readonly money: ErrandMoney;
  readonly receiptNo?: string;
  readonly failure?: string;
}

/** What an officer still holds of a resident's money, in fen; negative if more was given out than taken. */
export const heldFen = ({ collectedFen, remittedFen, returnedFen }: ErrandMoney): number =>
  collectedFen - remittedFen - returnedFen;

export const errand: Aggregate<Errand, ErrandEvent, ErrandRule> = {
  category: 'errand',
  noun: 'Errand',
  label: { zh: '捎办', en: 'errand' },
  events: errandEvents,
  initial: { count: 0, money: { collectedFen: 0, remittedFen: 0, returnedFen: 0 } },
  ruleSets: errandRuleSets,
  statusOf: state => state.status ?? 'NONE',
  orgUnitOf: state => state.orgUnitId,
  placeOf: state => state.divisionCode,
  evolve: {
    ErrandRequested: (state, { orgUnitId, data }) => ({
      ...state,
      status: 'REQUESTED',
      orgUnitId,
      kind: data.kind,
      residentId: data.residentId,
      ...(data.details ? { details: data.details } : {}),
      ...(data.originVisitId ? { originVisitId: data.originVisitId } : {}),
      ...(data.needId ? { needId: data.needId } : {}),
      ...(data.divisionCode ? { divisionCode: data.divisionCode } : {}),
    }),
    ErrandAccepted: (state, { data }) => ({
      ...state,
      // Taken over by another, what is done stays done.
      status: state.status === undefined || state.status === 'REQUESTED' ? 'ACCEPTED' : state.status,
      officerId: data.officerId,
    }),
    ErrandCompleted: (state, { data }) => ({
      ...state,
      status: 'COMPLETED',
      count: data.count,
      money: { ...state.money, collectedFen: data.feeCollectedFen, remittedFen: data.feeRemittedFen },
      ...(data.receiptNo ? { receiptNo: data.receiptNo } : {}),
    }),
    ErrandFailed: (state, { data }) => ({
      ...state,
      status: 'FAILED',
      failure: data.reason,
      money: {
        ...state.money,
        collectedFen: data.feeCollectedFen ?? 0,
        remittedFen: data.feeRemittedFen ?? 0,
      },
      ...(data.receiptNo ? { receiptNo: data.receiptNo } : {}),
    }),
    ErrandResultReturned: (state, { data }) => ({
      ...state,
      status: 'RETURNED',
      money: { ...state.money, returnedFen: data.feeReturnedFen },
    }),
  },
};
