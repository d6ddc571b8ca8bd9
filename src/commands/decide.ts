import type { Aggregate, Decision, NewEvent } from '../kernel/decider.js';
import type { Deviation } from '../kernel/events.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { type Breach, type RuleSet, ruleSetOn } from '../kernel/ruleSet.js';
import { type Refusal, ruleRefusal } from './refusal.js';

/** What came of a decision. */
export type Ruling =
  | { readonly refused: readonly Refusal[] }
  | { readonly refused?: undefined; readonly events: readonly NewEvent[] };

export const ruleSetAt = (aggregate: Aggregate, occurredAt: string): RuleSet =>
  ruleSetOn(aggregate.ruleSets, legalDayOf(occurredAt));

const modeOf = (set: RuleSet, breach: Breach) => set.rules[breach.code]?.mode ?? 'REFUSE';

/** Refusals among breaches of rules; those that only deviate are none. */
export const refusalsOf = (set: RuleSet, breaches: readonly Breach[]): readonly Refusal[] =>
  breaches.filter(breach => modeOf(set, breach) === 'REFUSE').map(breach => ruleRefusal(set, breach.code, breach.path));

const deviationsOf = (set: RuleSet, breaches: readonly Breach[]): readonly Deviation[] =>
  breaches.map(breach => ({ rule: breach.code, citation: set.rules[breach.code]?.citation ?? set.id }));

/** Applies the mode of each breached rule: refuses, or records the deviation with the first event. */
export function rule(set: RuleSet, decided: Decision<NewEvent>): Ruling {
  const refused = refusalsOf(set, decided.breaches);
  if (refused.length > 0) return { refused };
  const events = decided.events();
  const deviations = deviationsOf(set, decided.breaches);
  if (deviations.length === 0) return { events };
  return {
    events: events.map((event, ordinal) =>
      ordinal === 0 ? { ...event, data: { ...(event.data as object), deviations } } : event,
    ),
  };
}
