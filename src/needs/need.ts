import { type CodeOf, codeList } from '../kernel/codes.js';
import type { Aggregate } from '../kernel/decider.js';
import { daysBetween, legalDayOf } from '../kernel/legalDay.js';
import type { Personal } from '../kernel/personal.js';
import { type NeedEvent, needEvents, type ResponseOutcome } from './events.js';
import { type NeedRule, needRuleSets } from './rules.js';

export const NeedStatus = codeList('NeedStatus', 'How far a need has come in the loop.', {
  RAISED: { zh: '已带回', en: 'Carried back' },
  ACCEPTED: { zh: '已受理', en: 'Accepted' },
  PLANNED: { zh: '已定对策', en: 'Response planned' },
  RESPONDED: { zh: '已再背出去', en: 'Carried out again' },
  CLOSED: { zh: '已办结', en: 'Closed' },
  UNRESOLVABLE: { zh: '无法办理', en: 'Cannot be met' },
});
export type NeedStatus = CodeOf<typeof NeedStatus>;

export interface Response {
  readonly responseVisitId: string;
  readonly outcome: ResponseOutcome;
  /** Legal day. */
  readonly deliveredOn: string;
}

export interface Need {
  readonly status?: NeedStatus;
  readonly orgUnitId?: string;
  readonly category?: string;
  readonly summary?: Personal<string>;
  readonly vulnerable?: Personal<readonly string[]>;
  readonly originVisitId?: string;
  readonly residentId?: string;
  readonly divisionCode?: string;
  /** Legal day, as all days here. */
  readonly raisedOn?: string;
  readonly officerId?: string;
  readonly measure?: Personal<string>;
  readonly plannedFor?: string;
  readonly responses: readonly Response[];
  readonly closedOn?: string;
  readonly unresolvableReason?: string;
  readonly timesReopened: number;
}

/** Whether nobody answers for it: it may be answered, closed and reopened without ever having been accepted. */
export const isUnanswered = ({ officerId }: Need): boolean => officerId === undefined;

export const isClosed = ({ status }: Need): boolean => status === 'CLOSED' || status === 'UNRESOLVABLE';

/** Carried out again and closed: what the loop closure counts. */
export const isLoopClosed = ({ status, responses }: Need): boolean => status === 'CLOSED' && responses.length > 0;

/** Days from the day on which it was raised to the day on which it was closed. */
export const daysToClose = ({ raisedOn, closedOn }: Need): number | undefined =>
  raisedOn && closedOn ? daysBetween(raisedOn, closedOn) : undefined;

export const need: Aggregate<Need, NeedEvent, NeedRule> = {
  category: 'need',
  noun: 'Need',
  label: { zh: '诉求', en: 'need' },
  events: needEvents,
  initial: { responses: [], timesReopened: 0 },
  ruleSets: needRuleSets,
  statusOf: state => state.status ?? 'NONE',
  orgUnitOf: state => state.orgUnitId,
  placeOf: state => state.divisionCode,
  evolve: {
    NeedRaised: (state, { orgUnitId, occurredAt, data }) => ({
      ...state,
      status: 'RAISED',
      orgUnitId,
      category: data.category,
      summary: data.summary,
      vulnerable: data.vulnerable,
      originVisitId: data.originVisitId,
      raisedOn: legalDayOf(occurredAt),
      ...(data.residentId ? { residentId: data.residentId } : {}),
      ...(data.divisionCode ? { divisionCode: data.divisionCode } : {}),
    }),
    // What was carried out again before anyone answered for it stays carried out.
    NeedAccepted: (state, { data }) => ({
      ...state,
      status: state.status === undefined || state.status === 'RAISED' ? 'ACCEPTED' : state.status,
      officerId: data.officerId,
    }),
    ResponsePlanned: (state, { data }) => ({
      ...state,
      status: 'PLANNED',
      measure: data.measure,
      plannedFor: data.plannedFor,
    }),
    ResponseDelivered: (state, { occurredAt, data }) => ({
      ...state,
      status: 'RESPONDED',
      responses: [
        ...state.responses,
        {
          responseVisitId: data.responseVisitId,
          outcome: data.outcome,
          deliveredOn: legalDayOf(occurredAt),
        },
      ],
    }),
    NeedClosed: (state, { occurredAt }) => ({ ...state, status: 'CLOSED', closedOn: legalDayOf(occurredAt) }),
    NeedUnresolvable: (state, { occurredAt, data }) => ({
      ...state,
      status: 'UNRESOLVABLE',
      closedOn: legalDayOf(occurredAt),
      unresolvableReason: data.reason,
    }),
    NeedReopened: state => {
      const { closedOn: _closed, unresolvableReason: _reason, ...open } = state;
      const status = isUnanswered(state) ? 'RAISED' : 'ACCEPTED';
      return { ...open, status, timesReopened: state.timesReopened + 1 };
    },
  },
};
