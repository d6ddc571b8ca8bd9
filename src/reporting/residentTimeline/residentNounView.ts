import type { ReadModel } from '../../database/readModel.js';
import { categoryOf } from '../../kernel/ids.js';
import type { View } from '../../projections/view.js';

/** Who looked whom up is no part of what happened with a resident. */
const NOT_OF_RESIDENTS = 'access';

/**
 * Which other nouns have named which residents: one row for each two of them. The key says all, and begins with the
 * resident: nearly every event comes by here, and what is not written costs nothing.
 */
export const residentNounView: View = {
  table: 'resident_noun',
  version: 1,
  columns: { nounId: 'text' },
  indexes: [],
  keysOf({ streamId, subjectIds }) {
    if (subjectIds.length === 0 || categoryOf(streamId) === NOT_OF_RESIDENTS) return [];
    return subjectIds.filter(residentId => residentId !== streamId).map(residentId => `${residentId}/${streamId}`);
  },
  fold: (_row, event, key) => ({ id: key, nounId: event.streamId }),
};

/** The resident, and every other noun that has named the resident. */
export async function nounsOf(db: ReadModel, residentId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('resident_noun')
    .select('nounId')
    .where('id', '>', `${residentId}/`)
    // `0` follows `/`.
    .where('id', '<', `${residentId}0`)
    .execute();
  return [residentId, ...rows.map(({ nounId }) => nounId as string)];
}
