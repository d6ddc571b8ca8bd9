import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventStoreError } from '../../src/eventstore/errors.js';
import type { Append, EventStore, RecordedEvent } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { derivedUuid } from '../../src/kernel/ids.js';
import { collect, collectBatches } from '../contract/collect.js';
import { sampleAppend, sampleUpcasters } from '../contract/sampleAppend.js';
import { EventStoreModel, type ModelOutcome } from './eventStoreModel.js';

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

describe('the event store on SQLite', () => {
  it('answers as a list in memory would, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const directory = mkdtempSync(join(tmpdir(), 'satchel-model-'));
        const open = (): EventStore =>
          openSqliteEventStore({ file: join(directory, 'events.db'), upcasters: sampleUpcasters });
        // Two on the same file, as the server and the command line would be; one is used at a time.
        const stores = [open(), open()];
        const model = new EventStoreModel();
        let used = 0;
        try {
          for (const each of steps) {
            const store = stores[used]!;
            if (each.do === 'append') await appendToBoth(store, model, each.commands);
            else if (each.do === 'readStream') {
              const read = await collectBatches(store.readStream(each.stream, each));
              expect(read).toEqual(model.readStream(each.stream, each).map(parsed));
            } else if (each.do === 'readAll') {
              const { after, batchSize, categories } = each;
              const options = { after: String(after), batchSize, ...(categories && { categories }) };
              const batches = await collect(store.readAll(options));
              expect(batches.every(({ length }) => length > 0 && length <= batchSize)).toBe(true);
              expect(batches.flat()).toEqual(model.readAll(options).map(parsed));
            } else if (each.do === 'restart') {
              await store.close();
              stores[used] = open();
            } else used = 1 - used;
          }
          for (const store of stores) await expectSame(store, model);
        } finally {
          for (const store of stores) await store.close();
          rmSync(directory, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** All at once to the store, one after another to the model: the outcomes must be the same. */
async function appendToBoth(store: EventStore, model: EventStoreModel, commands: readonly Command[]): Promise<void> {
  const planned = commands.map(({ stream, behind, count, number }): Append => {
    const expectedRevision = Math.max(-1, model.revisionOf(stream) - behind);
    return sampleAppend({ stream, expectedRevision, count, commandId: derivedUuid('command', number) });
  });
  const expected = planned.map(append => model.append(append));
  const outcomes = await Promise.all(
    planned.map(append => store.append(append).catch((error: EventStoreError) => error.code as ModelOutcome)),
  );
  expect(outcomes).toEqual(expected);
}

async function expectSame(store: EventStore, model: EventStoreModel): Promise<void> {
  expect(await collectBatches(store.readAllRaw())).toEqual(model.log);
  expect(await store.head()).toBe(String(model.log.length));
  for (const [commandId, receipt] of model.receipts) {
    expect(await store.findReceipt({ commandId, streamId: receipt.streamId })).toEqual(receipt);
  }
}

const parsed = ({ bytes, position }: { bytes: Buffer; position: string }): RecordedEvent => ({
  ...JSON.parse(bytes.toString()),
  position,
});
