import { isOutage } from '../database/outage.js';
import { isSealed, type Sealed } from '../kernel/personal.js';
import type { Lens } from './view.js';

type Outcome = { readonly value: unknown } | { readonly error: unknown };

async function outcomeOf(lens: Lens, sealed: Sealed): Promise<Outcome> {
  try {
    return { value: await lens.open(sealed) };
  } catch (error) {
    if (isOutage(error)) throw error;
    return { error };
  }
}

/**
 * Opens those of the values that are sealed, all at the same time, so that their keys are fetched together; what is
 * returned then reads them without waiting.
 * @throws what is an outage of the vault; whatever else is wrong with a value is thrown when that value is read
 */
export async function openAll(lens: Lens, values: readonly unknown[]): Promise<(sealed: Sealed) => unknown> {
  const sealed = values.filter(isSealed);
  const outcomes = await Promise.all(sealed.map(value => outcomeOf(lens, value)));
  const found = new Map(sealed.map((value, index) => [value, outcomes[index]]));
  return value => {
    const outcome = found.get(value);
    if (!outcome) throw new Error(`${value.at} was not opened beforehand`);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
}
