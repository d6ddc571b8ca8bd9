import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/kernel/decider.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import type { EventDefinition } from '../../src/kernel/events.js';
import { nouns } from '../../src/server/registry.js';
import { guardContext } from '../domain/spec.js';
import { FEW, objectOf } from './anyOf.js';

const instants = fc.constantFrom('2022-10-18T02:00:00.000Z', '2022-11-17T15:59:59.000Z');

const eventOf = (definition: EventDefinition): fc.Arbitrary<Pick<EventEnvelope, 'type' | 'data' | 'occurredAt'>> =>
  fc.record({ type: fc.constant(definition.type), data: objectOf(definition.data.shape), occurredAt: instants });

describe('a noun takes any events of its stream, in any selection', () => {
  it.each([...nouns.values()].map(binding => [binding.aggregate.noun, binding] as const))('%s', (_noun, binding) => {
    const { aggregate, view, commands } = binding;
    const streamId = `${aggregate.category}-${FEW[0]}`;
    const definitions = Object.values(aggregate.events);
    const met = new Set<string>();
    const anyEvents = fc.array(fc.oneof(...definitions.map(eventOf)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyEvents, selection => {
        const events = selection.map((event, revision) => {
          met.add(event.type);
          expect(aggregate.events[event.type]?.data.safeParse(event.data).error).toBeUndefined();
          return { ...event, streamId, revision, recordedAt: event.occurredAt, orgUnitId: `orgunit-${FEW[0]}` };
        }) as unknown as EventEnvelope[];
        const state = fold(aggregate, events);
        expect(typeof aggregate.statusOf(state)).toBe('string');
        aggregate.orgUnitOf(state);
        aggregate.participantsOf?.(state);
        aggregate.placeOf?.(state);
        // What a guard says is refused: a deviation would be lost there.
        for (const { command } of commands)
          for (const { code } of command.guard?.(state, guardContext(streamId)) ?? [])
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
