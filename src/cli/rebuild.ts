import { constants, setPriority } from 'node:os';
import { lensOf } from '../access/vault/sealFields.js';
import type { Config } from '../config.js';
import { countedIn, countOf } from '../kernel/position.js';
import { RebuildCancelled } from '../projections/rebuild/buildNext.js';
import type { Comparison } from '../projections/rebuild/compareTables.js';
import { RebuildDiffers, type RebuiltTable, rebuildBeside } from '../projections/rebuild/rebuild.js';
import { dropNext, dropOld } from '../projections/rebuild/switchTables.js';
import { prepareBookkeeping } from '../projections/tables.js';
import { views } from '../server/registry.js';
import { openReadModel, openStores, type Stores } from '../server/stores.js';
import { UsageError } from './errors.js';
import { locationsOf } from './locations.js';
import { progressBar } from './progress.js';
import { say, sayAside, sayError } from './say.js';
import { terminationRequested } from './terminate.js';

export interface RebuildOptions {
  /** Give up an unfinished rebuild, and do nothing else. */
  readonly cancel?: boolean;
  /** Let go of what was served before the last rebuild, and do nothing else. */
  readonly dropOld?: boolean;
  /** Let go of everything that was built before it begins. */
  readonly fromNothing?: boolean;
  readonly acceptDifferences?: boolean;
}

/** Measured: on two cores, the slowest queries beside a rebuild without rests take over twice as long as without it. */
const REST = 2;

const countsOf = ({ same, differ, added, gone }: Comparison): string =>
  `${same} rows the same, ${differ} differ, ${added} new, ${gone} gone`;

function remarkOn({ version, servedVersion, difference, because }: RebuiltTable): string {
  if (servedVersion === undefined) return 'new';
  if (!difference) return 'as before';
  const versions = servedVersion === version ? '' : `version ${servedVersion} is now ${version}: `;
  return `${versions}${countsOf(difference)}${because ? ` (${because})` : ''}`;
}

/** Serving goes before building. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Where the system does not allow it, both are served alike.
  }
}

async function build(config: Config, stores: Stores, acceptDifferences: boolean): Promise<void> {
  const { events: store, vault, readModel } = stores;
  const head = await store.head();
  const cancel = new AbortController();
  void terminationRequested().then(() => cancel.abort());
  const bar = progressBar({ name: 'Rebuilding', total: countOf(head), unit: countedIn(head) });
  try {
    const tables = await rebuildBeside({
      store,
      db: readModel.db,
      hasRoomToSpare: readModel.hasRoomToSpare,
      views,
      lens: await lensOf(vault),
      openAnother: () => openReadModel(locationsOf(config)),
      onError: sayError,
      onProgress: position => bar.update(Math.min(countOf(position), countOf(head))),
      signal: cancel.signal,
      rest: REST,
      acceptDifferences,
    });
    bar.stop();
    for (const table of tables) say(`${table.digest}  ${table.table}  ${remarkOn(table)}`);
    sayAside('What was built is served now; what was served before is kept until satchel rebuild --drop-old.');
  } finally {
    bar.stop();
  }
}

const WAYS_OUT =
  'Nothing was changed. Ask why before you go on: --accept-differences serves what was built all the same, ' +
  '--cancel gives it up';

function explained(error: unknown): unknown {
  if (error instanceof RebuildDiffers) {
    for (const { table, difference } of error.tables) if (difference) sayAside(`${table}: ${countsOf(difference)}`);
    return new UsageError(`${error.message}. ${WAYS_OUT}`);
  }
  if (error instanceof RebuildCancelled)
    return new UsageError(`${error.message}; satchel rebuild goes on from there, satchel rebuild --cancel gives it up`);
  return error;
}

/**
 * Builds every read model anew from the events, beside those that are served, and serves them then. May run beside a
 * server. Prints the digest of each, and how it differs from what it was.
 */
export async function rebuild(config: Config, options: RebuildOptions): Promise<void> {
  giveWay();
  const stores = await openStores(locationsOf(config), { fromNothing: options.fromNothing ?? false });
  const { db } = stores.readModel;
  try {
    await prepareBookkeeping(db);
    if (options.cancel) say(`Given up: ${(await dropNext(db, views)).length} tables.`);
    else if (options.dropOld) say(`Let go of: ${(await dropOld(db, views)).length} tables.`);
    else await build(config, stores, options.acceptDifferences ?? false);
  } catch (error) {
    throw explained(error);
  } finally {
    await stores.close();
  }
}
