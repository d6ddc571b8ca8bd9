import canonicalize from 'canonicalize';

/**
 * Canonical JSON text of a value (RFC 8785): the same value always gives the same bytes.
 * Properties whose value is `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('A value without a JSON form cannot be made canonical');
  return text;
}
