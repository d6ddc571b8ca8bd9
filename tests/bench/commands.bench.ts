import { join } from 'node:path';
import type { Viewer } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { newUuid } from '../../src/kernel/ids.js';
import { boundCommand } from '../../src/server/registry.js';
import { type Appends, bareAppends, type Happening, makeAppends } from './bareAppends.js';
import type { BenchRow } from './benchRow.js';
import { benchDirectory, writeStreams } from './record.js';
import { inFlight, inTurn } from './rounds.js';
import { residentStream, type SampleStream, visitStream } from './sampleStreams.js';
import { type Post, registerPosts } from './station.js';

const CLIENTS = 64;
const SIZE = 1_600;
const ROUNDS = 10;
/** Each visit takes four notes or five in all, and has 18 to 22 events throughout. */
const VISITS = 3_600;
const EVENTS_BEFORE = 18;

export const viewerOf = (post: Post): Viewer => ({
  actorId: post.officerId,
  role: 'OFFICER',
  orgUnitId: post.stationId,
  scope: new Set([post.stationId]),
  alsoKnownAs: [],
});

/** What one officer writes down after another, on a visit of his or hers. */
export const noteOn = (visit: SampleStream, subjectId?: string) => ({
  commandId: newUuid(),
  visitId: visit.id,
  text: '老人身体尚好，提醒其防范电信诈骗，约定下月再次回访，届时带去户口簿封皮两个。',
  ...(subjectId ? { subjectId } : {}),
});

interface Work {
  readonly visits: readonly SampleStream[];
  readonly appends: Appends;
}

/**
 * Whole commands in process: authorise, validate, find the receipt, load a visit of 20 events, look up the resident,
 * decide, seal, append. First the path alone, then with the read models following beside it on the same thread.
 */
export async function benchCommands(): Promise<BenchRow[]> {
  const name = `whole commands, ${CLIENTS} in flight`;
  return [
    { name, ...(await rates(false)), unit: 'commands/s', target: { ratio: 0.15 } },
    { name: `${name}, until they can be read`, ...(await rates(true)), unit: 'commands/s' },
  ];
}

async function rates(following: boolean): Promise<Pick<BenchRow, 'ours' | 'baseline'>> {
  const directory = benchDirectory('commands');
  const satchel = await directory.open();
  const posts = await registerPosts(satchel);
  const residents = posts.map((post, index) => residentStream(post, index));
  const visits = Array.from({ length: VISITS }, (_, index) => {
    const place = index % posts.length;
    return visitStream(posts[place]!, index, residents[place]!.id, EVENTS_BEFORE, false);
  });
  await writeStreams(satchel.stores, [...residents, ...visits]);
  const { services } = satchel;
  const caughtUp = async () => void (await services.projections.reached(await services.store.head(), 60_000));
  await caughtUp();
  if (!following) await services.projections.stop();
  const subjects = new Map(residents.map(resident => [resident.post, resident.id]));
  const recordNote = boundCommand('recordNote');
  const bare = bareAppends(join(directory.data, 'bare.db'));
  // As many rows on both sides: an index grows slower as it grows larger.
  await bare.run(makeAppends(CLIENTS, Math.ceil(Number(await services.store.head()) / CLIENTS) * CLIENTS));
  const sealedNote = await firstNote(services.store, visits[0]!);

  const note = async (visit: SampleStream): Promise<void> => {
    const input = noteOn(visit, subjects.get(visit.post));
    const { refused } = await execute(services.commands, recordNote, input, viewerOf(visit.post));
    if (refused) throw new Error(JSON.stringify(refused));
  };
  const measured = await inTurn<Work>({
    rounds: ROUNDS,
    size: SIZE,
    work: round => ({
      visits: Array.from({ length: SIZE }, (_, index) => visits[(round * SIZE + index) % VISITS]!),
      appends: makeAppends(CLIENTS, SIZE, sealedNote),
    }),
    ours: {
      run: async work => {
        await inFlight(
          CLIENTS,
          work.visits.map(visit => () => note(visit)),
        );
        if (following) await caughtUp();
      },
    },
    baseline: { run: work => bare.run(work.appends) },
  });
  bare.close();
  await satchel.close();
  directory.remove();
  return measured;
}

/** As the store has it, so that both sides write events of one size. */
async function firstNote(store: EventStore, visit: SampleStream): Promise<Happening> {
  for await (const batch of store.readStream(visit.id)) {
    const note = batch.find(({ type }) => type === 'VisitNoteRecorded');
    if (note) return note;
  }
  throw new Error('The visit has no note');
}
