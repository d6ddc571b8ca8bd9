import type { RecordedEvent } from '../eventstore/port.js';
import { ERASED } from '../kernel/masking.js';
import { openedBy, type Personal } from '../kernel/personal.js';
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

const numberIn = (event: RecordedEvent): Personal<string> | undefined => {
  const registered = event as unknown as ResidentEvent;
  return registered.type === 'ResidentRegistered' ? registered.data.number : undefined;
};

/** Finds a resident by number without holding it: a row a resident, gone with the resident's key. */
export const residentNumberView: View = {
  table: 'resident_number',
  version: 1,
  columns: { blindIndex: 'text' },
  indexes: [['blindIndex']],
  keysOf: event => (event.type === 'ResidentRegistered' ? [event.streamId] : []),
  opens: event => [numberIn(event)],
  fold(row, event, key, lens) {
    if (event.type !== 'ResidentRegistered') return row;
    const number = openedBy(lens.open, numberIn(event));
    return number === undefined || number === ERASED ? undefined : { id: key, blindIndex: lens.blindIndex(number) };
  },
};
