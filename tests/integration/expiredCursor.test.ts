import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase, prepareQuery } from '../../src/database/libsql.js';
import { encodeTotalsCursor } from '../../src/reporting/totals/totalsCursor.js';
import { EVENTS_FILE } from '../../src/server/openEvents.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { metricsAt } from '../harness/metrics.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { type Subscriber, subscribe } from '../harness/subscribers.js';
import { TestSatchel } from '../harness/testSatchel.js';

const KEPT_FROM = 6;

describe('a log whose beginning someone has cut off', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    await satchel.restart(() => {
      const db = openDatabase(join(satchel.directory, EVENTS_FILE));
      const trigger = prepareQuery<[string]>(db, "SELECT sql FROM sqlite_master WHERE name = 'events_never_go'");
      const [sql] = trigger.first([])!;
      db.exec(`DROP TRIGGER events_never_go; DELETE FROM events WHERE position < ${KEPT_FROM}; ${sql}`);
      closeDatabase(db);
    });
  });
  afterAll(() => satchel.close());

  const follow = (after: number): Promise<Subscriber> => {
    const query = 'subscription ($after: Position) { activity(after: $after) { cursor } }';
    return subscribe(satchel, 'WebSocket', people.analyst, { query, variables: { after: String(after) } });
  };

  it('does not pass over what is missing in silence', async () => {
    const expired = await follow(KEPT_FROM - 2);
    await expect(expired.next(1)).rejects.toThrow(/Argument \\"after\\" is older than what is kept.*CURSOR_EXPIRED/);
    await expired.close();
    const kept = await follow(KEPT_FROM - 1);
    expect(await kept.next(1)).toEqual([{ cursor: String(KEPT_FROM) }]);
    await kept.close();
  });
});

describe('a log of an EventStoreDB whose beginning was removed', () => {
  let standIn: EventStoreDbStandIn;
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeAll(async () => {
    standIn = await startEventStoreDbStandIn();
    satchel = await TestSatchel.start(undefined, { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false` });
    people = await sampleStation(satchel);
  });
  afterAll(async () => {
    await satchel.close();
    await standIn.stop();
  });

  const follow = async (field: string, after: string): Promise<Subscriber> => {
    const query = `subscription { ${field.replace('$after', `after: "${after}"`)} { cursor } }`;
    return subscribe(satchel, 'WebSocket', people.countyChief, { query });
  };
  const reconnects = async () => (await metricsAt(`${satchel.url}/metrics`)).get('satchel_eventstore_reconnects_total');

  it('is told from one that has all behind a cursor, by each subscription, and no line is given up for it', async () => {
    const all = standIn.log.events.filter(({ streamId }) => !streamId.startsWith('$'));
    const at = (index: number, further = 0n) => `${all[index]!.commit}/${all[index]!.prepare + further}`;
    const before = await reconnects();
    standIn.log.scavenge(standIn.log.events.indexOf(all[KEPT_FROM]!));
    const removed = [at(0), at(KEPT_FROM - 1), at(KEPT_FROM, 1n)];
    const caseEvents = `caseEvents(id: "${people.officer}", $after)`;
    for (const field of ['activity($after)', caseEvents])
      for (const after of removed) {
        const expired = await follow(field, after);
        await expect(expired.next(1)).rejects.toThrow(
          /Argument \\"after\\" is older than what is kept.*CURSOR_EXPIRED/,
        );
        await expired.close();
      }
    for (const position of removed) {
      const totals = encodeTotalsCursor({ unitId: people.county, position, digest: 'of then' });
      const expired = await follow('totalsChanged($after)', totals);
      await expect(expired.next(1)).rejects.toThrow('CURSOR_EXPIRED');
      await expired.close();
    }
    const kept = await follow('activity($after)', at(KEPT_FROM));
    expect(await kept.next(1)).toEqual([{ cursor: at(KEPT_FROM + 1) }]);
    await kept.close();
    expect(await reconnects()).toBe(before);
  });
});
