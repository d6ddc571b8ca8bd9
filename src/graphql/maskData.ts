import type { Aggregate } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import type { EventDefinition } from '../kernel/events.js';
import { ERASED, MINOR_MASK, maskValue, SEALED_TEXT } from '../kernel/masking.js';
import { type LeafPlace, leafValues, replaceLeaves } from '../kernel/paths.js';
import { isSealed, openedBy, type Personal, type Sealed } from '../kernel/personal.js';
import { isMinor } from '../kernel/residentNumber.js';
import { openAll } from '../projections/openAll.js';
import type { Lens } from '../projections/view.js';

/** The value behind a personal field, whether it is sealed (in a store) or still in the clear (in a decision). */
export const reveal = async <T>(lens: Lens, value: Personal<T> | undefined): Promise<T | undefined> =>
  isSealed(value) ? ((await lens.open(value)) as T) : value;

type Open = (sealed: Sealed) => unknown;

const isOfMinor = (parent: Readonly<Record<string, unknown>>, open: Open, today: string): boolean => {
  const birthDate = openedBy(open, parent.birthDate as Personal<string> | undefined);
  return typeof birthDate === 'string' && birthDate !== ERASED && isMinor(birthDate, today);
};

/**
 * An event's data with every personal value masked and no relative named: what anyone who may see the event may see of it.
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
      isOfMinor(place.parent, open, today)
        ? MINOR_MASK
        : maskValue(meta.personal?.mask ?? 'TEXT', openedBy(open, leaf as Personal<unknown>)),
    );
  for (const { path } of definition.kin) masked = replaceLeaves(masked, path, () => SEALED_TEXT);
  return masked;
}

/** Residents whom an event is about, without those whom it names as relatives of somebody. */
export function subjectsShown(definition: EventDefinition | undefined, event: EventEnvelope): readonly string[] {
  const relatives = definition?.kin.flatMap(({ path }) => leafValues(event.data, path)) ?? [];
  return relatives.length === 0 ? event.subjectIds : event.subjectIds.filter(id => !relatives.includes(id));
}

/** Names of the fields of a noun that hold relatives and households. */
const kinNamesOf = ({ events }: Pick<Aggregate, 'events'>): ReadonlySet<string> =>
  new Set(Object.values(events).flatMap(({ kin }) => kin.map(({ path }) => path.findLast(name => name !== '*') ?? '')));

const allSealed = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(allSealed) : value === undefined ? undefined : SEALED_TEXT;

/** A state for showing what changed, without saying to what: sealed values and relatives anywhere in it are unreadable. */
export function shownState(aggregate: Pick<Aggregate, 'events'>, state: unknown): unknown {
  const kinNames = kinNamesOf(aggregate);
  const shown = (value: unknown): unknown => {
    if (isSealed(value)) return SEALED_TEXT;
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== 'object' || value === null) return value;
    const children = Object.entries(value).map(([name, child]) => [
      name,
      kinNames.has(name) ? allSealed(child) : shown(child),
    ]);
    return Object.fromEntries(children);
  };
  return shown(state);
}
