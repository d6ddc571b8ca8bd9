import { LRUCache } from 'lru-cache';
import { Unauthenticated } from '../access/errors.js';
import type { Identity } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import type { ReadModel } from '../database/readModel.js';
import { loadSnapshot } from '../graphql/loadSnapshot.js';
import { categoryOf } from '../kernel/ids.js';
import { activeMediatorsOf } from './mediator/lookups.js';
import { type Mediator, mediatorStatus } from './mediator/mediator.js';
import { mediatorView } from './mediator/views.js';
import { lastAssignment, type Officer } from './officer/officer.js';
import { identityKey, officerView } from './officer/views.js';
import { allUnits, subtreeOf, type UnitInTree } from './orgUnit/lookups.js';

export interface ViewerDirectory {
  /** @throws Unauthenticated for someone whom the record does not know, or who may not act now */
  resolve(identity: Pick<Identity, 'issuer' | 'subject'>): Promise<Viewer>;
  /** To be told of the categories of streams that were projected; without them, forgets all the same. */
  invalidate(categories?: ReadonlySet<string>): void;
}

/** Streams that say who someone is and what lies below a unit. */
const CATEGORIES = ['officer', 'mediator', 'orgunit'];

type Person = Pick<Viewer, 'role' | 'orgUnitId' | 'alsoKnownAs'>;

async function officerAs(db: ReadModel, id: string): Promise<Person | undefined> {
  const post = lastAssignment((await loadSnapshot<Officer>(db, officerView, id))?.state ?? { assignments: [] });
  if (post?.ended)
    throw new Unauthenticated(
      'This officer has left: nobody acts in a post that ended, until assigned to a unit again',
    );
  return post && { role: post.role, orgUnitId: post.orgUnitId, alsoKnownAs: await activeMediatorsOf(db, id) };
}

async function mediatorAs(db: ReadModel, id: string): Promise<Person | undefined> {
  const state = (await loadSnapshot<Mediator>(db, mediatorView, id))?.state;
  if (state && mediatorStatus(state) === 'SUSPENDED') throw new Unauthenticated('This mediator is suspended');
  return state?.orgUnitId ? { role: 'MEDIATOR', orgUnitId: state.orgUnitId, alsoKnownAs: [] } : undefined;
}

/** A mediator sees the cases that he or she takes part in; everyone else the own unit and those below. */
const scopeOf = async (
  { role, orgUnitId }: Person,
  units: () => Promise<readonly UnitInTree[]>,
): Promise<ReadonlySet<string>> => (role === 'MEDIATOR' ? new Set() : subtreeOf(await units(), orgUnitId));

async function load(db: ReadModel, key: string, units: () => Promise<readonly UnitInTree[]>): Promise<Viewer> {
  const row = await db.selectFrom('identity').select('personId').where('id', '=', key).executeTakeFirst();
  const actorId = row?.personId as string | undefined;
  const lookUp = actorId && categoryOf(actorId) === 'mediator' ? mediatorAs : officerAs;
  const person = actorId === undefined ? undefined : await lookUp(db, actorId);
  if (actorId === undefined || !person)
    throw new Unauthenticated('The token is good, but nobody whom it names is registered here');
  return { actorId, ...person, scope: await scopeOf(person, units) };
}

/** Says who asks, from the read model, and remembers it: every request needs to know. */
export function viewerDirectory(db: ReadModel): ViewerDirectory {
  const viewers = new LRUCache<string, Promise<Viewer>>({ max: 10_000 });
  let tree: Promise<readonly UnitInTree[]> | undefined;
  // What is being read while something changes goes to whoever asked, and to nobody after: it is no longer held here.
  const units = () => {
    if (tree) return tree;
    const reading = allUnits(db);
    tree = reading;
    reading.catch(() => {
      if (tree === reading) tree = undefined;
    });
    return reading;
  };
  return {
    resolve(identity) {
      const key = identityKey(identity);
      const known = viewers.get(key);
      if (known) return known;
      const viewer = load(db, key, units);
      viewers.set(key, viewer);
      viewer.catch(() => viewers.get(key) === viewer && viewers.delete(key));
      return viewer;
    },
    invalidate(categories) {
      if (categories && !CATEGORIES.some(category => categories.has(category))) return;
      viewers.clear();
      tree = undefined;
    },
  };
}
