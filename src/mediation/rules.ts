import type { RuleSet } from '../kernel/ruleSet.js';

const rules = {
  PARTIES_REQUIRED: {
    mode: 'REFUSE',
    citation: "Rules on people's mediation work (2002) art. 24",
    message: { zh: '每一方须有当事人，或注明该方未知', en: 'Each side has a party, or is said to be unknown' },
  },
} as const satisfies RuleSet['rules'];

export type DisputeRule = keyof typeof rules;

export const disputeRuleSets: readonly [RuleSet<DisputeRule>] = [
  { id: 'CN-PML-2011', effectiveFrom: '2011-01-01', legalBasisCode: 'PML-2010', rules },
];
