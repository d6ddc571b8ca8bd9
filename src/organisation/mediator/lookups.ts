import type { MediatorFact } from '../../commands/lookup.js';
import type { ReadModel } from '../../database/readModel.js';
import { loadSnapshot } from '../../graphql/loadSnapshot.js';
import { lastAssignment, type Officer } from '../officer/officer.js';
import { officerView } from '../officer/views.js';
import { type Mediator, mediatorStatus } from './mediator.js';
import { mediatorView } from './views.js';

export async function mediatorFact(db: ReadModel, id: string): Promise<MediatorFact | undefined> {
  const found = await loadSnapshot<Mediator>(db, mediatorView, id);
  if (!found?.state.category) return undefined;
  const { category, officerId } = found.state;
  const leftOn = category === 'OFFICER' && officerId ? await dayOfLeaving(db, officerId) : undefined;
  const status = mediatorStatus(found.state);
  return { status, category, ...(officerId ? { officerId } : {}), ...(leftOn ? { leftOn } : {}) };
}

async function dayOfLeaving(db: ReadModel, officerId: string): Promise<string | undefined> {
  const found = await loadSnapshot<Officer>(db, officerView, officerId);
  return found && lastAssignment(found.state)?.ended?.on;
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
