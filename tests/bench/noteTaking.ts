import type { Viewer } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { newUuid } from '../../src/kernel/ids.js';
import { boundCommand } from '../../src/server/registry.js';
import type { Satchel } from '../../src/server/satchel.js';
import type { Happening } from './bareAppends.js';
import { writeStreams } from './record.js';
import { inFlight } from './rounds.js';
import { residentStream, type SampleStream, visitStream } from './sampleStreams.js';
import { type Post, registerPosts } from './station.js';

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

/** The input of a command, with the id that its client chose. */
export interface Note {
  readonly input: ReturnType<typeof noteOn>;
  readonly by: Viewer;
}

/** A county whose officers write notes on visits: the whole commands that are measured. */
export interface NoteTaking {
  /** As the store has it, so that what is measured beside writes events of the same size. */
  readonly sealedNote: Happening;
  /** Notes as clients send them, each on another visit until all have had their turn. */
  notesOf(round: number, size: number): readonly Note[];
  /** Takes the notes, so many at a time. */
  takeNotes(notes: readonly Note[], clients: number): Promise<void>;
  /** Until what was recorded can be read. */
  caughtUp(): Promise<void>;
}

export async function prepareNoteTaking(satchel: Satchel): Promise<NoteTaking> {
  const { services, stores } = satchel;
  const posts = await registerPosts(satchel);
  const residents = posts.map((post, index) => residentStream(post, index));
  const visits = Array.from({ length: VISITS }, (_, index) => {
    const place = index % posts.length;
    return visitStream(posts[place]!, index, residents[place]!.id, EVENTS_BEFORE, false);
  });
  await writeStreams(stores, [...residents, ...visits]);
  const caughtUp = async () => void (await services.projections.reached(await services.store.head(), 60_000));
  await caughtUp();
  const subjects = new Map(residents.map(resident => [resident.post, resident.id]));
  const recordNote = boundCommand('recordNote');
  const noteAbout = (visit: SampleStream): Note => ({
    input: noteOn(visit, subjects.get(visit.post)),
    by: viewerOf(visit.post),
  });
  const take = async ({ input, by }: Note): Promise<void> => {
    const { refused } = await execute(services.commands, recordNote, input, by);
    if (refused) throw new Error(JSON.stringify(refused));
  };
  return {
    sealedNote: await firstNote(services.store, visits[0]!),
    notesOf: (round, size) =>
      Array.from({ length: size }, (_, index) => noteAbout(visits[(round * size + index) % VISITS]!)),
    takeNotes: (notes, clients) =>
      inFlight(
        clients,
        notes.map(note => () => take(note)),
      ),
    caughtUp,
  };
}

async function firstNote(store: EventStore, visit: SampleStream): Promise<Happening> {
  for await (const batch of store.readStream(visit.id)) {
    const note = batch.find(({ type }) => type === 'VisitNoteRecorded');
    if (note) return note;
  }
  throw new Error('The visit has no note');
}
