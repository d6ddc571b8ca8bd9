import { legalDayOf } from '../kernel/legalDay.js';
import { documentView } from '../projections/documentView.js';
import { type Appointment, appointment } from './appointment.js';

/** Legal day on which it is to be; before every day, if nobody said. */
const dayOf = ({ plannedFor }: Appointment): string => (plannedFor === undefined ? '' : legalDayOf(plannedFor));

export const appointmentView = documentView('appointment', appointment, {
  version: 1,
  columns: {
    status: 'text',
    orgUnitId: 'text',
    purpose: 'text',
    divisionCode: 'text',
    residentId: 'text',
    officerId: 'text',
    day: 'text',
    plannedFor: 'text',
  },
  indexes: [['plannedFor', 'id'], ['orgUnitId', 'plannedFor', 'id'], ['officerId', 'day'], ['residentId']],
  row: ({ state }) => ({
    status: appointment.statusOf(state),
    orgUnitId: state.orgUnitId,
    purpose: state.purpose,
    divisionCode: state.divisionCode,
    residentId: state.residentId,
    officerId: state.officerId,
    day: dayOf(state),
    plannedFor: state.plannedFor ?? '',
  }),
});
