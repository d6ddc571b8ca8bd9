import type { RecordedEvent } from '../../eventstore/port.js';
import { comparePositions } from '../../kernel/position.js';
import { documentView } from '../../projections/documentView.js';
import type { Row, View } from '../../projections/view.js';
import type { MediatorEvent } from '../mediator/events.js';
import type { OfficerEvent } from './events.js';
import { currentAssignment, officer } from './officer.js';

export const officerView = documentView('officer', officer, {
  version: 3,
  columns: { orgUnitId: 'text', role: 'text', serving: 'integer', backpackId: 'text' },
  indexes: [['orgUnitId'], ['backpackId']],
  row: ({ state }) => {
    const post = currentAssignment(state);
    return {
      orgUnitId: officer.orgUnitOf(state),
      role: post?.role,
      serving: post ? 1 : 0,
      backpackId: state.backpack?.backpackId,
    };
  },
});

export const identityKey = (identity: { readonly issuer: string; readonly subject: string }): string =>
  JSON.stringify([identity.issuer, identity.subject]);

const asOfficerEvent = (event: RecordedEvent): OfficerEvent => event as unknown as OfficerEvent;

/** Who a token names, officer or mediator: one row an identity. */
export const identityView: View = {
  table: 'identity',
  version: 3,
  columns: { personId: 'text', position: 'text' },
  indexes: [],
  keysOf(event) {
    const { type, data } = event as unknown as OfficerEvent | MediatorEvent;
    const names = type === 'OfficerRegistered' || type === 'MediatorAppointed';
    return names && data.identity ? [identityKey(data.identity)] : [];
  },
  // Two registrations may have passed each other: an identity stays with whoever had it first, also where that event
  // was parked and comes late.
  fold: (row, event, key) =>
    row && comparePositions(row.position as string, event.position) < 0
      ? row
      : { id: key, personId: event.streamId, position: event.position },
};

/** Who held which backpack from when to when: one row an issue. */
export const backpackHoldingView: View = {
  table: 'backpack_holding',
  version: 1,
  columns: {
    officerId: 'text',
    backpackId: 'text',
    orgUnitId: 'text',
    serial: 'text',
    issuedOn: 'text',
    returnedOn: 'text',
  },
  indexes: [['orgUnitId', 'issuedOn'], ['officerId']],
  keysOf(event) {
    const { type, data } = asOfficerEvent(event);
    // The day too: the same backpack may come back to the same officer, and the earlier time stays.
    return type === 'BackpackIssued' || type === 'BackpackReturned'
      ? [`${event.streamId}/${data.backpackId}/${data.issuedOn}`]
      : [];
  },
  fold(row, event, key): Row {
    const officerEvent = asOfficerEvent(event);
    if (officerEvent.type === 'BackpackIssued')
      return { ...officerEvent.data, id: key, officerId: event.streamId, returnedOn: undefined };
    return officerEvent.type === 'BackpackReturned'
      ? { ...row, id: key, returnedOn: officerEvent.data.returnedOn }
      : { ...row, id: key };
  },
};
