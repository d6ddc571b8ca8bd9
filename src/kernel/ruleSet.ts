import type { Label } from './label.js';

/**
 * REFUSE: only for what Satchel itself brings about, or what the law makes void.
 * DEVIATE: what already happened is recorded, together with the rule that it breaks (DOMAIN section 2).
 */
export type RuleMode = 'REFUSE' | 'DEVIATE';

export interface Rule {
  readonly mode: RuleMode;
  /** Statute and article, or the practice that it comes from. */
  readonly citation: string;
  readonly message: Label;
}

const ruleOf = (mode: RuleMode, citation: string, zh: string, en: string): Rule => ({
  mode,
  citation,
  message: { zh, en },
});

/** A rule without which nothing is recorded. */
export const refuse = (citation: string, zh: string, en: string): Rule => ruleOf('REFUSE', citation, zh, en);

/** A rule that what breaks it is recorded with. */
export const deviate = (citation: string, zh: string, en: string): Rule => ruleOf('DEVIATE', citation, zh, en);

/** Rules in force from a day on. A changed law is a new set; what was decided under the old one stays. */
export interface RuleSet<Code extends string = string> {
  readonly id: string;
  /** First legal day (Asia/Shanghai) on which it is in force, `2011-01-01`. */
  readonly effectiveFrom: string;
  readonly legalBasisCode: string;
  readonly rules: Readonly<Record<Code, Rule>>;
}

/** The set in force on a day; before the first set, the first. Sets stand in order of `effectiveFrom`. */
export function ruleSetOn<Set extends RuleSet>(sets: readonly [Set, ...Set[]], day: string): Set {
  return sets.findLast(set => set.effectiveFrom <= day) ?? sets[0];
}

/** A rule that a command would break, with the input field that breaks it. */
export interface Breach<Code extends string = string> {
  readonly code: Code;
  readonly path: readonly string[];
}

/** Nothing when `holds`, otherwise the breach; to be spread into a list of breaches. */
export const unless = <Code extends string>(
  holds: boolean,
  code: Code,
  ...path: readonly string[]
): readonly Breach<Code>[] => (holds ? [] : [{ code, path }]);
