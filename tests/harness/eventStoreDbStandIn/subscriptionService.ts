import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { dropped } from './faults.js';
import type { KeptEvent } from './log.js';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage } from './messages.js';
import { fail, firstFrom, type ReadCall, send } from './readService.js';
import type { StandInState } from './state.js';

/**
 * All events after a position that the filter lets through, then those that come. At the end of the log, and
 * whenever the filter's window is full, a filtered subscription is told how far the server has looked.
 */
export async function subscribe(state: StandInState, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const { log, faults } = state;
  const filter = filterOf(options);
  const fault = faults.subscriptions.shift();
  let next = firstAfter(log.events, options);
  state.subscribedFrom.push(next);
  let sent = 0;
  let isLive = false;
  let passedOver = 0;
  let stop = (): void => {};
  let wake = (): void => {};
  const leaveLog = log.onWrite(() => wake());
  const leaveFaults = faults.onDropSubscriptions(() => fail(call, dropped()));
  const leave = (): void => {
    leaveLog();
    leaveFaults();
  };
  for (const event of ['cancelled', 'close']) {
    call.once(event, () => {
      leave();
      stop();
    });
  }
  const isOver = (): boolean => call.cancelled || call.destroyed;

  await send(call, confirmationMessage());
  while (!isOver()) {
    if (fault && sent >= fault.after && fault.does !== 'repeat') {
      if (fault.does === 'end') call.end();
      else if (fault.does === 'drop') fail(call, dropped());
      else if (typeof fault.does === 'object') fail(call, fault.does);
      return;
    }
    const event = log.events[next];
    if (event === undefined) {
      const last = log.events[next - 1];
      if (filter && last) await send(call, checkpointMessage(last));
      if (!isLive) await send(call, caughtUpMessage());
      isLive = true;
      if (log.events.length > next) continue;
      await new Promise<void>(resolve => {
        wake = resolve;
        stop = resolve;
      });
      continue;
    }
    next++;
    if (filter && !filter.lets(event)) {
      passedOver++;
      if (passedOver % filter.window === 0) await send(call, checkpointMessage(event));
      continue;
    }
    await send(call, eventMessage(event));
    sent++;
    if (fault?.does === 'repeat' && sent === fault.after)
      for (const again of log.events.slice(0, next)) {
        if (filter?.lets(again) ?? true) await send(call, eventMessage(again));
      }
  }
}

function firstAfter(events: readonly KeptEvent[], options: ReadReq.Options): number {
  const all = options.getAll()!;
  if (all.hasEnd()) return events.length;
  const position = all.getPosition();
  if (position === undefined) return 0;
  return firstFrom(events, [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition()) + 1n]);
}

interface StandInFilter {
  readonly window: number;
  lets(event: KeptEvent): boolean;
}

function filterOf(options: ReadReq.Options): StandInFilter | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const byStream = filter.getStreamIdentifier();
  const expression = (byStream ?? filter.getEventType())!;
  const prefixes = expression.getPrefixList();
  const regex = new RegExp(expression.getRegex());
  const matches = (text: string): boolean =>
    prefixes.length > 0 ? prefixes.some(prefix => text.startsWith(prefix)) : regex.test(text);
  return {
    window: (filter.getMax() || Number.POSITIVE_INFINITY) * filter.getCheckpointintervalmultiplier(),
    lets: event => matches(byStream ? event.streamId : (event.metadata.get('type') ?? '')),
  };
}
