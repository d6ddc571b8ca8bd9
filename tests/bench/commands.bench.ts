import { join } from 'node:path';
import { type Appends, bareAppends, makeAppends } from './bareAppends.js';
import type { BenchRow } from './benchRow.js';
import { type Note, prepareNoteTaking } from './noteTaking.js';
import { benchDirectory } from './record.js';
import { inTurn } from './rounds.js';

const CLIENTS = 64;
const SIZE = 1_600;
const ROUNDS = 10;

interface Work {
  readonly notes: readonly Note[];
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
  const { sealedNote, notesOf, takeNotes, caughtUp } = await prepareNoteTaking(satchel);
  const { store, projections } = satchel.services;
  if (!following) await projections.stop();
  const bare = bareAppends(join(directory.data, 'bare.db'));
  // As many rows on both sides: an index grows slower as it grows larger.
  await bare.run(makeAppends(CLIENTS, Math.ceil(Number(await store.head()) / CLIENTS) * CLIENTS));
  const measured = await inTurn<Work>({
    rounds: ROUNDS,
    size: SIZE,
    work: round => ({ notes: notesOf(round, SIZE), appends: makeAppends(CLIENTS, SIZE, sealedNote) }),
    ours: {
      run: async ({ notes }) => {
        await takeNotes(notes, CLIENTS);
        if (following) await caughtUp();
      },
    },
    baseline: { run: ({ appends }) => bare.run(appends) },
  });
  bare.close();
  await satchel.close();
  directory.remove();
  return measured;
}
