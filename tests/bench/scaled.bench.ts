import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import type { Satchel } from '../../src/server/satchel.js';
import { startPostgres } from '../harness/postgres.js';
import { type Appends, makeAppends } from './bareAppends.js';
import { bareClient, bareClientAppends, bareProjection } from './bareEventStoreDb.js';
import type { BenchRow } from './benchRow.js';
import { type Note, prepareNoteTaking } from './noteTaking.js';
import { projectAll } from './rebuild.bench.js';
import { benchDirectory, countyStreams, writeStreams } from './record.js';
import { inTurn } from './rounds.js';
import { registerPosts } from './station.js';

const CLIENTS = 64;
const COMMANDS = 640;
const COMMAND_ROUNDS = 6;
const EVENTS = 20_000;
const PROJECTION_ROUNDS = 5;
const LEAST_PROJECTED = 5_000;

/** The engines for many, the stand-in instead of EventStoreDB: what Satchel makes of them beside what the bare client makes. */
export async function benchScaled(): Promise<BenchRow[]> {
  const postgres = await startPostgres();
  try {
    return [
      await withStandIn(port => benchCommandsThroughStandIn(port)),
      await withStandIn(port => benchProjections(port, name => postgres.makeDatabase(name))),
    ];
  } finally {
    await postgres.stop();
  }
}

async function withStandIn<Result>(work: (port: number) => Promise<Result>): Promise<Result> {
  const standIn: ChildProcess = fork('dist/bench/standInProcess.js');
  try {
    const [port] = await once(standIn, 'message');
    return await work(port);
  } finally {
    standIn.disconnect();
  }
}

const eventStoreAt = (port: number) => ({ address: `esdb://127.0.0.1:${port}?tls=false` });

interface CommandWork {
  readonly notes: readonly Note[];
  readonly appends: Appends;
}

/** Whole commands as in commands.bench.ts, against the client's own appends of events of the same size. */
async function benchCommandsThroughStandIn(port: number): Promise<BenchRow> {
  const directory = benchDirectory('scaled-commands');
  const satchel = await directory.open({ eventStore: eventStoreAt(port) });
  const { sealedNote, notesOf, takeNotes } = await prepareNoteTaking(satchel);
  await satchel.services.projections.stop();
  const client = bareClient(port);
  const rates = await inTurn<CommandWork>({
    rounds: COMMAND_ROUNDS,
    size: COMMANDS,
    work: round => ({ notes: notesOf(round, COMMANDS), appends: makeAppends(CLIENTS, COMMANDS, sealedNote) }),
    ours: { run: ({ notes }) => takeNotes(notes, CLIENTS) },
    baseline: { run: ({ appends }) => bareClientAppends(client).run(appends) },
  });
  await client.dispose();
  await satchel.close();
  directory.remove();
  return { name: `whole commands, ${CLIENTS} in flight, EventStoreDB stand-in`, ...rates, unit: 'commands/s' };
}

/** Every read model from every event, from the stand-in into a database that is new. */
async function benchProjections(port: number, makeDatabase: (name: string) => Promise<string>): Promise<BenchRow> {
  const directory = benchDirectory('scaled-projections');
  const satchel = await directory.open({ eventStore: eventStoreAt(port) });
  const size = await recordCounty(satchel);
  await satchel.services.projections.stop();
  const databases: { ours: string; bare: string }[] = [];
  for (let round = 0; round <= PROJECTION_ROUNDS; round++)
    databases.push({ ours: await makeDatabase(`ours_${round}`), bare: await makeDatabase(`bare_${round}`) });
  const client = bareClient(port);
  const rates = await inTurn({
    rounds: PROJECTION_ROUNDS,
    size,
    work: round => databases[round]!,
    ours: { run: async ({ ours }) => projectAll(satchel.stores, await openPostgresReadModel(ours)) },
    baseline: { run: ({ bare }) => bareProjection(client, bare) },
  });
  await client.dispose();
  await satchel.close();
  directory.remove();
  const name = 'projections into PostgreSQL, EventStoreDB stand-in';
  return { name, ...rates, unit: 'events/s', target: { atLeast: LEAST_PROJECTED } };
}

/** @returns how many events there are */
async function recordCounty(satchel: Satchel): Promise<number> {
  const posts = await registerPosts(satchel);
  await writeStreams(satchel.stores, countyStreams(posts, EVENTS));
  let count = 0;
  for await (const batch of satchel.services.store.readAllRaw()) count += batch.length;
  return count;
}
