/** An event as the stand-in keeps it. */
export interface KeptEvent {
  readonly id: string;
  readonly streamId: string;
  readonly revision: number;
  readonly commit: bigint;
  readonly prepare: bigint;
  readonly metadata: ReadonlyMap<string, string>;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

export type Proposed = Pick<KeptEvent, 'id' | 'metadata' | 'customMetadata' | 'data'>;

export type WriteResult =
  | { readonly written: KeptEvent }
  | { readonly refused: 'conflict'; readonly current: number }
  | { readonly refused: 'deleted' };

export const NO_STREAM = -1;

/** Beyond what a JavaScript number holds exactly: who turns a position into one is found out. */
const FIRST_POSITION = 9_007_199_254_740_993n;

/** The log of the stand-in, in memory. All events of one write share their commit position. */
export class StandInLog {
  readonly events: KeptEvent[] = [];
  private readonly streams = new Map<string, KeptEvent[]>();
  private readonly tombstones = new Set<string>();
  /** First revision that can still be read, of streams that were deleted softly. */
  private readonly truncatedBefore = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private end = FIRST_POSITION;
  private keptFrom = FIRST_POSITION;

  write(streamId: string, expected: number | 'any', proposed: readonly Proposed[]): WriteResult {
    if (this.tombstones.has(streamId)) return { refused: 'deleted' };
    const stream = this.streams.get(streamId) ?? [];
    const current = stream.length - 1;
    const isSoftlyDeleted = this.truncatedBefore.get(streamId) === stream.length;
    if (expected === 'any' || expected === current || (expected === NO_STREAM && isSoftlyDeleted)) {
      return { written: this.add(streamId, stream, proposed) };
    }
    const there = stream.slice(expected + 1, expected + 1 + proposed.length);
    const isRepeat = expected < current && proposed.every(({ id }, index) => there[index]?.id === id);
    return isRepeat ? { written: there.at(-1)! } : { refused: 'conflict', current };
  }

  read(streamId: string): readonly KeptEvent[] | 'missing' | 'deleted' {
    if (this.tombstones.has(streamId)) return 'deleted';
    const stream = this.streams.get(streamId);
    const first = this.truncatedBefore.get(streamId) ?? 0;
    return stream === undefined || first === stream.length ? 'missing' : stream.slice(first);
  }

  /** As another program would; `forGood` leaves a tombstone. */
  delete(streamId: string, { forGood }: { readonly forGood: boolean }): void {
    if (forGood) this.tombstones.add(streamId);
    else this.truncatedBefore.set(streamId, this.streams.get(streamId)?.length ?? 0);
  }

  /** As from an older copy, while it does not run: the last events are gone. */
  putBack(count: number): void {
    for (const { streamId } of this.events.slice(-count)) this.streams.get(streamId)!.pop();
    for (const [streamId, events] of this.streams) if (events.length === 0) this.streams.delete(streamId);
    this.end = this.events.splice(-count)[0]!.prepare;
  }

  /** The first events are removed for good, as streams are truncated or too old; those behind keep their positions. */
  scavenge(count: number): void {
    for (const { streamId, revision } of this.events.splice(0, count)) this.truncatedBefore.set(streamId, revision + 1);
    this.keptFrom = this.events[0]?.prepare ?? this.end;
  }

  /**
   * Whether it is a place to read from: where an event stands, or within what was removed. Anything else is in the
   * middle of one.
   */
  isReadable(commit: bigint, prepare: bigint): boolean {
    if (prepare < this.keptFrom || prepare >= this.end) return true;
    return this.events.some(event => event.commit === commit && event.prepare === prepare);
  }

  onWrite(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private add(streamId: string, stream: KeptEvent[], proposed: readonly Proposed[]): KeptEvent {
    const commit = this.end;
    for (const event of proposed) {
      const kept = { ...event, streamId, revision: stream.length, commit, prepare: this.end };
      stream.push(kept);
      this.events.push(kept);
      this.end += 128n + BigInt(event.data.length);
    }
    this.streams.set(streamId, stream);
    for (const listener of [...this.listeners]) listener();
    return stream.at(-1)!;
  }
}
