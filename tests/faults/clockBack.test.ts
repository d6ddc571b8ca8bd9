import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestsOf } from '../../src/projections/digest.js';
import type { Term } from '../../src/projections/leadership.js';
import { emptyView } from '../../src/projections/tables.js';
import { views } from '../../src/server/registry.js';
import { type Doorstep, doorstep } from '../harness/doorstep.js';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

const HISTORY = `query H($id: ID!) { visit(id: $id) { revision lastRecordedAt history { nodes { revision recordedAt } } } }`;

describe('a clock that jumps back', () => {
  let satchel: TestSatchel;
  let door: Doorstep;

  beforeAll(async () => {
    satchel = await TestSatchel.start('2021-04-05T01:00:00Z');
    door = await doorstep(satchel, await sampleStation(satchel));
  });
  afterAll(() => satchel.close());

  it('changes no order: what was recorded later stays later, can be read at once, and is rebuilt the same', async () => {
    const visitId = await door.visit();
    const note = () => door.do('recordNote', { visitId, text: '平安' }, 'visit { revision }');
    const times = ['2021-04-06T01:00:00Z', '2021-04-03T01:00:00Z', '2021-04-03T01:00:01Z', '2021-04-06T02:00:00Z'];
    for (const [index, at] of times.entries()) {
      satchel.clock.set(new Date(at));
      expect((await note()).visit).toEqual({ revision: index + 1 });
    }
    satchel.clock.set(new Date('2021-04-01T01:00:00Z'));
    const other = await door.visit();
    expect((await satchel.read(door.officer, '{ visits(first: 10) { nodes { id } } }')).visits.nodes).toContainEqual({
      id: other,
    });

    const { visit } = await satchel.read(door.officer, HISTORY, { id: visitId });
    const recordedAt = visit.history.nodes.map((node: { recordedAt: string }) => node.recordedAt);
    expect(recordedAt).toEqual([...recordedAt].sort());
    expect(visit).toMatchObject({ revision: 4, lastRecordedAt: recordedAt.at(-1) });

    const { db } = satchel.services;
    const before = await digestsOf(db, views);
    const term = (await satchel.stores.leadership.tryLead()) as Term;
    for (const view of views) await emptyView(db, view, term);
    await satchel.restart();
    expect(await satchel.services.projections.reached(await satchel.services.store.head(), 20_000)).toBe(true);
    expect(await digestsOf(satchel.services.db, views)).toEqual(before);
  });
});
