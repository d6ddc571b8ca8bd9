import type { MediatorFact } from '../../commands/lookup.js';
import type { ReadModel } from '../../database/readModel.js';
import { loadSnapshot } from '../../graphql/loadSnapshot.js';
import { type Mediator, mediatorStatus } from './mediator.js';
import { mediatorView } from './views.js';

export async function mediatorFact(db: ReadModel, id: string): Promise<MediatorFact | undefined> {
  const found = await loadSnapshot<Mediator>(db, mediatorView, id);
  if (!found?.state.category) return undefined;
  const { category, officerId } = found.state;
  return { status: mediatorStatus(found.state), category, ...(officerId ? { officerId } : {}) };
}

const appointmentsOf = (db: ReadModel, officerId: string) =>
  db.selectFrom('mediator').select('id').where('officerId', '=', officerId).orderBy('id');

/** Ids under which an officer was appointed as mediator, suspended or not. */
export async function mediatorsOfOfficer(db: ReadModel, officerId: string): Promise<readonly string[]> {
  const rows = await appointmentsOf(db, officerId).execute();
  return rows.map(row => row.id as string);
}

/** Ids under which an officer may mediate now. */
export async function activeMediatorsOf(db: ReadModel, officerId: string): Promise<readonly string[]> {
  const rows = await appointmentsOf(db, officerId).where('status', '=', 'APPOINTED').execute();
  return rows.map(row => row.id as string);
}
