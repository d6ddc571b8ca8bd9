import { UNIT_UNKNOWN } from '../../commands/registerRules.js';
import type { RuleSet } from '../../kernel/ruleSet.js';

const rules = {
  UNIT_UNKNOWN,
  MEDIATOR_UNKNOWN: {
    mode: 'REFUSE',
    citation: 'Register of mediators',
    message: { zh: '调解员不存在', en: 'The mediator is not registered' },
  },
  MEDIATOR_SUSPENDED: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 15',
    message: { zh: '调解员已暂停，不能入队', en: 'The mediator is suspended and cannot join' },
  },
  MEDIATOR_LEFT: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 13: an officer mediates as one who serves',
    message: {
      zh: '该调解员以民警身份受聘，已离任，不能入队',
      en: 'The mediator was appointed as a serving officer and has left the service: name one who is in office',
    },
  },
  ALREADY_MEMBER: {
    mode: 'REFUSE',
    citation: 'One membership at a time',
    message: { zh: '该调解员当日已是队员', en: 'The mediator is a member on that day already' },
  },
  NO_MEMBERS: {
    mode: 'REFUSE',
    citation: 'One membership at a time',
    message: { zh: '该队尚无队员', en: 'The team has no member' },
  },
  NOT_A_MEMBER: {
    mode: 'REFUSE',
    citation: 'One membership at a time',
    message: { zh: '该调解员当日不是队员', en: 'The mediator is not a member on that day' },
  },
} as const satisfies RuleSet['rules'];

export type TeamRule = keyof typeof rules;

export const teamRuleSets: readonly [RuleSet<TeamRule>] = [
  { id: 'SATCHEL-ORG-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PML-13', rules },
];
