import { legalDayOf } from '../kernel/legalDay.js';
import { documentView } from '../projections/documentView.js';
import type { View } from '../projections/view.js';
import type { VisitEvent } from './events.js';
import { type Visit, visit } from './visit.js';

/** Legal day of a visit: when it started or, before, when it is to be. */
const dayOf = ({ startedAt, plannedFor }: Visit): string =>
  startedAt === undefined ? (plannedFor ?? '') : legalDayOf(startedAt);

export const visitView = documentView('visit', visit, {
  version: 2,
  columns: { orgUnitId: 'text', kind: 'text', status: 'text', divisionCode: 'text', day: 'text' },
  indexes: [
    ['day', 'id'],
    ['orgUnitId', 'day', 'id'],
  ],
  row: ({ state }) => ({
    orgUnitId: state.trip?.orgUnitId,
    kind: state.trip?.kind,
    status: state.status,
    divisionCode: state.trip?.divisionCode,
    day: dayOf(state),
  }),
});

const asVisitEvent = (event: unknown): VisitEvent => event as VisitEvent;

/** Who was to go on which visit, or went: a row for each. Nobody stops having been there. */
export const visitParticipantView: View = {
  table: 'visit_participant',
  version: 2,
  columns: { visitId: 'text', participantId: 'text' },
  indexes: [['participantId', 'visitId']],
  keysOf(event) {
    const { type, data } = asVisitEvent(event);
    if (type !== 'VisitPlanned' && type !== 'VisitStarted') return [];
    return [...data.officerIds, ...data.auxiliaryIds].map(id => `${event.streamId}/${id}`);
  },
  fold: (_row, event, key) => ({
    id: key,
    visitId: event.streamId,
    participantId: key.slice(event.streamId.length + 1),
  }),
};
