import type { Aggregate } from '../../kernel/decider.js';
import type { RuleSet } from '../../kernel/ruleSet.js';
import { type AccessEvent, accessEvents } from './events.js';

const ruleSet: RuleSet<never> = {
  id: 'SATCHEL-ACCESS-2021',
  effectiveFrom: '2021-01-01',
  legalBasisCode: 'PIPL-51',
  rules: {},
};

/** Who saw what, on one day, through one process: a list without a state of its own. */
export const accessRecord: Aggregate<object, AccessEvent, never> = {
  category: 'access',
  noun: 'AccessRecord',
  label: { zh: '查阅留痕', en: 'access record' },
  events: accessEvents,
  initial: {},
  ruleSets: [ruleSet],
  statusOf: () => 'OPEN',
  orgUnitOf: () => undefined,
  evolve: {
    ResidentSearched: state => state,
    ResidentTimelineViewed: state => state,
    WordsRead: state => state,
  },
};
