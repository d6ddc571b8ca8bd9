import { describe, expect, it } from 'vitest';
import { type Appointment, appointment } from '../../../src/appointments/appointment.js';
import {
  bookAppointment,
  cancelAppointment,
  confirmAppointment,
  keepAppointment,
  recordNoShow,
} from '../../../src/appointments/commands.js';
import { deviationsOf, Given, guardContext, idFor, officerActor } from '../spec.js';
import { factsOf, visitUnderWay } from '../standInLookup.js';

const resident = idFor('resident', 'liu');
const visit = idFor('visit', 'first');
const needId = idFor('need', 'hukou');
const station = officerActor.orgUnitId;
const visitFact = visitUnderWay();
const known = {
  resident: async (id: string) => (id === resident ? { orgUnitId: station } : undefined),
  visit: async (id: string) => (id === visit ? visitFact : undefined),
  need: async (id: string) => (id === needId ? { status: 'RAISED', orgUnitId: station } : undefined),
};

/** Two days after the time of the specs, 10:00 on 18 October 2022. */
const PLANNED = '2022-10-20T01:30:00.000Z';
const BEFORE = '2022-10-20T01:00:00.000Z';
const AFTER = '2022-10-20T02:00:00.000Z';

const input = {
  purpose: 'HUKOU',
  channel: 'ONLINE',
  plannedFor: '2022-10-20T09:30:00+08:00',
  residentId: resident,
  details: '为孙子办理落户',
  originVisitId: visit,
  needId,
};
const nothing = Given.nothing(appointment);
const facts = await factsOf(bookAppointment, input, known);
const booked = nothing.after(bookAppointment, input, { facts });
const confirmed = booked.after(confirmAppointment, {});
const kept = confirmed.on(AFTER).after(keepAppointment, {});
const stateOf = (given: Given) => given.state as Appointment;

describe('booking an appointment', () => {
  it('records who comes, when and where, and what it serves', () => {
    expect(nothing.when(bookAppointment, input, { facts })).toEqual([
      {
        type: 'AppointmentBooked',
        data: { ...input, place: 'STATION', plannedFor: PLANNED, divisionCode: '621224112' },
      },
    ]);
    expect(stateOf(booked)).toMatchObject({ status: 'BOOKED', plannedFor: PLANNED, orgUnitId: station });
  });

  it('refuses a resident, visit, need and place that nobody knows', async () => {
    const strange = {
      ...input,
      residentId: idFor('resident', 'nobody'),
      originVisitId: idFor('visit', 'none'),
      needId: idFor('need', 'none'),
      divisionCode: '62122499',
    };
    const unknown = await factsOf(bookAppointment, strange, known);
    expect(nothing.refuses(bookAppointment, strange, { facts: unknown })).toEqual([
      'RESIDENT_UNKNOWN',
      'VISIT_UNKNOWN',
      'NEED_UNKNOWN',
      'DIVISION_UNKNOWN',
    ]);
  });

  it('reaches a year ahead, and no further', () => {
    const within = { ...input, plannedFor: '2023-10-18T23:59:00+08:00' };
    expect(deviationsOf(nothing.when(bookAppointment, within, { facts })[0])).toEqual([]);
    for (const plannedFor of ['2023-10-19T00:00:00+08:00', '2222-10-20T09:30:00+08:00'])
      expect(nothing.refuses(bookAppointment, { ...input, plannedFor }, { facts })).toEqual(['TOO_FAR_AHEAD']);
  });

  it.each([
    ['now', '2022-10-18T02:00:00Z', []],
    ['a moment ago', '2022-10-18T01:59:59Z', ['BOOKED_AFTERWARDS']],
  ])('for %s deviates: %j', (_what, plannedFor, deviations) => {
    const [event] = nothing.when(bookAppointment, { ...input, plannedFor }, { facts });
    expect(deviationsOf(event)).toEqual(deviations);
  });

  it.each([{ plannedFor: '2022-10-20' }, { plannedFor: '2022-02-30T09:30:00+08:00' }, { channel: 'PIGEON' }])(
    'refuses %j',
    given => {
      expect(nothing.refuses(bookAppointment, { ...input, ...given }, { facts })).toEqual(['INPUT_INVALID']);
    },
  );
});

