import { OFFICER_ROLES, STATION_ROLES } from '../access/roles.js';
import { commandsOf } from '../commands/command.js';
import { residentBreaches } from '../commands/registerRules.js';
import { mayTakeOn, takingOnBreaches } from '../commands/takingOn.js';
import { visitBreaches } from '../commands/visitRules.js';
import { decision } from '../kernel/decider.js';
import { findDivision } from '../kernel/divisions.js';
import { field, idOf, prose } from '../kernel/fields.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { withinAYear } from '../kernel/plannedDays.js';
import { unless } from '../kernel/ruleSet.js';
import { type Appointment, appointment, isOpen } from './appointment.js';
import { appointmentEvents } from './events.js';

const command = commandsOf(appointment);
const booked = appointmentEvents.AppointmentBooked.data.shape;

const open = (state: Appointment) => unless(isOpen(state), 'APPOINTMENT_ENDED');
const confirmed = ({ status }: Appointment) => unless(status === 'CONFIRMED', 'NOT_CONFIRMED');

export const bookAppointment = command({
  name: 'bookAppointment',
  label: { zh: '预约', en: 'Book an appointment' },
  description: 'Books a time for a resident to meet an officer, at the station or at home.',
  creates: true,
  roles: STATION_ROLES,
  input: {
    purpose: booked.purpose,
    channel: booked.channel,
    place: booked.place.default('STATION'),
    plannedFor: booked.plannedFor,
    residentId: booked.residentId,
    details: field(prose(2000), '预约说明', 'What exactly, and which papers').optional(),
    originVisitId: booked.originVisitId,
    needId: booked.needId,
    divisionCode: field(
      booked.divisionCode.unwrap(),
      '区划代码',
      'Township of the resident; that of the visit, if left out',
    ).optional(),
  },
  facts: async (input, _state, lookup) => ({
    resident: await lookup.resident(input.residentId),
    visit: input.originVisitId ? await lookup.visit(input.originVisitId) : undefined,
    need: input.needId ? await lookup.need(input.needId) : undefined,
  }),
  decide: (_state, input, { facts, actor, occurredAt, today }) =>
    decision(
      [
        ...residentBreaches(facts.resident, 'residentId'),
        ...visitBreaches({ field: 'originVisitId', id: input.originVisitId, visit: facts.visit, ...actor }),
        ...unless(!input.needId || facts.need !== undefined, 'NEED_UNKNOWN', 'needId'),
        ...unless(
          !input.divisionCode || findDivision(input.divisionCode) !== undefined,
          'DIVISION_UNKNOWN',
          'divisionCode',
        ),
        ...withinAYear(legalDayOf(input.plannedFor), today, 'plannedFor'),
        ...unless(input.plannedFor >= occurredAt, 'BOOKED_AFTERWARDS', 'plannedFor'),
      ],
      () => [
        {
          type: 'AppointmentBooked',
          data: {
            purpose: input.purpose,
            channel: input.channel,
            place: input.place,
            plannedFor: input.plannedFor,
            residentId: input.residentId,
            details: input.details,
            originVisitId: input.originVisitId,
            needId: input.needId,
            divisionCode: input.divisionCode ?? facts.visit?.divisionCode,
          },
        },
      ],
    ),
});

export const confirmAppointment = command({
  name: 'confirmAppointment',
  label: { zh: '确认预约', en: 'Confirm an appointment' },
  description: 'Says which officer meets the resident; named by id, another one takes it over.',
  roles: OFFICER_ROLES,
  input: {
    officerId: field(
      idOf('officer'),
      '接待民警',
      'Officer who meets the resident; whoever confirms it, if left out',
    ).optional(),
  },
  conflictsWith: ['AppointmentConfirmed', 'AppointmentKept', 'AppointmentCancelled', 'AppointmentNoShow'],
  guard: open,
  facts: async (input, _state, lookup) => (input.officerId ? await lookup.officer(input.officerId) : undefined),
  decide: (state, input, { facts, actor }) =>
    decision(
      [
        ...unless(mayTakeOn(state.officerId, input.officerId), 'ALREADY_CONFIRMED', 'officerId'),
        ...takingOnBreaches({ officerId: input.officerId, officer: facts, orgUnitId: state.orgUnitId }),
      ],
      () => [{ type: 'AppointmentConfirmed', data: { officerId: input.officerId ?? actor.actorId } }],
    ),
});

export const keepAppointment = command({
  name: 'keepAppointment',
  label: { zh: '如约办理', en: 'Keep an appointment' },
  description: 'Records that officer and resident met.',
  roles: OFFICER_ROLES,
  input: { visitId: appointmentEvents.AppointmentKept.data.shape.visitId },
  guard: open,
  facts: async (input, _state, lookup) => (input.visitId ? await lookup.visit(input.visitId) : undefined),
  decide: (state, input, { facts, actor: { actorId }, today }) =>
    decision(
      [
        ...visitBreaches({
          field: 'visitId',
          id: input.visitId,
          visit: facts,
          orgUnitId: state.orgUnitId,
          actorId,
        }),
        ...confirmed(state),
        ...unless(legalDayOf(state.plannedFor!) === today, 'KEPT_ON_ANOTHER_DAY'),
      ],
      () => [{ type: 'AppointmentKept', data: { visitId: input.visitId } }],
    ),
});

export const cancelAppointment = command({
  name: 'cancelAppointment',
  label: { zh: '取消预约', en: 'Cancel an appointment' },
  description: 'Says that an appointment will not take place, and why.',
  roles: STATION_ROLES,
  input: { reason: appointmentEvents.AppointmentCancelled.data.shape.reason },
  conflictsWith: ['AppointmentKept', 'AppointmentNoShow'],
  guard: open,
  decide: (_state, input) => decision([], () => [{ type: 'AppointmentCancelled', data: { reason: input.reason } }]),
});

export const recordNoShow = command({
  name: 'recordNoShow',
  label: { zh: '记录爽约', en: 'Record that nobody came' },
  description: 'Records that the resident did not come, once the time of the appointment has passed.',
  roles: STATION_ROLES,
  input: {},
  conflictsWith: ['AppointmentKept', 'AppointmentCancelled'],
  guard: (state, { occurredAt }) => [
    ...open(state),
    ...unless(!isOpen(state) || state.plannedFor! <= occurredAt, 'NOT_YET_TIME'),
  ],
  decide: state => decision(confirmed(state), () => [{ type: 'AppointmentNoShow', data: {} }]),
});

export const appointmentCommands = [
  bookAppointment,
  confirmAppointment,
  keepAppointment,
  cancelAppointment,
  recordNoShow,
];
