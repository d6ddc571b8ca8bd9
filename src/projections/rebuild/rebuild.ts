import { setTimeout as delay } from 'node:timers/promises';
import type { OpenReadModel } from '../../database/openReadModel.js';
import { isOutOfRoom } from '../../database/outage.js';
import type { ReadModel } from '../../database/readModel.js';
import { comparePositions, type Position, START } from '../../kernel/position.js';
import { type Checkpoint, furthest, readCheckpoints } from '../checkpoints.js';
import { digestOf } from '../digest.js';
import { alwaysLeads } from '../leadership.js';
import { type ParkedEvent, readParkedEvents } from '../parking/parkedEvents.js';
import { prepareBookkeeping, prepareTables } from '../tables.js';
import { ensureTextIndex } from '../textIndexes.js';
import type { View } from '../view.js';
import { type BuildServices, buildUpTo, RebuildCancelled, RebuildOutOfRoom } from './buildNext.js';
import { type Comparison, compareTables } from './compareTables.js';
import { nextOf } from './names.js';
import { switchTables } from './switchTables.js';

export interface RebuildServices extends BuildServices {
  readonly views: readonly View[];
  /** Another connection to the same read models, which sees them as they are at one moment. */
  readonly openAnother: () => Promise<OpenReadModel>;
  /** Serve what was built although tables of the same version differ; false by default. */
  readonly acceptDifferences?: boolean;
}

/** What a table has become, beside what it was. */
export interface RebuiltTable {
  readonly table: string;
  readonly version: number;
  /** Of what was built, at the moment at which it was compared. */
  readonly digest: string;
  /** Of what was served; undefined when there was nothing. */
  readonly servedVersion?: number | undefined;
  /** Undefined when both are the same. */
  readonly difference?: Comparison | undefined;
  /** What may be why, where both are of the same version. */
  readonly because?: string | undefined;
}

/** A table that was built is not what is served, although both are of one version. What is served was left alone. */
export class RebuildDiffers extends Error {
  override readonly name = 'RebuildDiffers';
  constructor(readonly tables: readonly RebuiltTable[]) {
    const placeIn = ({ difference, because }: RebuiltTable) =>
      `first at key ${difference?.firstKey}${because ? `; ${because}` : ''}`;
    const named = tables.map(each => `${each.table} (${placeIn(each)})`).join(', ');
    super(`What was built from the events differs from what is served, though it is of the same version: ${named}`);
  }
}

const PATIENCE_MS = 2_000;
const POLL_MS = 50;

/** Brings what is served up to a position: waits for its server or, when there is none, does its work. */
async function serveUpTo(services: RebuildServices, end: Position): Promise<void> {
  const { db, signal } = services;
  const served = async () => {
    const known = await readCheckpoints(db);
    return services.views.filter(({ table, version }) => known.get(table)?.version === version);
  };
  const isThere = async () => comparePositions(furthest(services.views, await readCheckpoints(db)), end) >= 0;
  for (let waited = 0; waited < PATIENCE_MS && !signal.aborted; waited += POLL_MS) {
    if (await isThere()) return;
    await delay(POLL_MS);
  }
  const current = await served();
  if (current.length > 0) await buildUpTo({ ...services, onProgress: undefined }, current, end, false);
}

const parkedOf = (events: readonly ParkedEvent[], projection: string): string =>
  JSON.stringify(events.filter(event => event.projection === projection).map(event => event.eventId));

/**
 * What a table of the same version may differ by from the one that was built. Neither is taken for an excuse: whether it
 * is all of the difference nobody can say, and `satchel retry` or a start of the server takes it away.
 */
function reasonOf(view: View, served: Checkpoint, at: Position, parked: readonly ParkedEvent[]): string | undefined {
  if (parkedOf(parked, view.table) !== parkedOf(parked, nextOf(view).table))
    return 'not the same streams are parked in both: satchel parked, satchel retry';
  return served.position === at ? undefined : `what is served stands still at position ${served.position}`;
}

/** What is served, at one moment, beside what was built up to the same position. */
async function compareAtOneMoment(services: RebuildServices): Promise<readonly RebuiltTable[]> {
  const { db, views } = services;
  const another = await services.openAnother();
  try {
    return await another.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async snapshot => {
        const known = await readCheckpoints(snapshot);
        const at = furthest(views, known);
        if (at !== START) await buildUpTo(services, views.map(nextOf), at);
        const parked = await readParkedEvents(snapshot, views);
        const parkedNow = [...parked, ...(await readParkedEvents(db, views.map(nextOf)))];
        const all: RebuiltTable[] = [];
        for (const view of views)
          all.push(await compareOne(services, snapshot, view, { known, at, parked: parkedNow }));
        return all;
      });
  } finally {
    await another.close();
  }
}

