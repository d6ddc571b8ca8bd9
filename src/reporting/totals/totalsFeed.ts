import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NotFound } from '../../access/errors.js';
import type { RecordedEvent } from '../../eventstore/port.js';
import { FollowingEnded } from '../../eventstore/tail/errors.js';
import type { Services } from '../../graphql/context.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import type { Position } from '../../kernel/position.js';
import { backpackHoldingView } from '../../organisation/officer/views.js';
import { allUnits, subtreeOf } from '../../organisation/orgUnit/lookups.js';
import { orgUnitView } from '../../organisation/orgUnit/views.js';
import { teamView } from '../../organisation/team/views.js';
import { metricDayView } from './metricDayView.js';
import { Newest } from './newest.js';
import { type UnitTotals, unitTotals } from './queries.js';
import { TotalsChangeType } from './totalsChangeType.js';

/** After a count, work gathers for so long before it is counted again; milliseconds. */
const GATHER_MS = 250;
/** What was parked and is taken in later is no event that one could wait for. */
const RECOUNT_MS = 60_000;
/** How long the read models get to come up to an event, and then between one look at them and the next. */
const BEHIND_MS = 1_000;

/** Views whose rows say which units there are and what they have, beside the work that is counted. */
const STANDING = [orgUnitView, teamView, backpackHoldingView];

/** Whether an event may change the totals of a unit, given all units below it. */
const mayCount = (event: RecordedEvent, below: ReadonlySet<string>): boolean =>
  metricDayView.keysOf(event).length > 0
    ? below.has(event.orgUnitId)
    : STANDING.some(view => view.keysOf(event).length > 0);

/** The same for the same figures; the day on which they are looked at is no part of them. */
const digestOf = ({ byMetric, ...counts }: UnitTotals): string =>
  createHash('sha256')
    .update(JSON.stringify([[...byMetric], counts]))
    .digest('base64url')
    .slice(0, 16);

/** The totals of a unit, counted once for all who follow them, and once for a burst of work. */
class TotalsFeed {
  private readonly newest = new Newest<TotalsChangeType>();
  private readonly abort = new AbortController();
  private followers = 0;
  private below: ReadonlySet<string> = new Set();

  constructor(
    private readonly services: Services,
    private readonly unitId: string,
    private readonly onIdle: () => void,
  ) {}

  async *follow(signal: AbortSignal): AsyncGenerator<TotalsChangeType, void> {
    if (this.followers++ === 0) void this.run();
    try {
      yield* this.newest.follow(signal);
    } finally {
      if (--this.followers === 0) {
        this.abort.abort();
        this.onIdle();
      }
    }
  }

  private async run(): Promise<void> {
    try {
      await this.keepCounting();
      this.newest.finish();
    } catch (error) {
      this.newest.finish(this.abort.signal.aborted ? undefined : error);
    }
    this.onIdle();
  }

  private async keepCounting(): Promise<void> {
    const { projections } = this.services;
    const { signal } = this.abort;
    for (let at: Position | undefined = projections.position; at !== undefined && !signal.aborted; ) {
      const upToDate = await projections.reached(at, BEHIND_MS);
      await this.count();
      await delay(upToDate ? GATHER_MS : BEHIND_MS, undefined, { signal });
      if (upToDate) at = await this.nextWork(at);
    }
  }

  private async count(): Promise<void> {
    const { db, clock, projections } = this.services;
    const readAt = projections.position;
    const day = legalDayOf(clock.now());
    this.below = subtreeOf(await allUnits(db), this.unitId);
    const totals = await unitTotals(db, this.unitId, day);
    if (!totals) throw new NotFound(this.unitId);
    const change = new TotalsChangeType(this.unitId, day, totals, readAt, digestOf(totals));
    // Figures that are as before are told as of now: who has others from another process may have read further than then.
    this.newest.set(change);
  }

  /** Position of the next event that may count, or of the last one for now; nothing once the log ends. */
  private async nextWork(after: Position): Promise<Position | undefined> {
    const patience = AbortSignal.timeout(RECOUNT_MS);
    const signal = AbortSignal.any([this.abort.signal, patience]);
    let at = after;
    try {
      for await (const batch of this.services.tail.follow({ after, signal })) {
        at = batch.at(-1)!.position;
        if (batch.some(event => mayCount(event, this.below))) return at;
      }
    } catch (error) {
      if (error instanceof FollowingEnded) return undefined;
      throw error;
    }
    return patience.aborted ? at : undefined;
  }
}

const feeds = new WeakMap<Services, Map<string, TotalsFeed>>();

function feedOf(services: Services, unitId: string): TotalsFeed {
  const known = feeds.get(services) ?? new Map<string, TotalsFeed>();
  feeds.set(services, known);
  const feed: TotalsFeed =
    known.get(unitId) ??
    new TotalsFeed(services, unitId, () => {
      if (known.get(unitId) === feed) known.delete(unitId);
    });
  known.set(unitId, feed);
  return feed;
}

/** Totals of a unit as they are, then each time that they have changed; always the newest. */
export async function* followTotals(
  services: Services,
  unitId: string,
  signal: AbortSignal,
): AsyncGenerator<TotalsChangeType> {
  // Looked up as it is joined, so that it has not ended in between.
  yield* feedOf(services, unitId).follow(signal);
}
