import type { EventStore, RawEvent } from '../../eventstore/port.js';
import type { Upcasters } from '../../eventstore/upcasting.js';
import type { EventDefinition } from '../../kernel/events.js';
import { type Position, START } from '../../kernel/position.js';
import { checkBytes } from './bytes.js';
import { meaningCheck } from './meaning.js';
import { orderCheck } from './order.js';
import type { Misfit, Rule } from './rules.js';
import { type OpenSealed, type SealedCount, sealCheck } from './seals.js';

export interface FsckOptions {
  readonly store: Pick<EventStore, 'readAllRaw'>;
  /** Every type of event that there is. */
  readonly definitions: readonly EventDefinition[];
  readonly upcasters: Upcasters;
  /** Left out, sealed values are looked at from outside alone. */
  readonly open?: OpenSealed | undefined;
  /** Told how far it has come, after each batch. */
  readonly onProgress?: (position: Position) => void;
}

/** An event that is not as it must be, with every rule that it breaks. */
export interface UnfitEvent extends Pick<RawEvent, 'position' | 'streamId' | 'revision'> {
  readonly misfits: readonly Misfit[];
}

export interface FsckReport {
  readonly events: number;
  readonly streams: number;
  /** Of the last event that was looked at. */
  readonly position: Position;
  /** How many events break a rule, or several. */
  readonly unfit: number;
  readonly first?: UnfitEvent;
  /** How many events break each rule. */
  readonly broken: ReadonlyMap<Rule, number>;
  readonly sealed: Readonly<SealedCount>;
}

/**
 * Looks at every event that is there when it begins, in order, and changes nothing. What comes meanwhile is left for
 * the next time, so that it ends on a busy server too.
 * @throws StoreCorrupt where the store itself cannot give an event
 */
export async function fsck(options: FsckOptions): Promise<FsckReport> {
  const { store, definitions, upcasters, open, onProgress } = options;
  const order = orderCheck();
  const meaning = meaningCheck(definitions, upcasters);
  const seals = sealCheck(open, order.has);
  const broken = new Map<Rule, number>();
  let [events, unfit, position] = [0, 0, START];
  let first: UnfitEvent | undefined;

  const misfitsOf = async (event: RawEvent): Promise<Misfit[]> => {
    const outside = order.next(event);
    const { envelope, misfits } = checkBytes(event);
    const inside = envelope ? [...meaning(envelope), ...(await seals.check(envelope))] : [];
    return [...outside, ...misfits, ...inside];
  };
  const take = ({ position, streamId, revision }: RawEvent, misfits: readonly Misfit[]): void => {
    if (misfits.length === 0) return;
    unfit++;
    first ??= { position, streamId, revision, misfits };
    for (const rule of new Set(misfits.map(misfit => misfit.rule))) broken.set(rule, (broken.get(rule) ?? 0) + 1);
  };
  for await (const batch of store.readAllRaw()) {
    // Together, so that the vault is asked for the keys of a whole batch at once.
    const found = await Promise.all(batch.map(misfitsOf));
    batch.forEach((event, index) => {
      take(event, found[index]!);
    });
    events += batch.length;
    position = batch.at(-1)!.position;
    onProgress?.(position);
  }
  return { events, streams: order.streams, position, unfit, ...(first && { first }), broken, sealed: seals.count };
}