describe('confirming an appointment', () => {
  it('makes whoever confirms it meet the resident', () => {
    expect(booked.when(confirmAppointment, {})).toEqual([
      { type: 'AppointmentConfirmed', data: { officerId: officerActor.actorId } },
    ]);
  });

  it('refuses an officer whom nobody knows', async () => {
    const named = { officerId: idFor('officer', 'nobody') };
    const unknown = await factsOf(confirmAppointment, named, known);
    expect(booked.refuses(confirmAppointment, named, { facts: unknown })).toEqual(['OFFICER_UNKNOWN']);
  });

  it('is not for an officer who left', () => {
    const named = { officerId: idFor('officer', 'left') };
    const facts = { role: 'OFFICER', orgUnitId: idFor('orgunit', 'station'), leftOn: '2022-10-01' };
    expect(booked.refuses(confirmAppointment, named, { facts })).toEqual(['OFFICER_LEFT']);
  });

  it('is for an officer of the unit whose appointment it is: another would not see it', () => {
    const named = { officerId: idFor('officer', 'elsewhere') };
    const facts = { role: 'OFFICER', orgUnitId: idFor('orgunit', 'elsewhere') };
    expect(booked.refuses(confirmAppointment, named, { facts })).toEqual(['OFFICER_OF_ANOTHER_UNIT']);
  });

  it('happens once, and before the end', () => {
    expect(confirmed.refuses(confirmAppointment, {})).toEqual(['ALREADY_CONFIRMED']);
    expect(kept.refuses(confirmAppointment, {})).toEqual(['APPOINTMENT_ENDED']);
  });
});

describe('keeping an appointment', () => {
  it('records the visit on which it was kept', async () => {
    const onVisit = { visitId: visit };
    const [event] = confirmed.on(AFTER).when(keepAppointment, onVisit, { facts: visitFact });
    expect(event).toEqual({ type: 'AppointmentKept', data: onVisit });
    const named = { visitId: idFor('visit', 'none') };
    const unknown = await factsOf(keepAppointment, named, known);
    expect(confirmed.refuses(keepAppointment, named, { facts: unknown })).toEqual(['VISIT_UNKNOWN']);
  });

  it('may be a little early; on another day or unconfirmed, it deviates', () => {
    expect(deviationsOf(confirmed.on(BEFORE).when(keepAppointment, {})[0])).toEqual([]);
    expect(deviationsOf(confirmed.when(keepAppointment, {})[0])).toEqual(['KEPT_ON_ANOTHER_DAY']);
    // Midnight in Shanghai is 16:00 in UTC.
    const nextDay = confirmed.on('2022-10-20T16:00:00.000Z');
    expect(deviationsOf(nextDay.when(keepAppointment, {})[0])).toEqual(['KEPT_ON_ANOTHER_DAY']);
    expect(deviationsOf(booked.on(AFTER).when(keepAppointment, {})[0])).toEqual(['NOT_CONFIRMED']);
  });
});

describe('an appointment to which nobody came', () => {
  it('is one only when its time has come', () => {
    expect(confirmed.on(BEFORE).refuses(recordNoShow, {})).toEqual(['NOT_YET_TIME']);
    const told = (at: string) => recordNoShow.guard?.(stateOf(confirmed), guardContext(confirmed.id, undefined, at));
    expect(told(BEFORE)).toMatchObject([{ code: 'NOT_YET_TIME' }]);
    expect(told(PLANNED)).toEqual([]);
    const missed = confirmed.on(PLANNED).after(recordNoShow, {});
    expect(stateOf(missed)).toMatchObject({ status: 'NO_SHOW' });
    expect(deviationsOf(booked.on(AFTER).when(recordNoShow, {})[0])).toEqual(['NOT_CONFIRMED']);
  });
});

describe('the end of an appointment', () => {
  const cancelled = booked.after(cancelAppointment, { reason: 'RESIDENT_ASKED' });

  it('is a reason, if it is cancelled', () => {
    expect(stateOf(cancelled)).toMatchObject({ status: 'CANCELLED', cancellation: 'RESIDENT_ASKED' });
  });

  it('is one alone', () => {
    const ends = [keepAppointment, recordNoShow] as const;
    for (const ended of [kept, cancelled, confirmed.on(AFTER).after(recordNoShow, {})]) {
      for (const end of ends) expect(ended.on(AFTER).refuses(end, {})).toEqual(['APPOINTMENT_ENDED']);
      expect(ended.refuses(cancelAppointment, { reason: 'OTHER' })).toEqual(['APPOINTMENT_ENDED']);
    }
  });
});

it('folds any part of its history', () => {
  const late = Given.nothing(appointment).events({ type: 'AppointmentKept', data: { visitId: visit } });
  expect(stateOf(late)).toEqual({ status: 'KEPT', visitId: visit });
  expect(appointment.statusOf(appointment.initial)).toBe('NONE');
});
