import { type CodeOf, codeList } from '../kernel/codes.js';
import { type AnyAggregate, advanceAll, emptySnapshot, type Snapshot } from '../kernel/decider.js';
import type { Known, Services } from './context.js';
import { apiError } from './errors.js';

export const AsOfClock = codeList('Clock', 'Which of the two clocks a moment is read on.', {
  OCCURRED: { zh: '发生时间', en: 'As it happened by then, by the clock of the device' },
  RECORDED: { zh: '记录时间', en: 'As it was known by then, by the clock of the server' },
});

export interface AsOf {
  readonly revision?: number | undefined;
  /** Instant, ISO 8601. */
  readonly at?: string | undefined;
  readonly clock: CodeOf<typeof AsOfClock>;
}

/**
 * Which events make the past state (DOMAIN section 5.2): up to a revision; recorded by then, which is a prefix of the
 * stream; or happened by then, which may leave gaps, since late arrivals are recorded behind what happened after them.
 */
function knownAt({ revision, at, clock }: AsOf): Known {
  // A variable that is null arrives as null, and means the same as none.
  const byRevision = revision ?? undefined;
  if ((byRevision === undefined) === !at)
    throw apiError('BAD_USER_INPUT', 'asOf takes either revision or at, not both and not neither', { argument: 'at' });
  if (byRevision !== undefined) return event => event.revision <= byRevision;
  const moment = Date.parse(at ?? '');
  return clock === 'RECORDED'
    ? event => Date.parse(event.recordedAt) <= moment
    : event => Date.parse(event.occurredAt) <= moment;
}

/** A noun as it was: its state, and which events that is made of. */
export interface Past<State> {
  readonly snapshot: Snapshot<State>;
  readonly known: Known;
}

/** The one fold over what was known, or had happened. Nothing when the noun was not yet anything. */
export async function readAsOf<State>(
  { store }: Pick<Services, 'store'>,
  aggregate: AnyAggregate & { readonly initial: State },
  id: string,
  asOf: AsOf,
): Promise<Past<State> | undefined> {
  const known = knownAt(asOf);
  let snapshot: Snapshot<State> = emptySnapshot<State>(aggregate, id);
  for await (const batch of store.readStream(id))
    snapshot = advanceAll<State>(aggregate, snapshot, batch.filter(known));
  return snapshot.revision < 0 ? undefined : { snapshot, known };
}
