/**
 * Canonical JSON text of a value (RFC 8785): the same value always gives the same bytes.
 * Properties whose value is `undefined` are left out.
 * @throws TypeError for a value without a JSON form
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object') {
    if (value === null) return 'null';
    return Array.isArray(value) ? `[${value.map(elementJson).join(',')}]` : objectJson(value);
  }
  // The numbers of RFC 8785 are those of JSON.stringify.
  if (typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError('A value without a JSON form cannot be made canonical');
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** Most strings are ids, codes and base64url, which need no escape: to see that is quicker than to have them escaped. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const elementJson = (element: unknown): string => (element === undefined ? 'null' : canonicalJson(element));

function objectJson(object: object): string {
  if ('toJSON' in object && typeof object.toJSON === 'function') return canonicalJson(object.toJSON());
  const values = object as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(values).sort()) {
    const value = values[key];
    if (value === undefined) continue;
    text += `${text === '' ? '{' : ','}${quoted(key)}:${canonicalJson(value)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
