import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../access/viewer.js';
import type { CommandServices } from '../../commands/commandServices.js';
import { loadStream } from '../../commands/loadStream.js';
import { appendEnvelopes, envelopesOf } from '../../commands/record.js';
import type { EventStore } from '../../eventstore/port.js';
import { canonicalJson } from '../../kernel/canonicalJson.js';
import { type Aggregate, advanceAll, type Snapshot } from '../../kernel/decider.js';
import { derivedUuid, newUuid, streamId } from '../../kernel/ids.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { accessRecord } from './accessRecord.js';
import type { AccessEvent } from './events.js';

/** Who looks. */
type Looker = Pick<Viewer, 'actorId' | 'role' | 'orgUnitId'>;
type Services = Pick<CommandServices, 'store' | 'sealer' | 'clock'>;

const aggregate = accessRecord as unknown as Aggregate;

/** A record to be made, and who waits for it. */
interface Waiting {
  readonly event: AccessEvent;
  readonly viewer: Looker;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Records of one process, one append after the other: nobody else writes to its streams. */
interface Writer {
  /** A new one for each process and store. */
  readonly processId: string;
  /** Where the stream of the day stands; unknown after a failed append, whose outcome is too. */
  snapshot: Snapshot | undefined;
  /** In the order in which they were asked for: those of one viewer that wait together are appended together. */
  readonly waiting: Waiting[];
  writing: boolean;
  /** Looks of this hour, and of some before it, as far as they are recorded or about to be. */
  readonly looks: LRUCache<string, Promise<void>>;
}

/** Looks that are remembered: one that is forgotten is recorded again. */
const REMEMBERED = 10_000;

const writers = new WeakMap<EventStore, Writer>();

function writerOf(store: EventStore): Writer {
  const known = writers.get(store);
  if (known) return known;
  const writer: Writer = {
    processId: newUuid(),
    snapshot: undefined,
    waiting: [],
    writing: false,
    looks: new LRUCache({ max: REMEMBERED }),
  };
  writers.set(store, writer);
  return writer;
}

async function snapshotOf(writer: Writer, store: EventStore, day: string): Promise<Snapshot> {
  const id = streamId(aggregate.category, derivedUuid(writer.processId, day));
  if (writer.snapshot?.id === id) return writer.snapshot;
  // A new day, or an append that seemed to fail and may not have.
  return (await loadStream(store, aggregate, id)).snapshot;
}

async function write(
  writer: Writer,
  services: Services,
  events: readonly AccessEvent[],
  viewer: Looker,
): Promise<void> {
  const now = services.clock.now();
  const snapshot = await snapshotOf(writer, services.store, legalDayOf(now));
  const recording = {
    commandId: newUuid(),
    actor: viewer,
    occurredAt: now,
    now,
    ruleSet: accessRecord.ruleSets[0],
  };
  const envelopes = await envelopesOf(aggregate, snapshot, events, recording, services.sealer);
  writer.snapshot = undefined;
  await appendEnvelopes(services.store, snapshot, envelopes, recording);
  writer.snapshot = advanceAll(aggregate, snapshot, envelopes);
}

/** Records in one append: one that waits may be the first of a whole page. */
const MOST_AT_ONCE = 100;

const isSame = (one: Looker, other: Looker): boolean =>
  one.actorId === other.actorId && one.role === other.role && one.orgUnitId === other.orgUnitId;

/** Those at the head of the queue that one viewer waits for. */
function takeTogether(waiting: Waiting[]): readonly Waiting[] {
  const other = waiting.findIndex(({ viewer }) => !isSame(viewer, waiting[0]!.viewer));
  return waiting.splice(0, Math.min(other < 0 ? waiting.length : other, MOST_AT_ONCE));
}

async function writeAll(writer: Writer, services: Services): Promise<void> {
  writer.writing = true;
  for (let together = takeTogether(writer.waiting); together[0]; together = takeTogether(writer.waiting))
    try {
      const events = together.map(({ event }) => event);
      await write(writer, services, events, together[0].viewer);
      for (const { done } of together) done();
    } catch (error) {
      for (const { failed } of together) failed(error);
    }
  writer.writing = false;
}

/**
 * Records who sees what, and is done when that is on disk: whoever cannot be recorded is not answered.
 * @throws what the store throws
 */
export function recordAccess(services: Services, event: AccessEvent, viewer: Looker): Promise<void> {
  const writer = writerOf(services.store);
  return new Promise((done, failed) => {
    writer.waiting.push({ event, viewer, done, failed });
    if (!writer.writing) void writeAll(writer, services);
  });
}

/** `2022-10-18T02` */
const hourOf = (at: Date): string => at.toISOString().slice(0, 13);

/**
 * Records a look at something, once an hour for each viewer and object: whoever turns pages looks once (DOMAIN 5.3).
 * @throws what the store throws
 */
export function recordLook(services: Services, event: AccessEvent, viewer: Looker): Promise<void> {
  const { looks } = writerOf(services.store);
  const key = canonicalJson([hourOf(services.clock.now()), viewer.actorId, event]);
  const known = looks.get(key);
  if (known) return known;
  const recorded = recordAccess(services, event, viewer);
  looks.set(key, recorded);
  recorded.catch(() => looks.delete(key));
  return recorded;
}
