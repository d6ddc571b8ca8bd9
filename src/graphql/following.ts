import type { RecordedEvent } from '../eventstore/port.js';
import { FellBehind, FollowingEnded } from '../eventstore/tail/errors.js';
import { comparePositions, countedIn, countOf, type Position, START } from '../kernel/position.js';
import type { RequestContext, Services } from './context.js';
import { apiError } from './errors.js';

const refused = (code: string, rule: string) => apiError(code, `Argument "after" ${rule}`, { inputPath: ['after'] });

/**
 * Whether a subscription can go on behind this position of the log.
 * @throws GraphQLError BAD_CURSOR for a position of another kind of store, CURSOR_AHEAD for one behind the end of the
 *   log, CURSOR_EXPIRED when what follows it is no longer kept, or nobody can tell that it is
 */
export async function checkAfter(store: Services['store'], after: Position): Promise<void> {
  if (after === START) return;
  const head = await store.head();
  if (head !== START && countedIn(head) !== countedIn(after))
    throw refused(
      'BAD_CURSOR',
      'is no position of this store: give the cursor of the last event that you have from it',
    );
  if (comparePositions(after, head) > 0)
    throw refused('CURSOR_AHEAD', 'is past the last event that there is: begin anew, without a cursor');
  if (!(await isKeptBehind(store, after, head)))
    throw refused('CURSOR_EXPIRED', 'is older than what is kept here, or of another log: begin anew, without a cursor');
}

/**
 * Where positions count events, a gap behind one shows. Where they count bytes, one at which no event stands is of events
 * that were removed, or of another log: what came behind it nobody can tell.
 */
async function isKeptBehind(store: Services['store'], after: Position, head: Position): Promise<boolean> {
  if (after === head) return true;
  if (countedIn(after) !== 'events') return store.holds(after);
  for await (const [next] of store.readAll({ after, batchSize: 1 }))
    return next !== undefined && countOf(next.position) === countOf(after) + 1;
  return false;
}

/**
 * The log behind a position as a subscription takes it: what is there, then what comes.
 * @throws GraphQLError SLOW_CONSUMER with the cursor to go on behind, when the client takes less than what comes;
 *   SHUTTING_DOWN with it when the server goes away
 */
export async function* followLog(
  { services, signal }: Pick<RequestContext, 'services' | 'signal'>,
  after: Position,
): AsyncGenerator<readonly RecordedEvent[]> {
  try {
    yield* services.tail.follow({ after, signal });
  } catch (error) {
    if (error instanceof FollowingEnded) {
      const message = 'The server is going away: subscribe again in a moment, with the cursor as `after`';
      throw apiError('SHUTTING_DOWN', message, { cursor: error.at });
    }
    if (!(error instanceof FellBehind)) throw error;
    const message = `The client is more than ${error.kept} events behind: subscribe again with the cursor as \`after\``;
    throw apiError('SLOW_CONSUMER', message, { cursor: error.at });
  }
}
