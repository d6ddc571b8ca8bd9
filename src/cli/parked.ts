import { lensOf } from '../access/vault/sealFields.js';
import type { Config } from '../config.js';
import { readParkedEvents } from '../projections/parking/parkedEvents.js';
import { ParkedStreams } from '../projections/parking/parkedStreams.js';
import { retryStream } from '../projections/parking/retryStream.js';
import { prepareBookkeeping } from '../projections/tables.js';
import { views } from '../server/registry.js';
import { openStores, type Stores } from '../server/stores.js';
import { UsageError } from './errors.js';
import { locationsOf } from './locations.js';
import { say } from './say.js';

async function onStores<T>(config: Config, job: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await openStores(locationsOf(config));
  try {
    await prepareBookkeeping(stores.readModel.db);
    return await job(stores);
  } finally {
    await stores.close();
  }
}

const parkedIn = async ({ readModel: { db } }: Stores) => new ParkedStreams(await readParkedEvents(db, views)).list;

/** Prints what read models have set aside, a line each. May run beside a server. */
export const listParked = (config: Config): Promise<void> =>
  onStores(config, async stores => {
    const parked = await parkedIn(stores);
    if (parked.length === 0) say('No stream is parked.');
    for (const { streamId, projection, events, type, revision, reason } of parked)
      say(`${streamId}  ${projection}  ${events} events from revision ${revision}, ${type}: ${reason}`);
  });

/**
 * Takes the parked events of a stream in, or of every parked stream. May run beside a server.
 * @throws UsageError for a stream that is not parked, and when some still cannot be taken in
 */
export const retryParked = (config: Config, streamId: string | undefined): Promise<void> =>
  onStores(config, async stores => {
    const ids = new Set((await parkedIn(stores)).map(stream => stream.streamId));
    if (streamId !== undefined && !ids.has(streamId))
      throw new UsageError(`${streamId} is not parked; \`satchel parked\` lists what is`);
    const services = { store: stores.events, db: stores.readModel.db, views, lens: await lensOf(stores.vault) };
    for (const id of streamId === undefined ? ids : [streamId]) {
      const { taken, failed } = await retryStream(services, id);
      say(`${id}  ${taken} events taken in${failed.map(({ message }) => `; ${message}`).join('')}`);
    }
    const left = (await parkedIn(stores)).filter(stream => streamId === undefined || stream.streamId === streamId);
    if (left.length > 0) throw new UsageError('some events could not be taken in still, and stay parked');
    if (ids.size === 0) say('No stream is parked.');
  });
