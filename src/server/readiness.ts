import { sql } from 'kysely';
import type { Vault } from '../access/vault/vault.js';
import { isOutage } from '../database/outage.js';
import { StoreUnavailable } from '../eventstore/errors.js';
import type { Services } from '../graphql/context.js';
import { comparePositions, countedIn, distance, type Position } from '../kernel/position.js';
import type { PolicyRunner, PolicyStatus } from '../policies/runner.js';
import type { ProjectionStatus } from '../projections/runnerOptions.js';
import { type Part, type PartState, type Readiness, readinessWith } from './health.js';
import { type Lag, lagsOf } from './lag.js';

/**
 * How far the read models may lag behind and still be called ready: a thousand events, or about as much in bytes. And
 * for how long: a read model that goes on takes in what is near the head well within the seconds, so that one that
 * lacks the same event for longer does not go on, or so slowly that it is of no use.
 */
const TOLERATED = { events: 1000, bytes: 1024 * 1024, seconds: 30 } as const;

/** Of an open Satchel, as far as it is looked at here. */
export interface ReadinessSources {
  readonly services: Pick<Services, 'store' | 'db' | 'clock'> & {
    readonly projections: Pick<Services['projections'], 'status' | 'leadership'>;
  };
  readonly stores: { readonly vault: Pick<Vault, 'ping'> };
  readonly policies: Pick<PolicyRunner, 'status'>;
}

const STANDS_STILL = {
  WAITING: 'waits until a store answers again, or has room; the log of the server says what is wrong',
  STOPPED: 'has stopped for good; the log of the server says why: mend that, and start the server anew',
} as const;

function stateOf({ stopped, parkedStreams, isWaiting }: ProjectionStatus, behind: number, isLate: boolean): PartState {
  if (stopped) return isWaiting ? 'WAITING' : 'STOPPED';
  if (isLate) return 'LATE';
  if (parkedStreams > 0) return 'PARKED';
  return behind > 0 ? 'BEHIND' : 'UP_TO_DATE';
}

const AHEAD: Part = {
  state: 'DAMAGED',
  text: 'holds more than the event store does, which is another one or was put back from an older copy: end every server, and then satchel rebuild --from-nothing',
};

/** @param head as it was after the status was asked for */
function partOf(status: ProjectionStatus, head: Position, { seconds }: Lag): Part {
  if (comparePositions(status.position, head) > 0) return AHEAD;
  const unit = countedIn(head);
  const behind = distance(status.position, head);
  const state = stateOf(status, behind, behind > TOLERATED[unit] || seconds > TOLERATED.seconds);
  const { parkedStreams } = status;
  const parked = parkedStreams > 0 ? `, ${parkedStreams} ${parkedStreams === 1 ? 'stream' : 'streams'} parked` : '';
  const since = state === 'LATE' ? ` for ${Math.round(seconds)} s` : '';
  const standing =
    state === 'WAITING' || state === 'STOPPED' ? STANDS_STILL[state] : `${behind} ${unit} behind${since}`;
  return { state, text: `${standing}${parked}` };
}

/**
 * Who runs the projections, where several processes share the read models. A leader with nothing to do says that it is
 * alive all the same; a dead one is replaced within seconds, unless nobody is left who could. That it says so does not
 * show that its projections go on: what the read models lack does.
 */
async function leaderPart({ leadership }: Pick<Services['projections'], 'leadership'>): Promise<Part | undefined> {
  const leader = await leadership.leader();
  if (!leader) return leadership.leads ? undefined : { state: 'NOBODY', text: 'nobody leads' };
  const { name, itself, alive, silentFor } = leader;
  if (itself) return { state: 'LEADS', text: `${name}, this process` };
  return alive
    ? { state: 'LEADS', text: `${name}, alive` }
    : { state: 'SILENT', text: `${name}, silent for ${Math.round(silentFor)} s` };
}

/**
 * Whether what is due is recorded; nothing to tell where another process sees to it. Held up, it is recorded later, and
 * nobody needs to be sent elsewhere for that.
 */
function policiesPart({ running, heldUp, silentFor, postponedSince }: PolicyStatus): Part | undefined {
  const text = 'what is due is recorded later; the log of the server says what is wrong';
  if (heldUp !== undefined) return { state: 'HELD_UP', text: `do not go on for now: ${text}` };
  if (!running) return undefined;
  if (silentFor > TOLERATED.seconds) return { state: 'HELD_UP', text: `hang for ${Math.round(silentFor)} s: ${text}` };
  if (postponedSince !== undefined)
    return {
      state: 'HELD_UP',
      text: `could not record what was due at ${postponedSince}, and try again every hour; the log of the server says what is wrong`,
    };
  return { state: 'UP_TO_DATE', text: 'record what is due' };
}

/** Every command fails, and no query does: whoever only asks whether the store can be read would not find out. */
const FULL: Part = {
  state: 'FULL',
  text: 'no room is left on the disk of the events: nothing can be recorded until there is; what is there can be read, but for words whose reading is recorded first',
};

/** Not down: what is there can be read, and nobody would find out that it is over if nothing were sent any more. */
const REFUSING: Part = {
  state: 'REFUSING',
  text: 'what was last sent to be recorded was not taken: commands may fail until one is; what is there can be read, but for words whose reading is recorded first',
};

const eventsPart = (store: Pick<Services['store'], 'hasRoom' | 'refusesAppends'>): Part | undefined => {
  if (!store.hasRoom()) return FULL;
  return store.refusesAppends() ? REFUSING : undefined;
};

/** What a store that cannot be asked is to those who ask: its own words are for the log. */
function trouble(error: unknown): Part {
  if (error instanceof StoreUnavailable) return { state: 'AWAY', text: 'the event store does not answer' };
  if (isOutage(error)) return { state: 'AWAY', text: 'the database does not answer' };
  return { state: 'DAMAGED', text: 'cannot be used as it is; the log of the server says what is wrong' };
}

/**
 * Ready once stores and databases answer, someone leads, and every projection goes on near its head; parked streams make
 * it degraded.
 * @param onTrouble told what a store that cannot be asked has thrown, and of nothing when all could be
 */
export async function readinessOf(
  { services, stores, policies }: ReadinessSources,
  onTrouble: (error?: unknown) => void = () => undefined,
): Promise<Readiness> {
  const { store, db, projections } = services;
  let asked: 'readModels' | 'vault' | 'events' = 'readModels';
  try {
    await sql`select 1`.execute(db);
    const leader = await leaderPart(projections);
    asked = 'vault';
    await stores.vault.ping();
    asked = 'events';
    const all = projections.status();
    const head = await store.head();
    const lags = await lagsOf(services, all, head, 1);
    const parts = all.map(status => [status.name, partOf(status, head, lags.get(status.position)!)] as const);
    onTrouble();
    const events = eventsPart(store);
    const due = policiesPart(policies.status());
    return readinessWith({
      ...(events && { events }),
      ...(leader && { leader }),
      ...(due && { policies: due }),
      ...Object.fromEntries(parts),
    });
  } catch (error) {
    onTrouble(error);
    return readinessWith({ [asked]: trouble(error) });
  }
}
