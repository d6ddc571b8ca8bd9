import { beOnlyWriter, changeTables, isLockTimeout, waitForReadersNoLonger } from '../../database/differences.js';
import type { ReadModel, ReadModelTransaction } from '../../database/readModel.js';
import { beginEpoch, dropCheckpoint, furthest, readCheckpoints, renameCheckpoint } from '../checkpoints.js';
import { dropParkedEvents, renameParkedEvents } from '../parking/parkedEvents.js';
import { dropTable } from '../tables.js';
import type { View } from '../view.js';
import { nextOf, oldOf } from './names.js';
import { type RestServices, takeRest } from './takeRest.js';

export interface SwitchServices extends RestServices {
  readonly db: ReadModel;
}

/** Of a lock that readers hold, a moment each. */
const LOCK_TRIES = 50;

async function drop(db: ReadModel, view: View): Promise<void> {
  await dropTable(db, view);
  await dropCheckpoint(db, view.table);
  await dropParkedEvents(db, view.table);
}

/** Drops those of these tables that are there. @returns their names */
async function dropTables(db: ReadModel, views: readonly View[]): Promise<readonly string[]> {
  return changeTables(db, async inside => {
    const known = await readCheckpoints(inside);
    const there = views.filter(({ table }) => known.has(table));
    for (const view of there) await drop(inside, view);
    return there.map(({ table }) => table);
  });
}

/** Gives up what is being built. @returns names of the tables that were dropped */
export const dropNext = (db: ReadModel, views: readonly View[]) => dropTables(db, views.map(nextOf));

/** Lets go of what was served before. @returns names of the tables that were dropped */
export const dropOld = (db: ReadModel, views: readonly View[]) => dropTables(db, views.map(oldOf));

async function renameBookkeeping(transaction: ReadModelTransaction, from: View, to: View): Promise<void> {
  await renameCheckpoint(transaction, from.table, to.table);
  await renameParkedEvents(transaction, from.table, to.table);
}

const renameTable = (transaction: ReadModelTransaction, from: View, to: View) =>
  transaction.schema.alterTable(from.table).renameTo(to.table).execute();

async function trySwitch(services: SwitchServices, views: readonly View[]): Promise<void> {
  const next = views.map(nextOf);
  await services.db.transaction().execute(async transaction => {
    await waitForReadersNoLonger(transaction);
    await beOnlyWriter(transaction);
    // A write first, which holds back every other writer; and runners begin again from what they then find.
    for (const view of views) await beginEpoch(transaction, view.table);
    const known = await readCheckpoints(transaction);
    // Nobody who has seen an event is to see it gone.
    await takeRest(transaction, services, next, known, furthest(views, known));
    const served = views.filter(({ table }) => known.has(table));
    for (const view of served) await renameBookkeeping(transaction, view, oldOf(view));
    for (const view of views) await renameBookkeeping(transaction, nextOf(view), view);
    for (const { table } of views) await beginEpoch(transaction, table, known.get(table)?.epoch);
    // Last, since readers wait from the first of these on.
    for (const view of served) await renameTable(transaction, view, oldOf(view));
    for (const view of views) await renameTable(transaction, nextOf(view), view);
  });
}

/**
 * Serves what was built, in one transaction, and keeps what was served; what had been kept before is dropped. Events that
 * were taken in meanwhile by what is served are taken in before: there should be few.
 */
export async function switchTables(services: SwitchServices, views: readonly View[]): Promise<void> {
  await dropOld(services.db, views);
  for (let tries = 1; ; tries++)
    try {
      return await trySwitch(services, views);
    } catch (error) {
      if (!isLockTimeout(error) || tries === LOCK_TRIES) throw error;
    }
}
