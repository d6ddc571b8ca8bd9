import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openSqliteReadModel } from '../../src/database/openReadModel.js';
import type { RecordedEvent } from '../../src/eventstore/port.js';
import { identityView } from '../../src/organisation/officer/views.js';
import { digestsOf } from '../../src/projections/digest.js';
import { retryStream } from '../../src/projections/parking/retryStream.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import type { Lens, Row, View } from '../../src/projections/view.js';
import { loadSampleCounty } from '../../src/sample/index.js';
import { views } from '../../src/server/registry.js';
import { TestSatchel } from '../harness/testSatchel.js';

describe('a stream that was parked and is taken in late', () => {
  let satchel: TestSatchel;
  let streams: readonly string[];

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: 60 }));
    const ids = new Set<string>();
    for await (const batch of satchel.services.store.readAll()) for (const event of batch) ids.add(event.streamId);
    streams = [...ids];
  }, 120_000);
  afterAll(() => satchel.close());

  /** The views as they are, but for the first event of some streams. */
  const poisonedBy = (ids: ReadonlySet<string>): readonly View[] =>
    views.map(view => ({
      ...view,
      keysOf(event) {
        if (ids.has(event.streamId)) throw new Error('poison');
        return view.keysOf(event);
      },
    }));

  it('leaves every read model as if it had come in its time', async () => {
    const { store, db } = satchel.services;
    const lens = await lensOf(satchel.stores.vault);
    const expected = await digestsOf(db, views);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...streams], { minLength: 1, maxLength: 15 }), async late => {
        const beside = openSqliteReadModel(join(satchel.directory, `late-${runs++}.db`));
        const options = { store, db: beside.db, lens, onError: () => undefined, batchSize: 100 };
        const runner = new ProjectionRunner({ ...options, views: poisonedBy(new Set(late)) });
        await runner.start();
        expect(await runner.reached(await store.head(), 60_000)).toBe(true);
        expect(new Set(runner.parked.map(({ streamId }) => streamId))).toEqual(new Set(late));
        await runner.stop();
        for (const streamId of late) expect((await retryStream({ ...options, views }, streamId)).failed).toEqual([]);
        expect(await digestsOf(beside.db, views)).toEqual(expected);
        await beside.close();
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  it('still holds the identity that it had first', () => {
    const registered = (streamId: string, position: string) =>
      ({
        type: 'OfficerRegistered',
        streamId,
        position,
        data: { identity: { issuer: 'https://police.example', subject: 'one' } },
      }) as unknown as RecordedEvent;
    const events = [registered('officer-a', '9'), registered('officer-b', '10')];
    const key = identityView.keysOf(events[0]!)[0]!;
    const foldAll = (inOrder: readonly RecordedEvent[]) =>
      inOrder.reduce<Row | undefined>((row, event) => identityView.fold(row, event, key, {} as Lens), undefined);
    expect(foldAll(events)).toMatchObject({ personId: 'officer-a' });
    expect(foldAll([...events].reverse())).toEqual(foldAll(events));
  });
});
