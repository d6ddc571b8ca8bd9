import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openControl } from '../../src/policies/control/openControl.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { itIsAControlStore } from './controlContract.js';

let postgres: TestPostgres;
let databases = 0;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const newPlace = () => postgres.makeDatabase(`control_${databases++}`);

async function query(place: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('on PostgreSQL', () => {
  itIsAControlStore({
    newPlace,
    makeNewer: async place => void (await query(place, 'UPDATE satchel_control.about SET version = 9')),
    shown: place => place.replace(/:[^:@]+@/, '@'),
  });

  it('it has a schema of its own, and nothing among the read models', async () => {
    const place = await newPlace();
    await (await openControl(place)).close();
    const tables = await query(
      place,
      "SELECT schemaname FROM pg_tables WHERE schemaname IN ('public', 'satchel_control') GROUP BY 1",
    );
    expect(tables).toEqual([{ schemaname: 'satchel_control' }]);
  });

  it('it is made once by two who begin at the same time', async () => {
    const place = await newPlace();
    const both = await Promise.all([openControl(place), openControl(place)]);
    expect(await query(place, 'SELECT epoch FROM satchel_control.about')).toEqual([{ epoch: 0 }]);
    for (const control of both) await control.close();
  });
});
