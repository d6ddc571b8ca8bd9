import type { Aggregate } from '../../kernel/decider.js';
import { type CaseNumberEvent, caseNumberEvents } from './events.js';

export interface CaseNumbering {
  readonly unitId?: string;
  /** The number given last; 0 before the first. */
  readonly last: number;
}

/** The numbers of one unit's cases in one year: the stream is the counter, and a gap in use is visible in it. */
export const caseNumbering: Aggregate<CaseNumbering, CaseNumberEvent> = {
  category: 'caseno',
  noun: 'CaseNumbering',
  label: { zh: '案号', en: 'case numbering' },
  events: caseNumberEvents,
  initial: { last: 0 },
  ruleSets: [{ id: 'SATCHEL-CASENO-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PML-27', rules: {} }],
  statusOf: state => (state.last > 0 ? 'IN_USE' : 'NONE'),
  orgUnitOf: state => state.unitId,
  evolve: { CaseNumberAllocated: (_state, { data }) => ({ unitId: data.unitId, last: data.number }) },
};
