/** Names that are told apart; one page of a frontend asks for a few. */
const KEPT = 100;
const LONGEST = 60;
/** Whoever writes queries by hand may write anything into the name, a number of a person too. */
const TELLING = /\d{5}/;

/**
 * Folds the names that clients give to their operations, so that a client that makes up names can neither fill the
 * memory nor write what is personal into a label: a name that is too long, holds a long number or comes after the first
 * hundred is `other`, and none at all is `anonymous`.
 */
export function operationNames(kept = KEPT): (name: string | null | undefined) => string {
  const known = new Set<string>();
  return name => {
    if (!name) return 'anonymous';
    if (known.has(name)) return name;
    if (known.size >= kept || name.length > LONGEST || TELLING.test(name)) return 'other';
    known.add(name);
    return name;
  };
}
