import type { Append, RawEvent } from '../port.js';

/**
 * Puts events back into the appends in which they came, so that a command is there whole or not at all. Its receipt
 * stands beside its last event and says which was its first; events of no receipt go one by one.
 */
export class AppendsOf {
  private waiting: RawEvent[] = [];

  /** Those that are complete with these events. */
  take(events: readonly RawEvent[]): Append[] {
    const appends: Append[] = [];
    for (const event of events) {
      if (this.waiting.length > 0 && this.waiting[0]!.streamId !== event.streamId) appends.push(...this.rest());
      this.waiting.push(event);
      if (event.receipt) appends.push(...this.endingWith(event.receipt));
    }
    return appends;
  }

  /** Those that no receipt will come for. */
  rest(): Append[] {
    const appends = this.waiting.map(event => appendOf([event]));
    this.waiting = [];
    return appends;
  }

  private endingWith({ firstRevision, ...receipt }: NonNullable<RawEvent['receipt']>): Append[] {
    const command = this.waiting.filter(({ revision }) => revision >= firstRevision);
    this.waiting = this.waiting.slice(0, -command.length);
    return [...this.rest(), { ...appendOf(command), receipt }];
  }
}

const appendOf = (events: readonly RawEvent[]): Append => ({
  streamId: events[0]!.streamId,
  expectedRevision: events[0]!.revision - 1,
  events: events.map(({ eventId, revision, bytes }) => ({ eventId, revision, bytes })),
});
