import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEventStoreDbStandIn } from './eventStoreDbStandIn/standIn.js';

/** A stand-in for EventStoreDB for the events, and an empty database of a real PostgreSQL for the read models. */
export interface EnginePair {
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startEnginePair(): Promise<EnginePair> {
  const standIn = await startEventStoreDbStandIn();
  return {
    settings: {
      SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false`,
      SATCHEL_DATABASE: await emptyDatabase(),
    },
    stop: () => standIn.stop(),
  };
}

async function emptyDatabase(): Promise<string> {
  const first = process.env.SATCHEL_TEST_POSTGRES;
  if (!first) throw new Error('There is no PostgreSQL: run these tests by npm run test:scaled');
  const name = `satchel_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: first });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return first.replace(/\/first$/, `/${name}`);
}
