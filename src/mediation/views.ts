import type { RecordedEvent } from '../eventstore/port.js';
import { findDivision } from '../kernel/divisions.js';
import { legalDayOf, NO_DAY } from '../kernel/legalDay.js';
import { documentView } from '../projections/documentView.js';
import type { Row, View } from '../projections/view.js';
import { DisputeCategory, type PartySide } from './codes.js';
import { dispute } from './dispute.js';
import type { DisputeEvent } from './events/index.js';
import { bothConsent, consenting } from './parties.js';
import type { Dispute } from './state.js';
import { derivedStatus } from './status.js';

/** What a text search looks through: nothing personal. */
function searchTextOf(state: Dispute): string {
  const category = state.category as keyof typeof DisputeCategory.labels | undefined;
  const labels = category ? Object.values(DisputeCategory.labels[category]) : [];
  const place = state.divisionCode ? findDivision(state.divisionCode)?.name.zh : undefined;
  return [state.caseNo, state.title, ...labels, place].filter(Boolean).join(' ').toLowerCase();
}

/** Day by which the next follow-up is to be made; behind every day, if there is none. */
export const openFollowUp = (state: Dispute): string =>
  state.followUps
    .filter(({ visitedOn }) => !visitedOn)
    .map(({ dueDate }) => dueDate ?? NO_DAY)
    .sort()[0] ?? NO_DAY;

/** Day for which the next session is planned; behind every day, if there is none. */
const nextSession = (state: Dispute): string =>
  state.sessions
    .filter(({ status }) => status === 'SCHEDULED')
    .map(({ plannedFor }) => (plannedFor === undefined ? NO_DAY : legalDayOf(plannedFor)))
    .sort()[0] ?? NO_DAY;

export const disputeView = documentView('dispute', dispute, {
  version: 6,
  columns: {
    orgUnitId: 'text',
    status: 'text',
    category: 'text',
    divisionCode: 'text',
    caseNo: 'text',
    reportedOn: 'text',
    dueDate: 'text',
    followUpDueOn: 'text',
    sessionOn: 'text',
    searchText: 'text',
  },
  indexes: [
    ['orgUnitId', 'lastRecordedAt', 'id'],
    ['lastRecordedAt', 'id'],
    ['reportedOn', 'id'],
    ['dueDate', 'id'],
    ['status', 'lastRecordedAt', 'id'],
  ],
  searched: 'searchText',
  row: ({ state }) => ({
    orgUnitId: state.orgUnitId,
    status: derivedStatus(state),
    category: state.category,
    divisionCode: state.divisionCode,
    caseNo: state.caseNo,
    reportedOn: state.reportedAt ? legalDayOf(state.reportedAt) : NO_DAY,
    dueDate: state.dueDate ?? NO_DAY,
    followUpDueOn: openFollowUp(state),
    sessionOn: nextSession(state),
    searchText: searchTextOf(state),
  }),
});

const asDisputeEvent = (event: RecordedEvent): DisputeEvent => event as unknown as DisputeEvent;

/** The parts in a case that an event is about. Each has a row of its own: who leaves one may still have another. */
function partsOf(event: DisputeEvent): readonly string[] {
  switch (event.type) {
    case 'MediatorAssigned':
    case 'MediatorChosenByParty':
    case 'MediatorRemoved':
      return [event.data.mediatorId];
    case 'MediatorReplaced':
      return [event.data.mediatorId, event.data.replacementId];
    case 'ParticipantInvited':
    case 'ParticipantConsentRecorded':
      return [event.data.participantId];
    case 'DisputeReferred':
    case 'ReferralReturned':
    case 'ReferralRecalled':
      return ['referral'];
    case 'DisputeReopened':
      return ['referral', ...(event.data.participantIds ?? [])];
    default:
      return [];
  }
}

interface Invitation {
  readonly unitId: string;
  readonly consentBy: readonly PartySide[];
}

/** A unit that was invited has a part as soon as, and as long as, both sides agree. */
const invitedAs = (invitation: Invitation) => ({
  participantId: bothConsent(invitation.consentBy) ? invitation.unitId : undefined,
  invitation,
});

/** What is known of a part after an event; nothing once it is over. */
function partAfter(row: Row | undefined, event: DisputeEvent, part: string): Row | undefined {
  switch (event.type) {
    case 'MediatorAssigned':
    case 'MediatorChosenByParty':
      return { participantId: part };
    case 'MediatorReplaced':
      return part === event.data.replacementId ? { participantId: part } : undefined;
    case 'ParticipantInvited': {
      const { orgUnitId: unitId, consentBy } = event.data;
      return unitId === undefined ? undefined : invitedAs({ unitId, consentBy });
    }
    case 'ParticipantConsentRecorded': {
      const invitation = row?.invitation as Invitation | undefined;
      const { side, agreed } = event.data;
      return invitation && invitedAs({ ...invitation, consentBy: consenting(invitation.consentBy, side, agreed) });
    }
    case 'DisputeReopened': {
      const invitation = row?.invitation as Invitation | undefined;
      return invitation && invitedAs({ ...invitation, consentBy: [] });
    }
    case 'DisputeReferred':
      return { participantId: event.data.toUnitId };
    default:
      return undefined;
  }
}

/** Mediators and units that have a part in a case, so that lists can be filtered by them: those of `participantsOf`. */
export const disputeParticipantView: View = {
  table: 'dispute_participant',
  version: 3,
  columns: { disputeId: 'text', participantId: 'text', invitation: 'json' },
  indexes: [['participantId', 'disputeId']],
  keysOf: event => partsOf(asDisputeEvent(event)).map(part => `${event.streamId}/${part}`),
  fold(row, event, key) {
    const part = partAfter(row, asDisputeEvent(event), key.slice(event.streamId.length + 1));
    return part && { id: key, disputeId: event.streamId, ...part };
  },
};
