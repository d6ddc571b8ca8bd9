import { sql } from 'kysely';
import type { Vault } from '../access/vault/vault.js';
import { isOutage } from '../database/outage.js';
import { StoreUnavailable } from '../eventstore/errors.js';
import type { Services } from '../graphql/context.js';
import { countedIn, distance, type Position } from '../kernel/position.js';
import type { ProjectionStatus } from '../projections/runner.js';
import type { Readiness } from './health.js';

/** How far the read models may lag behind and still be called ready: a thousand events, or about as much in bytes. */
const TOLERATED = { events: 1000, bytes: 1024 * 1024 } as const;

/** Of an open Satchel, as far as it is looked at here. */
interface Sources {
  readonly services: Pick<Services, 'store' | 'db' | 'projections'>;
  readonly stores: { readonly vault: Pick<Vault, 'ping'> };
}

type Leading = Pick<Services['projections'], 'leadership'>;

interface Part extends Readiness {
  readonly name: string;
  readonly text: string;
}

function partOf({ name, position, stopped, parkedStreams }: ProjectionStatus, head: Position): Part {
  const unit = countedIn(head);
  const behind = distance(position, head);
  const parked = parkedStreams > 0 ? `, ${parkedStreams} ${parkedStreams === 1 ? 'stream' : 'streams'} parked` : '';
  return {
    name,
    ready: !stopped && behind <= TOLERATED[unit],
    degraded: parkedStreams > 0,
    text: `${stopped ?? `${behind} ${unit} behind`}${parked}`,
  };
}

/** Position of the last event; or what is away for now: the event store, or the database of the read models or the vault. */
async function headOrAway({ services: { store, db }, stores }: Sources): Promise<Readiness | Position> {
  let asked: 'readModels' | 'vault' | 'events' = 'readModels';
  try {
    await sql`select 1`.execute(db);
    asked = 'vault';
    await stores.vault.ping();
    asked = 'events';
    return await store.head();
  } catch (error) {
    if (error instanceof StoreUnavailable)
      return { ready: false, parts: { events: 'the event store does not answer' } };
    if (isOutage(error)) return { ready: false, parts: { [asked]: 'the database does not answer' } };
    throw error;
  }
}

const LEADER = 'leader';

/**
 * Who runs the projections, where several processes share the read models. A leader with nothing to do says that it is
 * alive all the same; a dead one is replaced within seconds, unless nobody is left who could.
 */
async function leaderPart({ leadership }: Leading): Promise<readonly Part[]> {
  const leader = await leadership.leader();
  if (!leader) return leadership.leads ? [] : [{ name: LEADER, ready: false, text: 'nobody leads' }];
  const { name, itself, alive, silentFor } = leader;
  if (itself) return [{ name: LEADER, ready: true, text: `${name}, this process` }];
  const silence = `silent for ${Math.round(silentFor)} s`;
  return [{ name: LEADER, ready: alive, text: alive ? `${name}, alive` : `${name}, ${silence}` }];
}

/**
 * Ready once stores and databases answer, someone leads, and every projection runs near its head; parked streams make it
 * degraded.
 */
export async function readinessOf(satchel: Sources): Promise<Readiness> {
  const { services } = satchel;
  const head = await headOrAway(satchel);
  if (typeof head !== 'string') return head;
  const { projections } = services;
  const parts = [...(await leaderPart(projections)), ...projections.status().map(status => partOf(status, head))];
  return {
    ready: parts.every(part => part.ready),
    degraded: parts.some(part => part.degraded),
    parts: Object.fromEntries(parts.map(part => [part.name, part.text])),
  };
}
