import { type CodeOf, codeList } from '../kernel/codes.js';
import type { Aggregate } from '../kernel/decider.js';
import type { Personal } from '../kernel/personal.js';
import {
  type AppointmentChannel,
  type AppointmentEvent,
  type AppointmentPlace,
  type AppointmentPurpose,
  appointmentEvents,
  type CancellationReason,
} from './events.js';
import { type AppointmentRule, appointmentRuleSets } from './rules.js';

export const AppointmentStatus = codeList('AppointmentStatus', 'What has become of an appointment.', {
  BOOKED: { zh: '已预约', en: 'Booked' },
  CONFIRMED: { zh: '已确认', en: 'Confirmed' },
  KEPT: { zh: '已如约办理', en: 'Kept' },
  CANCELLED: { zh: '已取消', en: 'Cancelled' },
  NO_SHOW: { zh: '爽约', en: 'The resident did not come' },
});
export type AppointmentStatus = CodeOf<typeof AppointmentStatus>;

export interface Appointment {
  readonly status?: AppointmentStatus;
  readonly orgUnitId?: string;
  readonly divisionCode?: string;
  readonly purpose?: CodeOf<typeof AppointmentPurpose>;
  readonly channel?: CodeOf<typeof AppointmentChannel>;
  readonly place?: CodeOf<typeof AppointmentPlace>;
  /** Instant at which it is to begin, in UTC. */
  readonly plannedFor?: string;
  readonly residentId?: string;
  readonly details?: Personal<string>;
  readonly originVisitId?: string;
  readonly needId?: string;
  readonly officerId?: string;
  /** Visit on which it was kept. */
  readonly visitId?: string;
  readonly cancellation?: CodeOf<typeof CancellationReason>;
}

/** Still to come, as far as anyone has said. */
export const isOpen = ({ status }: Appointment): boolean => status === 'BOOKED' || status === 'CONFIRMED';

export const appointment: Aggregate<Appointment, AppointmentEvent, AppointmentRule> = {
  category: 'appointment',
  noun: 'Appointment',
  label: { zh: '预约', en: 'appointment' },
  events: appointmentEvents,
  initial: {},
  ruleSets: appointmentRuleSets,
  statusOf: state => state.status ?? 'NONE',
  orgUnitOf: state => state.orgUnitId,
  placeOf: state => state.divisionCode,
  evolve: {
    AppointmentBooked: (state, { orgUnitId, data }) => ({
      ...state,
      status: 'BOOKED',
      orgUnitId,
      purpose: data.purpose,
      channel: data.channel,
      place: data.place,
      plannedFor: data.plannedFor,
      residentId: data.residentId,
      ...(data.details ? { details: data.details } : {}),
      ...(data.originVisitId ? { originVisitId: data.originVisitId } : {}),
      ...(data.needId ? { needId: data.needId } : {}),
      ...(data.divisionCode ? { divisionCode: data.divisionCode } : {}),
    }),
    AppointmentConfirmed: (state, { data }) => ({ ...state, status: 'CONFIRMED', officerId: data.officerId }),
    AppointmentKept: (state, { data }) => ({
      ...state,
      status: 'KEPT',
      ...(data.visitId ? { visitId: data.visitId } : {}),
    }),
    AppointmentCancelled: (state, { data }) => ({ ...state, status: 'CANCELLED', cancellation: data.reason }),
    AppointmentNoShow: state => ({ ...state, status: 'NO_SHOW' }),
  },
};
