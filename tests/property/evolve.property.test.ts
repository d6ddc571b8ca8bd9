import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fold } from '../../src/kernel/decider.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import type { EventDefinition } from '../../src/kernel/events.js';
import { metaOf, unwrap } from '../../src/kernel/fields.js';
import { nouns } from '../../src/server/registry.js';

/** A few of each, so that events of a stream often speak of the same things. */
const few = [1, 2].map(n => `00000000-0000-4000-8000-00000000000${n}`);
const UUID_AT_THE_END = /\[0-9a-f\]\{8\}(-\[0-9a-f\]\{4\}){3}-\[0-9a-f\]\{12\}\$$/;
const days = fc.constantFrom('2022-10-18', '2022-11-17', '2023-01-01');
const instants = fc.constantFrom('2022-10-18T02:00:00.000Z', '2022-11-17T15:59:59.000Z');
const sealed = fc.constant({ keyId: 'resident-1', at: '1/name', nonce: '', ciphertext: '', commitment: '' });

/** A text that a pattern of the schemas allows; they are few. */
function textLike(pattern: RegExp | undefined): fc.Arbitrary<string> {
  if (!pattern) return fc.string({ minLength: 1, maxLength: 9 }).filter(text => text.trim() !== '');
  if (UUID_AT_THE_END.test(pattern.source))
    return fc.constantFrom(...few.map(uuid => `${/^\^(\w+-)?/.exec(pattern.source)?.[1] ?? ''}${uuid}`));
  return fc.stringMatching(pattern);
}

const patternOf = (schema: z.ZodString): RegExp | undefined =>
  schema.def.checks?.map(check => (check._zod.def as { pattern?: RegExp }).pattern).find(pattern => pattern);

/** Whatever a schema of an event allows, made from the schema itself. */
function anyOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { personal, scalar } = metaOf(schema) as { personal?: object; scalar?: string };
  if (schema.isOptional()) return fc.option(anyOf(unwrap(schema)), { nil: undefined });
  if (personal) return sealed;
  if (scalar === 'Date') return days;
  if (scalar === 'DateTime') return instants;
  if (schema instanceof z.ZodObject) return dataOf(schema);
  if (schema instanceof z.ZodArray) return fc.array(anyOf(schema.element as z.ZodType), { minLength: 1, maxLength: 2 });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) {
    const least = schema.minValue ?? 0;
    return fc.integer({ min: least, max: Math.min(schema.maxValue ?? 9, least + 3) });
  }
  if (schema instanceof z.ZodString) return textLike(patternOf(schema));
  throw new Error(`What may stand for a ${schema.def.type} is not said here`);
}

const dataOf = (schema: z.ZodObject): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, anyOf(field as never)])));

const eventOf = (definition: EventDefinition): fc.Arbitrary<Pick<EventEnvelope, 'type' | 'data' | 'occurredAt'>> =>
  fc.record({ type: fc.constant(definition.type), data: dataOf(definition.data), occurredAt: instants });

describe('a noun takes any events of its stream, in any selection', () => {
  it.each([...nouns.values()].map(binding => [binding.aggregate.noun, binding] as const))('%s', (_noun, binding) => {
    const { aggregate, view, commands } = binding;
    const streamId = `${aggregate.category}-${few[0]}`;
    const definitions = Object.values(aggregate.events);
    const met = new Set<string>();
    const anyEvents = fc.array(fc.oneof(...definitions.map(eventOf)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyEvents, selection => {
        const events = selection.map((event, revision) => {
          met.add(event.type);
          expect(aggregate.events[event.type]?.data.safeParse(event.data).error).toBeUndefined();
          return { ...event, streamId, revision, recordedAt: event.occurredAt, orgUnitId: `orgunit-${few[0]}` };
        }) as unknown as EventEnvelope[];
        const state = fold(aggregate, events);
        expect(typeof aggregate.statusOf(state)).toBe('string');
        aggregate.orgUnitOf(state);
        aggregate.participantsOf?.(state);
        aggregate.placeOf?.(state);
        // What a guard says is refused: a deviation would be lost there.
        for (const { command } of commands)
          for (const { code } of command.guard?.(state) ?? [])
            expect([code, aggregate.ruleSets[0].rules[code]?.mode]).toEqual([code, 'REFUSE']);
        const lens = { open: () => '', blindIndex: () => '' };
        const rowOf = (row: object | undefined, event: EventEnvelope) =>
          view.fold(row as never, { ...event, position: '1' }, streamId, lens);
        const row = events.reduce<object | undefined>(rowOf, undefined) as { state: unknown };
        expect(row.state).toEqual(state);
      }),
      { numRuns: 150 },
    );
    expect(met).toEqual(new Set(Object.keys(aggregate.events)));
  });
});
