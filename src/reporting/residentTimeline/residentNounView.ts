import { categoryOf } from '../../kernel/ids.js';
import type { View } from '../../projections/view.js';

/** Who looked whom up is no part of what happened with a resident. */
const NOT_OF_RESIDENTS = 'access';

/** Which nouns have named which residents: one row for each two of them. */
export const residentNounView: View = {
  table: 'resident_noun',
  version: 1,
  columns: { residentId: 'text', nounId: 'text' },
  indexes: [['residentId', 'nounId']],
  keysOf: ({ streamId, subjectIds }) =>
    categoryOf(streamId) === NOT_OF_RESIDENTS ? [] : subjectIds.map(residentId => `${residentId}/${streamId}`),
  fold: (row, event, key) =>
    row ?? { id: key, residentId: key.slice(0, -event.streamId.length - 1), nounId: event.streamId },
};
