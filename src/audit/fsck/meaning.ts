import { currentVersion, type Upcasters, upcast } from '../../eventstore/upcasting.js';
import type { EventEnvelope } from '../../kernel/envelope.js';
import type { EventDefinition } from '../../kernel/events.js';
import { replaceLeaves } from '../../kernel/paths.js';
import { isSealed } from '../../kernel/personal.js';
import type { Misfit } from './rules.js';

export type MeaningCheck = (envelope: EventEnvelope) => Misfit[];

/** Whether this program can read events as what they are today, and finds nothing personal in the clear. */
export function meaningCheck(definitions: readonly EventDefinition[], upcasters: Upcasters): MeaningCheck {
  const byType = new Map(definitions.map(definition => [definition.type, definition]));
  return ({ type, schemaVersion, data }) => {
    const [definition, steps] = [byType.get(type), upcasters.get(type)];
    if (!definition || !steps || !isOneOf(schemaVersion, currentVersion(steps)))
      return [{ rule: 'UNKNOWN', detail: `${type} version ${schemaVersion}` }];
    let current: unknown;
    try {
      current = upcast(data, schemaVersion, steps);
    } catch {
      return [{ rule: 'DATA', detail: `version ${schemaVersion} of ${type} cannot be read as the current one` }];
    }
    return [...checkShape(definition, current), ...findInTheClear(definition, current)];
  };
}

const isOneOf = (version: unknown, current: number): boolean =>
  Number.isInteger(version) && (version as number) >= 1 && (version as number) <= current;

function checkShape({ type, stored }: EventDefinition, data: unknown): Misfit[] {
  const issue = stored.safeParse(data).error?.issues[0];
  // The path alone: a message may repeat what stands there.
  return issue ? [{ rule: 'DATA', detail: [type, ...issue.path].join('/') }] : [];
}

function findInTheClear({ personal }: EventDefinition, data: unknown): Misfit[] {
  const found: Misfit[] = [];
  for (const { path } of personal)
    replaceLeaves(data, path, (value, { at }) => {
      if (!isSealed(value)) found.push({ rule: 'IN_THE_CLEAR', detail: at });
      return value;
    });
  return found;
}
