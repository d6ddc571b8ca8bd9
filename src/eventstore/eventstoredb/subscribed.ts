import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  eventTypeFilter,
  type Filter,
  type RecordedEvent as StoredEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { comparePositions, type Position } from '../../kernel/position.js';
import { batchesOf } from './batches.js';
import type { Client } from './client.js';
import type { Session } from './connection.js';
import type { Patience } from './patience.js';
import { logPosition } from './positions.js';
import { NoAnswer } from './waiting.js';

/** Where a subscription stands: everything up to here was given out, or is of no interest to it. */
export interface Place {
  at: Position;
}

/** Nothing came for a while on a subscription that had begun: perhaps there was nothing. */
export class Quiet extends Error {
  override readonly name = 'Quiet';
}

interface Wanted {
  readonly categories: readonly string[] | undefined;
  readonly batchSize: number;
}

/** Events passed over, after which the server says how far it has come. */
const SEARCH_WINDOW = 1_000;

/** One subscription of the client, from the place that it is at to its end. */
export async function* subscribed(
  { client, over }: Session,
  { answerMs, silenceMs }: Patience,
  place: Place,
  wanted: Wanted,
  signals: readonly AbortSignal[],
): AsyncGenerator<readonly StoredEvent[]> {
  let lookedTo: Position | undefined;
  let begun = false;
  const subscription = subscribeFrom(client, place.at, wanted, position => {
    // The stream would hang for ever if this threw.
    lookedTo = `${position.commit}/${position.prepare}`;
  });
  subscription.once('confirmation', () => {
    begun = true;
  });
  const batches = batchesOf<AllStreamResolvedEvent>(subscription, {
    batchSize: wanted.batchSize,
    silenceMs: () => (begun ? silenceMs : answerMs),
    signals: [...signals, over],
    leave: () => subscription.unsubscribe(),
    // The server's word of how far it has looked overtakes the events that wait here to be read.
    onDrained: () => {
      if (lookedTo !== undefined && comparePositions(lookedTo, place.at) > 0) place.at = lookedTo;
    },
  });
  try {
    for await (const batch of batches) yield batch.flatMap(({ event }) => event ?? []);
  } catch (error) {
    if (error instanceof NoAnswer && begun) throw new Quiet();
    throw error;
  }
}

const subscribeFrom = (
  client: Client,
  at: Position,
  { categories, batchSize }: Wanted,
  lookedTo: (position: { readonly commit: bigint; readonly prepare: bigint }) => void,
): AllStreamSubscription =>
  client.subscribeToAll(
    { fromPosition: logPosition(at), filter: filterOf(categories, lookedTo), requiresLeader: true },
    { highWaterMark: batchSize },
  );

function filterOf(
  categories: readonly string[] | undefined,
  lookedTo: (position: { readonly commit: bigint; readonly prepare: bigint }) => void,
): Filter {
  const search = {
    maxSearchWindow: SEARCH_WINDOW,
    checkpointInterval: 1,
    checkpointReached: (_: AllStreamSubscription, position: { commit: bigint; prepare: bigint }) => lookedTo(position),
  };
  if (categories === undefined) return eventTypeFilter({ regex: '^[^$].*', ...search });
  return streamNameFilter({ prefixes: categories.map(category => `${category}-`), ...search });
}
