import fc from 'fast-check';
import { expect } from 'vitest';
import type { EventStoreError } from '../../src/eventstore/errors.js';
import type { Append, EventStore, RawEvent, RecordedEvent } from '../../src/eventstore/port.js';
import { derivedUuid, newUuid } from '../../src/kernel/ids.js';
import { type Position, START } from '../../src/kernel/position.js';
import { collect, collectBatches } from '../contract/collect.js';
import { sampleAppend } from '../contract/sampleAppend.js';
import { EventStoreModel, type ModelOutcome } from './eventStoreModel.js';

export interface ModelledGround {
  open(): Promise<EventStore>;
  remove(): Promise<void>;
}

/** In what a store need not be like a list in memory. */
export interface Leeway {
  readonly numRuns: number;
  /** Positions are 1, 2, 3… */
  readonly countsPositions: boolean;
  /** Appends that come together are written in the order in which they came, whatever their streams. */
  readonly ordersStreams: boolean;
  /** A command is known again on whichever stream it comes. */
  readonly knowsCommandsEverywhere: boolean;
}

const STREAMS = ['dispute-a', 'dispute-b', 'visit-a', 'disputes-a'];

/** Mostly decided on the revision that is there; the command's number is small, so that commands come again. */
const command = fc.record({
  stream: fc.constantFrom(...STREAMS),
  behind: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 }) }),
  count: fc.integer({ min: 1, max: 4 }),
  number: fc.nat({ max: 40 }),
});
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      commands: fc.array(command, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('readStream' as const),
      stream: fc.constantFrom(...STREAMS, 'need-none'),
      fromRevision: fc.nat({ max: 12 }),
      maxCount: fc.nat({ max: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('readAll' as const),
      after: fc.nat({ max: 60 }),
      batchSize: fc.integer({ min: 1, max: 9 }),
      categories: fc.option(fc.subarray(['dispute', 'visit', 'need']), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('useTheOther' as const) }) },
);

/** Whatever is done with it, the store answers as a list in memory would. */
export const expectLikeModel = (makeGround: () => Promise<ModelledGround>, leeway: Leeway): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const ground = await makeGround();
      // Streams of this run alone: the ground may be a server that goes on from run to run.
      const run = newUuid();
      const named = <Step extends { readonly stream: string }>(asked: Step) => ({
        ...asked,
        stream: `${asked.stream}-${run}`,
      });
      // Two on the same ground, as the server and the command line would be; one is used at a time.
      const stores = [await ground.open(), await ground.open()];
      const model = new EventStoreModel();
      let used = 0;
      try {
        for (const each of steps) {
          const store = stores[used]!;
          if (each.do === 'append') await appendToBoth(store, model, each.commands.map(named), leeway);
          else if (each.do === 'readStream') {
            const { stream } = named(each);
            const read = await collectBatches(store.readStream(stream, each));
            const { ranked } = await rankPositions(store);
            expect(read.map(ranked)).toEqual(model.readStream(stream, each).map(parsed));
          } else if (each.do === 'readAll') {
            const { after, batchSize, categories } = each;
            const { ranked, position } = await rankPositions(store);
            const only = { batchSize, ...(categories && { categories }) };
            const batches = await collect(store.readAll({ after: position(after), ...only }));
            expect(batches.every(({ length }) => length > 0 && length <= batchSize)).toBe(true);
            expect(batches.flat().map(ranked)).toEqual(model.readAll({ after: String(after), ...only }).map(parsed));
          } else if (each.do === 'restart') {
            await store.close();
            stores[used] = await ground.open();
          } else used = 1 - used;
        }
        for (const store of stores) await expectSame(store, model, leeway);
      } finally {
        for (const store of stores) await store.close();
        await ground.remove();
      }
    }),
    { numRuns: leeway.numRuns },
  );

/** What the model counts against what the store has instead of a count. */
async function rankPositions(store: EventStore) {
  const positions = (await collectBatches(store.readAllRaw())).map(({ position }) => position);
  return {
    positions,
    position: (rank: number): Position => (rank === 0 ? START : (positions[rank - 1] ?? positions.at(-1) ?? START)),
    ranked: <Item extends { readonly position: Position }>(item: Item): Item => ({
      ...item,
      position: String(positions.indexOf(item.position) + 1),
    }),
  };
}

/** All at once to the store, one after another to the model: the outcomes must be the same. */
async function appendToBoth(
  store: EventStore,
  model: EventStoreModel,
  commands: readonly Command[],
  leeway: Leeway,
): Promise<void> {
  const together = leeway.ordersStreams
    ? [commands]
    : [...new Set(commands.map(({ stream }) => stream))].map(of => commands.filter(({ stream }) => stream === of));
  for (const group of together) {
    const planned = group.map(({ stream, behind, count, number }): Append => {
      const expectedRevision = Math.max(-1, model.revisionOf(stream) - behind);
      const commandId = derivedUuid('command', number, ...(leeway.knowsCommandsEverywhere ? [] : [stream]));
      return sampleAppend({ stream, expectedRevision, count, commandId });
    });
    const expected = planned.map(append => model.append(append));
    const outcomes = await Promise.all(
      planned.map(append => store.append(append).catch((error: EventStoreError) => error.code as ModelOutcome)),
    );
    const { ranked } = await rankPositions(store);
    expect(outcomes.map(outcome => (typeof outcome === 'string' ? outcome : ranked(outcome)))).toEqual(expected);
  }
}

async function expectSame(store: EventStore, model: EventStoreModel, { countsPositions }: Leeway): Promise<void> {
  const { positions, ranked } = await rankPositions(store);
  const log: RawEvent[] = await collectBatches(store.readAllRaw());
  expect(log.map(({ type, ...event }) => ranked(event))).toEqual(model.log);
  if (countsPositions) expect(positions).toEqual(model.log.map(({ position }) => position));
  expect(await store.head()).toBe(positions.at(-1) ?? START);
  for (const [commandId, receipt] of model.receipts) {
    const found = await store.findReceipt({ commandId, streamId: receipt.streamId });
    expect(found && ranked(found)).toEqual(receipt);
  }
}

const parsed = ({ bytes, position }: { bytes: Buffer; position: string }): RecordedEvent => ({
  ...JSON.parse(bytes.toString()),
  position,
});
