import { startPostgres } from './postgres.js';

/** One PostgreSQL for a whole run: each Satchel of its tests makes a database of its own in it (enginePair.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  process.env.SATCHEL_TEST_POSTGRES = await postgres.makeDatabase('first');
  return () => postgres.stop();
}
