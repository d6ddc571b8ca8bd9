import { z } from 'zod';
import { codeList } from '../kernel/codes.js';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { field, idOf, instant, personal, prose } from '../kernel/fields.js';

export const AppointmentPurpose = codeList('AppointmentPurpose', 'What an appointment is for.', {
  HUKOU: { zh: '户籍业务', en: 'Household registration' },
  IDENTITY_CARD: { zh: '身份证业务', en: 'Identity card' },
  RESIDENCE_PERMIT: { zh: '居住证业务', en: 'Residence permit' },
  PROOF: { zh: '开具证明', en: 'A written proof' },
  CONSULTATION: { zh: '咨询', en: 'Advice' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const AppointmentChannel = codeList('AppointmentChannel', 'How an appointment was booked.', {
  ONLINE: { zh: '网上公安', en: 'Online' },
  PHONE: { zh: '电话', en: 'By phone' },
  IN_PERSON: { zh: '当面', en: 'In person' },
});

export const AppointmentPlace = codeList('AppointmentPlace', 'Where officer and resident meet.', {
  STATION: { zh: '派出所', en: 'At the station' },
  HOME: { zh: '上门', en: 'At the home of the resident' },
});

export const CancellationReason = codeList('CancellationReason', 'Why an appointment was cancelled.', {
  RESIDENT_ASKED: { zh: '本人取消', en: 'The resident asked for it' },
  SETTLED_OTHERWISE: { zh: '已另行办理', en: 'The business was settled otherwise' },
  OFFICER_CALLED_AWAY: { zh: '民警另有任务', en: 'The officer was called away' },
  WEATHER_OR_ROAD: { zh: '天气或道路原因', en: 'Weather or road' },
  OTHER: { zh: '其他', en: 'Other' },
});

/** What the resident said is sealed with the resident's key: it goes when the resident is erased. */
export const appointmentEvents = defineEvents('appointment', {
  AppointmentBooked: {
    version: 1,
    label: { zh: '预约', en: 'Appointment booked' },
    citation: 'Appointments for household registration (户籍业务网上预约)',
    data: z.object({
      purpose: field(AppointmentPurpose.schema, '预约事项', 'What it is for'),
      channel: field(AppointmentChannel.schema, '预约方式', 'How it was booked'),
      place: field(AppointmentPlace.schema, '地点', 'Where they meet'),
      plannedFor: field(instant(), '预约时间', 'When it is to begin'),
      residentId: field(idOf('resident'), '预约人', 'Who booked it, or for whom'),
      details: field(
        personal(prose(2000), 'TEXT', 'residentId'),
        '预约说明',
        'What exactly, and which papers',
      ).optional(),
      originVisitId: field(idOf('visit'), '来源走访', 'Visit on which it was booked').optional(),
      needId: field(idOf('need'), '关联诉求', 'Need that it serves').optional(),
      divisionCode: field(z.string(), '区划代码', 'Township of the resident').optional(),
    }),
    correctable: ['purpose', 'channel', 'place', 'plannedFor'],
  },
  AppointmentConfirmed: {
    version: 1,
    label: { zh: '预约确认', en: 'Appointment confirmed' },
    data: z.object({ officerId: field(idOf('officer'), '接待民警', 'Officer who meets the resident') }),
  },
  AppointmentKept: {
    version: 1,
    label: { zh: '如约办理', en: 'Appointment kept' },
    data: z.object({
      visitId: field(idOf('visit'), '上门走访', 'Visit on which it was kept, if it was at the home').optional(),
    }),
  },
  AppointmentCancelled: {
    version: 1,
    label: { zh: '取消预约', en: 'Appointment cancelled' },
    data: z.object({ reason: field(CancellationReason.schema, '原因', 'Why it was cancelled') }),
    correctable: ['reason'],
  },
  AppointmentNoShow: {
    version: 1,
    label: { zh: '爽约', en: 'The resident did not come' },
    data: z.object({}),
  },
});

export type AppointmentEvent = EventsOf<typeof appointmentEvents>;
