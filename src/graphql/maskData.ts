import type { EventDefinition } from '../kernel/events.js';
import { ERASED, MINOR_MASK, maskValue } from '../kernel/masking.js';
import { type LeafPlace, replaceLeaves } from '../kernel/paths.js';
import { isSealed, type Personal } from '../kernel/personal.js';
import { ageOn } from '../kernel/residentNumber.js';
import type { Lens } from '../projections/view.js';

/** The value behind a personal field, whether it is sealed (in a store) or still in the clear (in a decision). */
export const reveal = <T>(lens: Lens, value: Personal<T> | undefined): T | undefined =>
  isSealed(value) ? (lens.open(value) as T) : value;

/** Years (Civil Code art. 17). */
const ADULT = 18;

const isMinor = (parent: Readonly<Record<string, unknown>>, lens: Lens, today: string): boolean => {
  const birthDate = reveal(lens, parent.birthDate as Personal<string> | undefined);
  return typeof birthDate === 'string' && birthDate !== ERASED && ageOn(birthDate, today) < ADULT;
};

/**
 * An event's data with every personal value masked: what anyone who may see the event may see of it.
 * @param today legal day on which it is looked at: who is a minor then is masked whole
 */
export function maskData(definition: EventDefinition, data: unknown, lens: Lens, today: string): unknown {
  let masked = data;
  for (const { path, meta } of definition.personal)
    masked = replaceLeaves(masked, path, (leaf, place: LeafPlace) =>
      isMinor(place.parent, lens, today)
        ? MINOR_MASK
        : maskValue(meta.personal?.mask ?? 'TEXT', reveal(lens, leaf as Personal<unknown>)),
    );
  return masked;
}

/** Sealed values anywhere in a state, made unreadable: for showing what changed, without saying to what. */
export const withoutSealed = (value: unknown): unknown => {
  if (isSealed(value)) return '［已封存］';
  if (Array.isArray(value)) return value.map(withoutSealed);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutSealed(child)]));
  return value;
};
