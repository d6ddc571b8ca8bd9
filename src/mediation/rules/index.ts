import type { RuleSet } from '../../kernel/ruleSet.js';
import { agreementRules } from './agreement.js';
import { caseRules } from './case.js';
import { closingRules } from './closing.js';
import { consentRules } from './consent.js';
import { sessionRules } from './session.js';

const peoplesMediation = {
  ...caseRules,
  ...consentRules,
  ...sessionRules,
  ...agreementRules,
  ...closingRules,
} satisfies RuleSet['rules'];

export type DisputeRule = keyof typeof peoplesMediation;

/** The rules of people's mediation, since the law of 2010 came into force. */
export const disputeRuleSets: readonly [RuleSet<DisputeRule>] = [
  { id: 'CN-PML-2011', effectiveFrom: '2011-01-01', legalBasisCode: 'PML-2010', rules: peoplesMediation },
];
