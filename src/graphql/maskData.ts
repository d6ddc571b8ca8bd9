import type { EventDefinition } from '../kernel/events.js';
import { ERASED, MINOR_MASK, maskValue } from '../kernel/masking.js';
import { type LeafPlace, leafValues, replaceLeaves } from '../kernel/paths.js';
import { isSealed, openedBy, type Personal, type Sealed } from '../kernel/personal.js';
import { ageOn } from '../kernel/residentNumber.js';
import { openAll } from '../projections/openAll.js';
import type { Lens } from '../projections/view.js';

/** The value behind a personal field, whether it is sealed (in a store) or still in the clear (in a decision). */
export const reveal = async <T>(lens: Lens, value: Personal<T> | undefined): Promise<T | undefined> =>
  isSealed(value) ? ((await lens.open(value)) as T) : value;

/** Years (Civil Code art. 17). */
const ADULT = 18;

type Open = (sealed: Sealed) => unknown;

const isMinor = (parent: Readonly<Record<string, unknown>>, open: Open, today: string): boolean => {
  const birthDate = openedBy(open, parent.birthDate as Personal<string> | undefined);
  return typeof birthDate === 'string' && birthDate !== ERASED && ageOn(birthDate, today) < ADULT;
};

/**
 * An event's data with every personal value masked: what anyone who may see the event may see of it.
 * @param today legal day on which it is looked at: who is a minor then is masked whole
 */
export async function maskData(
  definition: EventDefinition,
  data: unknown,
  lens: Lens,
  today: string,
): Promise<unknown> {
  const open = await openAll(
    lens,
    definition.personal.flatMap(({ path }) => leafValues(data, path)),
  );
  let masked = data;
  for (const { path, meta } of definition.personal)
    masked = replaceLeaves(masked, path, (leaf, place: LeafPlace) =>
      isMinor(place.parent, open, today)
        ? MINOR_MASK
        : maskValue(meta.personal?.mask ?? 'TEXT', openedBy(open, leaf as Personal<unknown>)),
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
