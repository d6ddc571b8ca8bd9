import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase, prepareQuery } from '../../src/database/libsql.js';
import { EVENTS_FILE } from '../../src/server/openEvents.js';
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
