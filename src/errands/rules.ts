import { DIVISION_UNKNOWN, NEED_UNKNOWN, PROCESSING_RESTRICTED, RESIDENT_UNKNOWN } from '../commands/registerRules.js';
import { takingOnRules } from '../commands/takingOn.js';
import { visitRules } from '../commands/visitRules.js';
import type { RuleSet } from '../kernel/ruleSet.js';

const ERRANDS = 'Errands done on behalf of residents (捎带办理业务)';
const MONEY = 'Money of residents is kept apart and accounted for in fen';

const rules = {
  RESIDENT_UNKNOWN,
  PROCESSING_RESTRICTED,
  ...visitRules,
  NEED_UNKNOWN,
  ...takingOnRules,
  DIVISION_UNKNOWN,
  ALREADY_ACCEPTED: {
    mode: 'REFUSE',
    citation: ERRANDS,
    message: {
      zh: '该业务已有人承办；如需移交，请填写另一民警',
      en: 'Someone has taken this errand already: name another officer to hand it over',
    },
  },
  ERRAND_ENDED: {
    mode: 'REFUSE',
    citation: ERRANDS,
    message: { zh: '该业务已办结', en: 'The errand has been completed or has failed' },
  },
  NO_RESULT: {
    mode: 'REFUSE',
    citation: ERRANDS,
    message: { zh: '尚无结果可送回', en: 'There is no result to bring back yet' },
  },
  RESULT_ALREADY_RETURNED: {
    mode: 'REFUSE',
    citation: ERRANDS,
    message: { zh: '结果已送回', en: 'The result was brought back already' },
  },
  NOT_ACCEPTED: {
    mode: 'DEVIATE',
    citation: ERRANDS,
    message: { zh: '未登记承办即已办理', en: 'Handled without having been accepted' },
  },
  RECEIPT_MISSING: {
    mode: 'DEVIATE',
    citation: MONEY,
    message: { zh: '代缴费用无票据', en: 'Money was paid on without a receipt' },
  },
  REMITTED_TOO_MUCH: {
    mode: 'DEVIATE',
    citation: MONEY,
    message: { zh: '代缴多于代收', en: 'More was paid on than was collected' },
  },
  MONEY_UNACCOUNTED: {
    mode: 'DEVIATE',
    citation: MONEY,
    message: { zh: '代收费用与代缴、退还不符', en: 'What was collected is not what was paid on and given back' },
  },
} as const satisfies RuleSet['rules'];

export type ErrandRule = keyof typeof rules;

export const errandRuleSets: readonly [RuleSet<ErrandRule>] = [
  { id: 'SATCHEL-ERRAND-2021', effectiveFrom: '2021-04-01', legalBasisCode: 'PIPL-13-3', rules },
];
