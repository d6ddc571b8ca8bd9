import type {
  Append,
  Appended,
  RawEvent,
  ReadAllOptions,
  ReadStreamOptions,
  Receipt,
} from '../../src/eventstore/port.js';
import { categoryOf } from '../../src/kernel/ids.js';

export type ModelOutcome = Appended | 'REVISION_CONFLICT' | 'COMMAND_ID_TAKEN';

/** The event store as a list in memory, so simple that it is plainly right. */
export class EventStoreModel {
  readonly log: RawEvent[] = [];
  readonly receipts = new Map<string, Receipt>();

  revisionOf(streamId: string): number {
    return this.log.filter(event => event.streamId === streamId).length - 1;
  }

  append({ streamId, expectedRevision, events, receipt }: Append): ModelOutcome {
    if (receipt && this.receipts.has(receipt.commandId)) return 'COMMAND_ID_TAKEN';
    if (this.revisionOf(streamId) !== expectedRevision) return 'REVISION_CONFLICT';
    const kept = receipt && { ...receipt, firstRevision: expectedRevision + 1 };
    for (const event of events) {
      const isLast = event === events.at(-1);
      const position = String(this.log.length + 1);
      this.log.push({ ...event, streamId, position, ...(isLast && kept && { receipt: kept }) });
    }
    const [position, lastRevision] = [String(this.log.length), this.revisionOf(streamId)];
    if (kept) this.receipts.set(kept.commandId, { ...kept, streamId, lastRevision, position });
    return { position, lastRevision };
  }

  readStream(
    streamId: string,
    { fromRevision = 0, maxCount = Number.POSITIVE_INFINITY }: ReadStreamOptions,
  ): RawEvent[] {
    return this.log
      .filter(event => event.streamId === streamId && event.revision >= fromRevision)
      .filter((_, index) => index < maxCount);
  }

  readAll({ after = '0', categories }: ReadAllOptions): RawEvent[] {
    return this.log.filter(
      event => Number(event.position) > Number(after) && (categories?.includes(categoryOf(event.streamId)) ?? true),
    );
  }
}
