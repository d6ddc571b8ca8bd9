import { reveal } from '../graphql/maskData.js';
import { ERASED } from '../kernel/masking.js';
import { documentView } from '../projections/documentView.js';
import type { View } from '../projections/view.js';
import type { ResidentEvent } from './events.js';
import { resident } from './resident.js';

export const residentView = documentView('resident', resident, {
  version: 1,
  columns: { orgUnitId: 'text', divisionCode: 'text', householdId: 'text' },
  indexes: [['orgUnitId', 'id'], ['householdId'], ['divisionCode', 'id']],
  row: ({ state }) => ({
    orgUnitId: state.orgUnitId,
    divisionCode: state.divisionCode,
    householdId: state.household?.householdId,
  }),
});

/** Finds a resident by number without holding it: a row a resident, gone with the resident's key. */
export const residentNumberView: View = {
  table: 'resident_number',
  version: 1,
  columns: { blindIndex: 'text' },
  indexes: [['blindIndex']],
  keysOf: event => (event.type === 'ResidentRegistered' ? [event.streamId] : []),
  fold(row, event, key, lens) {
    const registered = event as unknown as ResidentEvent;
    if (registered.type !== 'ResidentRegistered') return row;
    const number = reveal(lens, registered.data.number);
    return number === undefined || number === ERASED ? undefined : { id: key, blindIndex: lens.blindIndex(number) };
  },
};
