import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonicalJson.js';

const asPackage = canonicalize as unknown as (value: unknown) => string;

describe('canonical JSON', () => {
  it('is that of RFC 8785, as another implementation has it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary', maxDepth: 4 }), text => {
        const value = JSON.parse(text);
        expect(canonicalJson(value)).toBe(asPackage(value));
      }),
      { numRuns: 500 },
    );
  });

  it('orders keys by their UTF-16 units, numbers among them', () => {
    expect(canonicalJson({ b: 1, 9: 1, 10: 1, a: 1, '€': 1, '\u{1f600}': 1 })).toBe(
      '{"10":1,"9":1,"a":1,"b":1,"€":1,"\u{1f600}":1}',
    );
  });

  it('escapes what must be, and nothing else', () => {
    expect(canonicalJson('康县 "\\\u0007\n\u007f/')).toBe('"康县 \\"\\\\\\u0007\\n\u007f/"');
  });

  it('writes numbers as JavaScript does', () => {
    expect(canonicalJson([-0, 1e21, 0.000001, 1e-7, 333333333.3333333])).toBe(
      '[0,1e+21,0.000001,1e-7,333333333.3333333]',
    );
  });

  it('leaves out what is undefined, and holds its place in a list', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it('refuses what has no JSON form', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('s')])
      expect(() => canonicalJson({ list: [value === undefined ? () => 1 : value] })).toThrow(TypeError);
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});
