import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealerOf } from '../../src/access/vault/sealFields.js';
import { ruleSetAt } from '../../src/commands/decide.js';
import { appendEnvelopes, envelopesOf, type Sealer } from '../../src/commands/record.js';
import type { Appended, EventStore } from '../../src/eventstore/port.js';
import { systemClock } from '../../src/kernel/clock.js';
import { emptySnapshot } from '../../src/kernel/decider.js';
import { newUuid } from '../../src/kernel/ids.js';
import { openSatchel, type Satchel, type SatchelOptions } from '../../src/server/satchel.js';
import type { Stores } from '../../src/server/stores.js';
import { certificateStream, disputeStream, residentStream, type SampleStream, visitStream } from './sampleStreams.js';
import type { Post } from './station.js';

/** A data directory of its own, under the one that is measured on. */
export interface BenchDirectory {
  readonly data: string;
  readonly masterKey: Buffer;
  /** `more` says which engines are not files of this directory. */
  open(more?: Pick<SatchelOptions, 'eventStore' | 'database' | 'vault' | 'textIndexes'>): Promise<Satchel>;
  remove(): void;
}

export function benchDirectory(name: string): BenchDirectory {
  const data = mkdtempSync(join(process.env.SATCHEL_BENCH_DIR ?? tmpdir(), `satchel-${name}-`));
  const masterKey = randomBytes(32);
  return {
    data,
    masterKey,
    open: more =>
      openSatchel({
        ...more,
        data,
        masterKey,
        clock: systemClock,
        mutationWait: 10_000,
        readAfterTimeout: 10_000,
        onError: error => {
          throw error;
        },
      }),
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
}

const IN_FLIGHT = 64;

/** Appends streams as they are, sealed as the command path seals them; tells how many events there are by now. */
export async function writeStreams(
  { events: store, vault }: Stores,
  streams: readonly SampleStream[],
  onWritten: (events: number) => void = () => {},
): Promise<void> {
  const sealer = await sealerOf(vault);
  let written = 0;
  for (let start = 0; start < streams.length; start += IN_FLIGHT) {
    const some = streams.slice(start, start + IN_FLIGHT);
    // All keys in one transaction: each by itself would wait for the disk.
    await vault.sealingKeys(some.map(({ id }) => id));
    await Promise.all(some.map(stream => write(store, sealer, stream)));
    written += some.reduce((sum, { events }) => sum + events.length, 0);
    onWritten(written);
  }
}

async function write(store: EventStore, sealer: Sealer, stream: SampleStream): Promise<Appended> {
  const { aggregate, id, post, occurredAt, events } = stream;
  const recording = {
    commandId: newUuid(),
    actor: { actorId: post.officerId, role: 'OFFICER' as const, orgUnitId: post.stationId },
    occurredAt,
    now: new Date(),
    ruleSet: ruleSetAt(aggregate, occurredAt.toISOString()),
  };
  const nothing = emptySnapshot(aggregate, id);
  return appendEnvelopes(store, nothing, await envelopesOf(aggregate, nothing, events, recording, sealer), recording);
}

/** The work of a county until there are about so many events: two thirds visits, the rest disputes, certificates, residents. */
export function countyStreams(posts: readonly Post[], events: number): readonly SampleStream[] {
  const streams: SampleStream[] = [];
  for (let counter = 0, size = 0; size < events; counter++) {
    const post = posts[counter % posts.length]!;
    const [one, other] = [residentStream(post, 2 * counter), residentStream(post, 2 * counter + 1)];
    const some = [
      one,
      other,
      visitStream(post, 3 * counter, one.id),
      visitStream(post, 3 * counter + 1, other.id),
      visitStream(post, 3 * counter + 2, one.id),
      disputeStream(post, counter, [one.id, other.id]),
      certificateStream(post, counter, one.id),
    ];
    streams.push(...some);
    size += some.reduce((sum, stream) => sum + stream.events.length, 0);
  }
  return streams;
}
