import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { deed, open, perform } from './deeds.js';

/**
 * A process of its own: writers side by side execute commands while the projections follow, and each tells its
 * command on standard output once it is acknowledged. `argv`: data directory, master key (base64), writers, deeds a
 * writer (0: until it is killed), and what their names begin with.
 */
const [data = '', key = '', writers = '4', deeds = '0', round = ''] = process.argv.slice(2);
const satchel = await open(data, Buffer.from(key, 'base64'));

async function work(writer: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const done = await perform(satchel, deed(writer, n));
    // The write is synchronous, so that a line is never lost to the kill.
    writeSync(1, `${JSON.stringify({ writer, n, done })}\n`);
    // Now and then it waits to be read, as a mutation does, so that some are killed in the middle of a projection.
    if (n % 3 === 0) await satchel.services.projections.reached(done.position, 10_000);
  }
}

const count = Number(deeds) || Number.POSITIVE_INFINITY;
await Promise.all(Array.from({ length: Number(writers) }, (_, index) => work(`${round}/${index}`, count)));
await satchel.close();