async function compareOne(
  { db, rest }: RebuildServices,
  snapshot: ReadModel,
  view: View,
  { known, at, parked }: { known: ReadonlyMap<string, Checkpoint>; at: Position; parked: readonly ParkedEvent[] },
): Promise<RebuiltTable> {
  const next = nextOf(view);
  const served = known.get(view.table);
  const built = { table: view.table, version: view.version, digest: await digestOf(db, next, rest) };
  if (!served) return built;
  const sameVersion = served.version === view.version;
  const same = sameVersion && (await digestOf(snapshot, view, rest)) === built.digest;
  const [before, after] = [
    { db: snapshot, table: view.table },
    { db, table: next.table },
  ];
  const difference = same ? undefined : await compareTables(view, before, after);
  const because = sameVersion && !same ? reasonOf(view, served, at, parked) : undefined;
  return { ...built, servedVersion: served.version, difference, because };
}

async function catchUpAndSwitch(services: BuildServices, views: readonly View[]): Promise<void> {
  const next = views.map(nextOf);
  const { db, store, signal, textIndexFromRows } = services;
  await buildUpTo(services, next, await store.head());
  // So that searches are as fast afterwards as they were. What happens meanwhile is taken in before the switch.
  for (const view of next) await ensureTextIndex(db, view, textIndexFromRows, signal);
  if (signal.aborted) throw new RebuildCancelled('the rebuild was stopped');
  await buildUpTo(services, next, await store.head());
  await switchTables(services, views);
}

/**
 * Builds every read model anew from the events, beside those that are served, compares both at one moment, and then
 * serves what was built. What was served is kept. May run beside a server. Whatever ends it before leaves what is served
 * as it is, and the next rebuild goes on from there.
 * @throws RebuildDiffers, RebuildCancelled, RebuildOutOfRoom
 */
export async function rebuildBeside(services: RebuildServices): Promise<readonly RebuiltTable[]> {
  try {
    await prepareBookkeeping(services.db);
    await prepareTables(services.db, services.views.map(nextOf), await alwaysLeads.tryLead());
    return await buildCompareSwitch(services);
  } catch (error) {
    if (isOutOfRoom(error)) throw new RebuildOutOfRoom({ cause: error });
    // Tables that are gone are told by the database in words of its own.
    if (error instanceof RebuildDiffers || (await isBuilding(services.db, services.views))) throw error;
    throw new RebuildCancelled('another rebuild has finished or given up what this one was building', { cause: error });
  }
}

async function isBuilding(db: ReadModel, views: readonly View[]): Promise<boolean> {
  const known = await readCheckpoints(db);
  return views.some(view => known.has(nextOf(view).table));
}

async function buildCompareSwitch(services: RebuildServices): Promise<readonly RebuiltTable[]> {
  const { db, views, acceptDifferences = false } = services;
  const next = views.map(nextOf);
  const known = await readCheckpoints(db);
  const servedAt = furthest(views, known);
  await buildUpTo(services, next, servedAt === START ? await services.store.head() : servedAt);
  if (servedAt !== START) await serveUpTo(services, furthest(next, await readCheckpoints(db)));
  const tables = await compareAtOneMoment(services);
  const wrong = tables.filter(each => each.difference && each.servedVersion === each.version);
  if (wrong.length > 0 && !acceptDifferences) throw new RebuildDiffers(wrong);
  await catchUpAndSwitch(services, views);
  return tables;
}

/**
 * Builds those of the served read models that are of an earlier version anew, beside them, and serves them then: for the
 * start of a new release. Others may go on serving those that there are.
 * @returns names of the tables
 * @throws RebuildOutOfRoom
 */
export async function renewOutdated(
  services: BuildServices,
  views: readonly View[],
  onBegin: (tables: readonly string[], head: Position) => void,
): Promise<readonly string[]> {
  const outdated = await outdatedOf(services.db, views);
  if (outdated.length === 0) return [];
  const tables = outdated.map(({ table }) => table);
  onBegin(tables, await services.store.head());
  try {
    await prepareBookkeeping(services.db);
    await prepareTables(services.db, outdated.map(nextOf), await alwaysLeads.tryLead());
    await catchUpAndSwitch(services, outdated);
  } catch (error) {
    // Another process of the same release that starts at the same time may be faster.
    if ((await outdatedOf(services.db, views)).length > 0)
      throw isOutOfRoom(error) ? new RebuildOutOfRoom({ cause: error }) : error;
  }
  return tables;
}

async function outdatedOf(db: ReadModel, views: readonly View[]): Promise<readonly View[]> {
  const known = await readCheckpoints(db);
  return views.filter(({ table, version }) => (known.get(table)?.version ?? version) < version);
}
