import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const APPOINTMENTS = `query Q($status: AppointmentStatus, $officerId: ID, $residentId: ID, $from: Date, $to: Date,
    $divisionCode: String, $sort: AppointmentSort! = EARLIEST_FIRST, $first: Int! = 20, $after: String) {
  appointments(status: $status, officerId: $officerId, residentId: $residentId, from: $from, to: $to,
      divisionCode: $divisionCode, sort: $sort, first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;

describe('appointments', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let early: string;
  let late: string;

  const on = (day: string, time = '10:00') => satchel.clock.set(new Date(at(day, time)));
  const page = async (personId: string, variables: object = {}) =>
    (await satchel.read(personId, APPOINTMENTS, { ...variables })).appointments;
  const ids = async (personId: string, variables: object = {}): Promise<readonly string[]> =>
    (await page(personId, variables)).nodes.map(({ id }: { id: string }) => id);
  const book = async (plannedFor: string): Promise<string> => {
    const id = newId('appointment');
    await door.do('bookAppointment', {
      id,
      purpose: 'HUKOU',
      channel: 'ONLINE',
      plannedFor,
      residentId: door.liu,
      details: '样例：带户口簿',
      divisionCode: DANANYU,
    });
    return id;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    late = await book(at('2022-09-05', '09:00'));
    // The same day by the calendar of Shanghai, the day before by that of Greenwich.
    early = await book(at('2022-09-02', '07:30'));
  });
  afterAll(() => satchel.close());

  it('are listed by time, by day, by officer and page by page', async () => {
    expect(await ids(door.officer)).toEqual([early, late]);
    expect(await ids(door.officer, { sort: 'LATEST_FIRST' })).toEqual([late, early]);
    expect(await ids(door.officer, { from: '2022-09-02', to: '2022-09-02' })).toEqual([early]);
    expect(await ids(door.officer, { to: '2022-09-01' })).toEqual([]);
    expect(await ids(door.officer, { residentId: door.liu, divisionCode: '621224', from: null })).toHaveLength(2);
    await door.do('confirmAppointment', { appointmentId: early });
    expect(await ids(door.officer, { officerId: door.officer })).toEqual([early]);
    expect(await ids(door.officer, { status: 'BOOKED' })).toEqual([late]);
    const { pageInfo } = await page(door.officer, { first: 1 });
    expect(pageInfo.hasNextPage).toBe(true);
    expect(await ids(door.officer, { after: pageInfo.endCursor })).toEqual([late]);
  });

  it('tell what may be done next, and keep their history', async () => {
    const query = `query Q($id: ID!) { appointment(id: $id) {
      status plannedFor details resident { name } officer { id } orgUnit { id }
      allowedCommands { name allowed reasons { code } } history { nodes { label(locale: zh) stateAfter data } } } }`;
    const { appointment } = await satchel.read(door.officer, query, { id: early });
    expect(appointment).toMatchObject({
      status: 'CONFIRMED',
      plannedFor: '2022-09-01T23:30:00.000Z',
      details: '样例：带户口簿',
      resident: { name: '刘某' },
      officer: { id: door.officer },
      orgUnit: { id: people.otherStation },
      history: {
        nodes: [
          { label: '预约', stateAfter: 'BOOKED', data: { purpose: 'HUKOU', details: '［已封存］' } },
          { label: '预约确认', stateAfter: 'CONFIRMED', data: { officerId: door.officer } },
        ],
      },
    });
    const allowed = appointment.allowedCommands.filter(({ allowed }: { allowed: boolean }) => allowed);
    expect(allowed.map(({ name }: { name: string }) => name).sort()).toEqual([
      'cancelAppointment',
      'confirmAppointment',
      'keepAppointment',
    ]);
    expect(appointment.allowedCommands).toContainEqual({
      name: 'recordNoShow',
      allowed: false,
      reasons: [{ code: 'NOT_YET_TIME' }],
    });
  });

  it('are kept, or missed once their time has come', async () => {
    expect(await door.refused('recordNoShow', { appointmentId: late })).toEqual(['NOT_YET_TIME']);
    on('2022-09-02', '07:40');
    await door.do('keepAppointment', { appointmentId: early, visitId: await door.visit() });
    on('2022-09-05', '09:30');
    const missed = await door.do('recordNoShow', { appointmentId: late });
    expect(missed.events[0]).toMatchObject({ stateAfter: 'NO_SHOW', deviations: [{ rule: 'NOT_CONFIRMED' }] });
    expect(await ids(door.officer, { status: 'KEPT' })).toEqual([early]);
    expect(await door.refused('cancelAppointment', { appointmentId: late, reason: 'OTHER' })).toEqual([
      'APPOINTMENT_ENDED',
    ]);
  });

  it('are not booked for a day far off', async () => {
    const far = { purpose: 'HUKOU', channel: 'PHONE', plannedFor: at('2222-09-02', '09:00'), residentId: door.liu };
    expect(await door.refused('bookAppointment', far)).toEqual(['TOO_FAR_AHEAD']);
    const noTime = await satchel.ask(
      door.officer,
      'mutation Do($input: BookAppointmentInput!) { bookAppointment(input: $input) { errors { code } } }',
      { input: { ...far, commandId: newId('x').slice(2), plannedFor: '2022-09-02' } },
    );
    expect(noTime.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('are for who works with residents, within their units', async () => {
    for (const personId of [door.chief, people.countyChief, people.auditor])
      expect(await ids(personId)).toEqual([early, late]);
    expect(await ids(people.officer)).toEqual([]);
    const analyst = await satchel.ask(people.analyst, APPOINTMENTS);
    expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
