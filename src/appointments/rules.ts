import { DIVISION_UNKNOWN, NEED_UNKNOWN, PROCESSING_RESTRICTED, RESIDENT_UNKNOWN } from '../commands/registerRules.js';
import { takingOnRules } from '../commands/takingOn.js';
import { visitRules } from '../commands/visitRules.js';
import { TOO_FAR_AHEAD } from '../kernel/plannedDays.js';
import type { RuleSet } from '../kernel/ruleSet.js';

const APPOINTMENTS = 'Appointments for household registration (户籍业务网上预约)';

const rules = {
  RESIDENT_UNKNOWN,
  PROCESSING_RESTRICTED,
  ...visitRules,
  NEED_UNKNOWN,
  ...takingOnRules,
  DIVISION_UNKNOWN,
  TOO_FAR_AHEAD,
  ALREADY_CONFIRMED: {
    mode: 'REFUSE',
    citation: APPOINTMENTS,
    message: {
      zh: '预约已确认；改期请取消后重新预约，换人请填写另一民警',
      en:
        'The appointment is confirmed already: to move it, cancel it and book another; to hand it over, name another ' +
        'officer',
    },
  },
  APPOINTMENT_ENDED: {
    mode: 'REFUSE',
    citation: APPOINTMENTS,
    message: { zh: '该预约已结束', en: 'The appointment was kept, was cancelled, or nobody came: book another' },
  },
  NOT_YET_TIME: {
    mode: 'REFUSE',
    citation: APPOINTMENTS,
    message: { zh: '尚未到预约时间，不能记为爽约', en: 'Its time has not come: nobody can have stayed away yet' },
  },
  BOOKED_AFTERWARDS: {
    mode: 'DEVIATE',
    citation: APPOINTMENTS,
    message: { zh: '预约时间早于登记时间', en: 'Booked for a time that had passed' },
  },
  NOT_CONFIRMED: {
    mode: 'DEVIATE',
    citation: APPOINTMENTS,
    message: { zh: '预约未经确认', en: 'Nobody had confirmed the appointment' },
  },
  KEPT_ON_ANOTHER_DAY: {
    mode: 'DEVIATE',
    citation: APPOINTMENTS,
    message: { zh: '未在预约当日办理', en: 'Kept on another day than it was booked for' },
  },
} as const satisfies RuleSet['rules'];

export type AppointmentRule = keyof typeof rules;

export const appointmentRuleSets: readonly [RuleSet<AppointmentRule>] = [
  { id: 'SATCHEL-APPOINTMENT-2021', effectiveFrom: '2021-04-01', legalBasisCode: 'PIPL-13-3', rules },
];
