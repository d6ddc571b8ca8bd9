// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that is looked for
const NUL = /\u0000/g;

/** PostgreSQL keeps no NUL in a text, and one in a title must not stop every projection: it becomes U+FFFD. */
export const storable = <Value>(value: Value): Value =>
  typeof value === 'string' && value.includes('\u0000') ? (value.replace(NUL, '\uFFFD') as Value) : value;
