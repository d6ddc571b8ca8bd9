import { DIVISION_UNKNOWN, PROCESSING_RESTRICTED, RESIDENT_UNKNOWN } from '../commands/registerRules.js';
import { takingOnRules } from '../commands/takingOn.js';
import { visitRules } from '../commands/visitRules.js';
import { PLANNED_IN_THE_PAST, TOO_FAR_AHEAD } from '../kernel/plannedDays.js';
import type { RuleSet } from '../kernel/ruleSet.js';

const LOOP = 'Carry out, carry back, carry out again (背出去、背回来、再背出去)';

const rules = {
  RESIDENT_UNKNOWN,
  PROCESSING_RESTRICTED,
  ...visitRules,
  ...takingOnRules,
  DIVISION_UNKNOWN,
  ALREADY_ACCEPTED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: {
      zh: '该诉求已有人受理；如需移交，请填写另一民警',
      en: 'Someone answers for the need already: name another officer to hand it over',
    },
  },
  NOT_ACCEPTED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: { zh: '诉求尚未受理', en: 'Nobody answers for the need yet: accept it first' },
  },
  NEED_CLOSED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: { zh: '诉求已办结，请先重新办理', en: 'The need is closed: reopen it first' },
  },
  NOT_CLOSED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: { zh: '诉求尚未办结', en: 'The need is still open' },
  },
  NOT_RESPONDED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: { zh: '尚未再背出去，不能办结', en: 'Nothing has been carried out again yet: the loop is open' },
  },
  NOT_SOLVED: {
    mode: 'REFUSE',
    citation: LOOP,
    message: {
      zh: '问题未解决，请继续办理或说明无法办理',
      en: 'The last response solved nothing: respond again, or say that the need cannot be met',
    },
  },
  RESPONSE_UNPLANNED: {
    mode: 'DEVIATE',
    citation: LOOP,
    message: { zh: '未受理或未制定对策即回应', en: 'Carried out without having been accepted and planned' },
  },
  TOO_FAR_AHEAD,
  PLANNED_IN_THE_PAST,
} as const satisfies RuleSet['rules'];

export type NeedRule = keyof typeof rules;

export const needRuleSets: readonly [RuleSet<NeedRule>] = [
  { id: 'SATCHEL-NEED-2021', effectiveFrom: '2021-04-01', legalBasisCode: 'PIPL-13-3', rules },
];
