/** Brings the data of an event from one version to the next. Pure: an event reads the same every time. */
export type Upcast = (data: unknown) => unknown;

/**
 * What every event type has been through: the first step leads from version 1 to 2, and so on.
 * The current version is therefore one more than there are steps; a type that never changed has none.
 */
export type Upcasters = ReadonlyMap<string, readonly Upcast[]>;

export const currentVersion = (steps: readonly Upcast[]): number => steps.length + 1;

/** The data as the current version has it. `version` is from 1 to the current one. */
export function upcast(data: unknown, version: number, steps: readonly Upcast[]): unknown {
  let current = data;
  for (let step = version - 1; step < steps.length; step++) current = steps[step]!(current);
  return current;
}
