import type { Config } from '../config.js';
import { copyEvents } from '../eventstore/copy/copyEvents.js';
import type { EventStore } from '../eventstore/port.js';
import type { Position } from '../kernel/position.js';
import { openEvents } from '../server/openEvents.js';
import { UsageError } from './errors.js';
import { phaseBars } from './phaseBars.js';
import { say } from './say.js';
import { type NamedStore, parseStore, requireTwoStores } from './storeArgument.js';
import { terminationRequested } from './terminate.js';

export interface CopyArguments {
  readonly from: string;
  readonly to: string;
}

/** Opens both, the source first, so that no target is made for a source that is not there; closes them again. */
async function withBoth(
  from: NamedStore,
  to: NamedStore,
  work: (source: EventStore, target: EventStore) => Promise<void>,
): Promise<void> {
  const source = await openEvents(from.location, { readOnly: true });
  try {
    const target = await openEvents(to.location);
    try {
      await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** @throws UsageError naming what the source took in after the copy */
async function requireNothingNew(source: EventStore, after: Position): Promise<void> {
  let [count, first] = [0, ''];
  for await (const batch of source.readAllRaw({ after })) {
    const { streamId, revision, position } = batch[0]!;
    first ||= `the first is revision ${revision} of ${streamId}, at position ${position}`;
    count += batch.length;
  }
  if (count === 0) return;
  throw new UsageError(
    `the source took in ${count} events after those (${first}). End what writes to it, then copy again: it goes on from here`,
  );
}

/** Moves all events to another store, and shows that both hold the same. May be stopped, and goes on the next time. */
export async function copy(config: Config, options: CopyArguments): Promise<void> {
  const from = parseStore('--from', options.from, config);
  const to = parseStore('--to', options.to, config);
  requireTwoStores(from, to);
  const stop = new AbortController();
  void terminationRequested().then(() =>
    stop.abort(new UsageError('stopped; the same command goes on from where it was')),
  );
  await withBoth(from, to, async (source, target) => {
    const bars = phaseBars(await source.head());
    const { count, digest, through, receiptsLeftOut } = await copyEvents(source, target, {
      onProgress: bars.update,
      signal: stop.signal,
    }).finally(bars.stop);
    say(`${digest}  ${count} events, the same in ${from.shown} and ${to.shown}`);
    if (receiptsLeftOut > 0)
      say(
        `${receiptsLeftOut} receipts were left out: their command ids were used in several streams, and here count once`,
      );
    await requireNothingNew(source, through);
  });
}
