import type { Appointment } from '../../appointments/appointment.js';
import type { Certificate } from '../../certificates/certificate.js';
import type { Errand } from '../../errands/errand.js';
import type { RequestContext } from '../../graphql/context.js';
import { stopIfAborted } from '../../graphql/errors.js';
import type { EventSource } from '../../graphql/event.js';
import { sourcesOf } from '../../graphql/history.js';
import { subjectsShown } from '../../graphql/maskData.js';
import type { Node } from '../../graphql/recorded.js';
import { categoryOf } from '../../kernel/ids.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import type { Dispute } from '../../mediation/state.js';
import type { Need } from '../../needs/need.js';
import { nounsOf } from './residentNounView.js';

/** An event that has to do with a resident, and the noun that it happened to. */
export interface Happening {
  readonly source: EventSource;
  readonly noun: Node;
}

type Owners<State> = (state: State) => readonly (string | undefined)[];

/**
 * Whose a noun is, by category: each step of it happens with that resident, whether the event says so or not. Others
 * whom it names take part where they are named, and relatives of somebody not even there: it would tell whose.
 */
const OWNERS: Readonly<Record<string, Owners<never>>> = {
  need: (({ residentId }) => [residentId]) satisfies Owners<Need>,
  certificate: (({ application }) => [application?.applicantId]) satisfies Owners<Certificate>,
  errand: (({ residentId }) => [residentId]) satisfies Owners<Errand>,
  appointment: (({ residentId }) => [residentId]) satisfies Owners<Appointment>,
  dispute: (({ parties }) => parties.map(({ subjectId }) => subjectId)) satisfies Owners<Dispute>,
};

/** Streams that are read side by side. */
const AT_ONCE = 16;

const isAbout = ({ aggregate, event }: EventSource, residentId: string): boolean =>
  subjectsShown(aggregate.events[event.type], event).includes(residentId);

const isStepOf = ({ aggregate, before, after }: EventSource, residentId: string): boolean =>
  aggregate.statusOf(before) !== aggregate.statusOf(after) &&
  (OWNERS[aggregate.category]?.(after as never).includes(residentId) ?? false);

/** What happened to one noun that has to do with the resident; nothing, if the viewer may not see the noun. */
async function happeningsOf(
  { services, loaders }: RequestContext,
  nounId: string,
  residentId: string,
): Promise<readonly Happening[]> {
  const binding = services.nouns.get(categoryOf(nounId));
  const noun = await loaders.noun<Node>(nounId);
  if (!binding || !noun) return [];
  const sources = await sourcesOf(services, binding.aggregate, nounId);
  return sources
    .filter(source => isAbout(source, residentId) || isStepOf(source, residentId))
    .map(source => ({ source, noun }));
}

/**
 * Everything that has happened with a resident, as far as the viewer may see it, in no order. Each noun is read from
 * the record: they are as many as a resident meets in a life, and a table of all events would be as long as the record.
 */
export async function happeningsWith(
  context: RequestContext,
  residentId: string,
  readAt: Position,
): Promise<readonly Happening[]> {
  const nounIds = await nounsOf(context.services.db, residentId);
  const happenings: Happening[] = [];
  for (let start = 0; start < nounIds.length; start += AT_ONCE) {
    stopIfAborted(context.signal);
    const some = nounIds.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map(nounId => happeningsOf(context, nounId, residentId)));
    happenings.push(...found.flat());
  }
  return happenings.filter(({ source }) => comparePositions(source.event.position, readAt) <= 0);
}
