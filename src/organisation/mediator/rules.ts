import { IDENTITY_TAKEN, OFFICER_LEFT, OFFICER_UNKNOWN, UNIT_UNKNOWN } from '../../commands/registerRules.js';
import type { RuleSet } from '../../kernel/ruleSet.js';

const rules = {
  UNIT_UNKNOWN,
  UNIT_UNFIT: {
    mode: 'REFUSE',
    citation: 'Mediators work with the police station or the justice office',
    message: { zh: '调解员只能隶属派出所或司法所', en: 'A mediator works with a station or a justice office' },
  },
  NOT_ADULT: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 14',
    message: { zh: '人民调解员须为成年公民', en: 'A people’s mediator is an adult' },
  },
  NAME_REQUIRED: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law arts. 13–14',
    message: { zh: '请填写姓名，或指明民警', en: 'Give the name, or the officer that the mediator is' },
  },
  NAMED_BY_OFFICER: {
    mode: 'REFUSE',
    citation: 'One person, one name and one identity',
    message: {
      zh: '民警担任调解员时，姓名和登录身份以民警登记为准',
      en: 'An officer has a name and an identity already; leave them out',
    },
  },
  OFFICER_REQUIRED: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 13: an officer mediates only when appointed',
    message: { zh: '该类别须指明民警', en: 'This category names the officer' },
  },
  OFFICER_UNKNOWN,
  OFFICER_LEFT,
  OFFICER_ALREADY_MEDIATOR: {
    mode: 'REFUSE',
    citation: 'One person, one appointment',
    message: { zh: '该民警已是调解员', en: 'The officer is a mediator already' },
  },
  IDENTITY_TAKEN,
  BADGE_HELD: {
    mode: 'REFUSE',
    citation: 'One badge a mediator',
    message: { zh: '已有和事佬称号', en: 'The mediator holds the badge already' },
  },
  ALREADY_SUSPENDED: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 15',
    message: { zh: '调解员已暂停', en: 'The mediator is suspended already' },
  },
  NOT_SUSPENDED: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law art. 15',
    message: { zh: '调解员未被暂停', en: 'The mediator is not suspended' },
  },
} as const satisfies RuleSet['rules'];

export type MediatorRule = keyof typeof rules;

export const mediatorRuleSets: readonly [RuleSet<MediatorRule>] = [
  { id: 'CN-PML-2011', effectiveFrom: '2011-01-01', legalBasisCode: 'PML-13', rules },
];
