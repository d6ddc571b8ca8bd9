import fc from 'fast-check';
import { z } from 'zod';
import { metaOf, unwrap } from '../../src/kernel/fields.js';

/** A few of each, so that values that are made apart often speak of the same things. */
export const FEW: readonly string[] = [1, 2].map(n => `00000000-0000-4000-8000-00000000000${n}`);
const UUID_AT_THE_END = /\[0-9a-f\]\{8\}(-\[0-9a-f\]\{4\}){3}-\[0-9a-f\]\{12\}\$$/;
const days = fc.constantFrom('2022-10-18', '2022-11-17', '2023-01-01');
const instants = fc.constantFrom('2022-10-18T02:00:00.000Z', '2022-11-17T15:59:59.000Z');
const sealed = fc.constant({ keyId: 'resident-1', at: '1/name', nonce: '', ciphertext: '', commitment: '' });

/** A text that a pattern of the schemas allows; they are few. */
function textLike(pattern: RegExp | undefined, uuids: readonly string[]): fc.Arbitrary<string> {
  if (!pattern) return fc.string({ minLength: 1, maxLength: 9 }).filter(text => text.trim() !== '');
  if (UUID_AT_THE_END.test(pattern.source))
    return fc.constantFrom(...uuids.map(uuid => `${/^\^(\w+-)?/.exec(pattern.source)?.[1] ?? ''}${uuid}`));
  return fc.stringMatching(pattern);
}

const patternOf = (schema: z.ZodString): RegExp | undefined =>
  schema.def.checks?.map(check => (check._zod.def as { pattern?: RegExp }).pattern).find(pattern => pattern);

/**
 * Whatever a schema of an event or of an input allows, made from the schema itself.
 * @param uuids those that ids are made of
 */
function anyOf(schema: z.ZodType, uuids = FEW): fc.Arbitrary<unknown> {
  const { personal, scalar } = metaOf(schema) as { personal?: object; scalar?: string };
  if (schema.isOptional()) return fc.option(anyOf(unwrap(schema), uuids), { nil: undefined });
  if (personal) return sealed;
  if (scalar === 'Date') return days;
  if (scalar === 'DateTime') return instants;
  if (schema instanceof z.ZodObject) return objectOf(schema.shape, uuids);
  if (schema instanceof z.ZodArray)
    return fc.array(anyOf(schema.element as z.ZodType, uuids), { minLength: 1, maxLength: 2 });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) {
    const least = schema.minValue ?? 0;
    return fc.integer({ min: least, max: Math.min(schema.maxValue ?? 9, least + 3) });
  }
  if (schema instanceof z.ZodString) return textLike(patternOf(schema), uuids);
  throw new Error(`What may stand for a ${schema.def.type} is not said here`);
}

/** An object of such values. */
export const objectOf = (shape: z.ZodRawShape, uuids = FEW): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, anyOf(field as never, uuids)])));
