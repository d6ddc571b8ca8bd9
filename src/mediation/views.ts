import type { RecordedEvent } from '../eventstore/port.js';
import { findDivision } from '../kernel/divisions.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { documentView } from '../projections/documentView.js';
import type { Row, View } from '../projections/view.js';
import { DisputeCategory } from './codes.js';
import { dispute } from './dispute.js';
import type { DisputeEvent } from './events/index.js';
import type { Dispute } from './state.js';
import { derivedStatus } from './status.js';

/** Behind every day, so that a list by due date ends with the cases that have none. */
const NO_DAY = '9999-12-31';

/** What a text search looks through: nothing personal. */
function searchTextOf(state: Dispute): string {
  const category = state.category as keyof typeof DisputeCategory.labels | undefined;
  const labels = category ? Object.values(DisputeCategory.labels[category]) : [];
  const place = state.divisionCode ? findDivision(state.divisionCode)?.name.zh : undefined;
  return [state.caseNo, state.title, ...labels, place].filter(Boolean).join(' ').toLowerCase();
}

const openFollowUp = (state: Dispute): string =>
  state.followUps
    .filter(({ visitedOn }) => !visitedOn)
    .map(({ dueDate }) => dueDate ?? NO_DAY)
    .sort()[0] ?? NO_DAY;

export const disputeView = documentView('dispute', dispute, {
  version: 1,
  columns: {
    orgUnitId: 'text',
    status: 'text',
    category: 'text',
    divisionCode: 'text',
    caseNo: 'text',
    reportedOn: 'text',
    dueDate: 'text',
    followUpDueOn: 'text',
    searchText: 'text',
  },
  indexes: [
    ['orgUnitId', 'lastRecordedAt', 'id'],
    ['lastRecordedAt', 'id'],
    ['reportedOn', 'id'],
    ['dueDate', 'id'],
    ['status', 'lastRecordedAt', 'id'],
  ],
  row: ({ state }) => ({
    orgUnitId: state.orgUnitId,
    status: derivedStatus(state),
    category: state.category,
    divisionCode: state.divisionCode,
    caseNo: state.caseNo,
    reportedOn: state.reportedAt ? legalDayOf(state.reportedAt) : NO_DAY,
    dueDate: state.dueDate ?? NO_DAY,
    followUpDueOn: openFollowUp(state),
    searchText: searchTextOf(state),
  }),
});

interface Part {
  readonly participantId: string;
  readonly active: boolean;
}

const joins = (...ids: readonly (string | undefined)[]): readonly Part[] =>
  ids.filter(id => id !== undefined).map(participantId => ({ participantId, active: true }));

/** Who comes into a case, or leaves it, with an event. */
function partsOf(recorded: RecordedEvent): readonly Part[] {
  const event = recorded as unknown as DisputeEvent;
  switch (event.type) {
    case 'MediatorAssigned':
    case 'MediatorChosenByParty':
      return joins(event.data.mediatorId);
    case 'MediatorReplaced':
      return [{ participantId: event.data.mediatorId, active: false }, ...joins(event.data.replacementId)];
    case 'ParticipantInvited':
      return joins(event.data.orgUnitId);
    case 'DisputeReferred':
      return joins(event.data.toUnitId);
    case 'SessionOpened':
      return joins(event.data.hostOfficerId, event.data.hostId);
    default:
      return [];
  }
}

/** Mediators, hosts and units that have a part in a case: one row each, so that lists can be filtered by them. */
export const disputeParticipantView: View = {
  table: 'dispute_participant',
  version: 1,
  columns: { disputeId: 'text', participantId: 'text', active: 'integer' },
  indexes: [['participantId', 'active', 'disputeId']],
  keysOf: event => partsOf(event).map(({ participantId }) => `${event.streamId}/${participantId}`),
  fold(_row, event, key): Row {
    const participantId = key.slice(key.indexOf('/') + 1);
    const part = partsOf(event).find(known => known.participantId === participantId);
    return { id: key, disputeId: event.streamId, participantId, active: part?.active ? 1 : 0 };
  },
};
