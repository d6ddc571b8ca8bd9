import { describe, expect, it } from 'vitest';
import { numberOf, registerResident } from '../../harness/residents.js';
import { registerOfficer, type SampleStation } from '../../harness/sampleStation.js';
import { subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

const VIEWER = '{ viewer { role } }';
const OFFICER = `query Q($id: ID!) { officer(id: $id) { role orgUnit { id } backpack { serial }
  assignments { role endedOn endReason orgUnit { id } } history { nodes { type deviations { rule } } } } }`;
const ACTIVITY = 'subscription ($after: Position) { activity(after: $after) { cursor type } }';

describe('an officer who leaves', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  withStation(opened => {
    ({ satchel, people } = opened);
  });

  const someone = (name: string, role = 'OFFICER') =>
    registerOfficer(satchel, people, { name, orgUnitId: people.station, role });
  const leave = (officerId: string) => satchel.done(people.admin, 'endPost', { officerId, reason: 'RETIREMENT' });
  const visit = async () => {
    const id = newId('visit');
    await satchel.done(people.officer, 'startVisit', {
      id,
      kind: 'VILLAGE',
      officerIds: [people.officer],
      divisionCode: '621224110',
      village: '样例村',
    });
    return id;
  };
  const listed = async (serving: boolean | null) => {
    const query =
      'query Q($unit: ID, $serving: Boolean) { officers(orgUnitId: $unit, serving: $serving) { nodes { id } } }';
    const { officers } = await satchel.read(people.chief, query, { unit: people.station, serving });
    return officers.nodes.map(({ id }: { id: string }) => id);
  };

  it('acts and reads no more, with a token that was good, until assigned to a unit again', async () => {
    const leaver = await someone('民警丙');
    expect((await satchel.read(leaver, VIEWER)).viewer.role).toBe('OFFICER');
    await leave(leaver);
    for (const answer of [
      await satchel.ask(leaver, VIEWER),
      await satchel.ask(
        leaver,
        'mutation M($input: RaiseNeedInput!) { raiseNeed(input: $input) { errors { code } } }',
        {
          input: {},
        },
      ),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.errors).toMatchObject([
        { message: expect.stringMatching(/^This officer has left/), extensions: { code: 'UNAUTHENTICATED' } },
      ]);
    }
    expect(await satchel.refused(people.admin, 'endPost', { officerId: leaver, reason: 'OTHER' })).toEqual([
      'NO_POST_IN_FORCE',
    ]);
    const post = { orgUnitId: people.station, role: 'AUXILIARY', post: '辅警' };
    await satchel.done(people.admin, 'assignToUnit', { officerId: leaver, ...post });
    expect((await satchel.read(leaver, VIEWER)).viewer.role).toBe('AUXILIARY');
  });

  it('stays in the record of the unit, which takes the backpack back', async () => {
    const leaver = await someone('民警丁');
    const backpackId = newId('backpack');
    await satchel.done(people.chief, 'issueBackpack', { officerId: leaver, backpackId, serial: 'B-7' });
    await leave(leaver);
    const { officer } = await satchel.read(people.chief, OFFICER, { id: leaver });
    expect(officer).toMatchObject({
      role: null,
      orgUnit: null,
      backpack: { serial: 'B-7' },
      assignments: [
        {
          role: 'OFFICER',
          orgUnit: { id: people.station },
          endReason: 'RETIREMENT',
          endedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        },
      ],
    });
    expect(officer.history.nodes.at(-1)).toEqual({
      type: 'OfficerPostEnded',
      deviations: [{ rule: 'BACKPACK_NOT_RETURNED' }],
    });
    await satchel.done(people.chief, 'returnBackpack', { officerId: leaver, backpackId, reason: 'RETIREMENT' });
    const now = await satchel.read(people.chief, OFFICER, { id: leaver });
    expect(now.officer.backpack).toBeNull();
    expect(await listed(false)).toEqual([leaver]);
    expect(await listed(true)).toEqual(expect.arrayContaining([people.officer, people.chief]));
    expect(await listed(true)).not.toContain(leaver);
    expect(await listed(null)).toEqual(expect.arrayContaining([people.officer, leaver]));
  });

  it('leaves work that the chief sees, the administrator counts, and another takes over', async () => {
    const leaver = await someone('民警癸');
    const [needId, errandId, appointmentId, mediatorId] = [
      newId('need'),
      newId('errand'),
      newId('appointment'),
      newId('mediator'),
    ];
    const originVisitId = await visit();
    const resident = { name: '陈样本', number: numberOf('1948-03-05', 1) };
    const residentId = await registerResident(satchel, people.officer, resident);
    const take = (command: string, input: object) => satchel.done(people.officer, command, input);
    const officerId = leaver;
    await take('raiseNeed', { id: needId, category: 'OTHER', summary: '样例', originVisitId });
    await take('acceptNeed', { needId, officerId });
    await take('requestErrand', { id: errandId, kind: 'OTHER', residentId });
    await take('acceptErrand', { errandId, officerId });
    const booked = { purpose: 'HUKOU', channel: 'IN_PERSON', residentId };
    const plannedFor = new Date(satchel.clock.now().getTime() + 48 * 3600_000).toISOString();
    await take('bookAppointment', { id: appointmentId, ...booked, plannedFor });
    await take('confirmAppointment', { appointmentId, officerId });
    const appointed = { id: mediatorId, officerId, category: 'OFFICER', adult: true, orgUnitId: people.station };
    await satchel.done(people.chief, 'appointMediator', appointed);
    const disputeId = newId('dispute');
    const parties = [{ subjectId: residentId, side: 'A' }];
    const second = await registerResident(satchel, people.officer, {
      name: '王样本',
      number: numberOf('1985-07-12', 2),
    });
    await take('reportDispute', {
      ...{ id: disputeId, source: 'PARTY_APPLICATION', category: 'NEIGHBOUR', title: '样例纠纷' },
      ...{ divisionCode: '621224110', parties: [...parties, { subjectId: second, side: 'B' }] },
    });
    await take('screenDispute', { disputeId, legalBasis: 'CIVIL', riskLevel: 1 });
    await take('acceptDispute', { disputeId });
    await take('assignMediator', { disputeId, mediatorId });

    const lists = ['needs', 'errands', 'certificates', 'appointments', 'cases'];
    const query = `query Q($id: ID!) { openWork(officerId: $id) { total ${lists.map(list => `${list} { nodes { id } }`).join(' ')} } }`;
    const work = async (id: string) => (await satchel.read(people.chief, query, { id })).openWork;
    const one = (id: string) => ({ nodes: [{ id }] });
    const held = {
      needs: one(needId),
      errands: one(errandId),
      appointments: one(appointmentId),
      cases: one(disputeId),
    };
    expect(await work(leaver)).toEqual({ total: 4, certificates: { nodes: [] }, ...held });
    const count = 'query Q($id: ID!) { openWork(officerId: $id) { total } }';
    expect((await satchel.read(people.admin, count, { id: leaver })).openWork).toEqual({ total: 4 });
    for (const personId of [people.officer, people.analyst])
      expect((await satchel.ask(personId, count, { id: leaver })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

    const { events } = await leave(leaver);
    expect(events).toMatchObject([{ deviations: [{ rule: 'WORK_NOT_HANDED_OVER' }] }]);
    expect(await work(leaver)).toMatchObject({ total: 4 });
    // Nobody takes it over unawares.
    expect(await satchel.refused(people.officer, 'acceptNeed', { needId })).toEqual(['ALREADY_ACCEPTED']);
    const other = await someone('民警子');
    for (const [command, input] of [
      ['acceptNeed', { needId }],
      ['acceptErrand', { errandId }],
      ['confirmAppointment', { appointmentId }],
    ] as const)
      await satchel.done(people.chief, command, { ...input, officerId: other });
    await satchel.done(people.chief, 'removeMediator', { disputeId, mediatorId, reason: 'UNAVAILABLE' });
    expect(await work(leaver)).toMatchObject({ total: 0 });
    expect(await work(other)).toEqual({ total: 3, certificates: { nodes: [] }, ...held, cases: { nodes: [] } });
  });

  it('takes nothing on, and becomes no mediator as an officer', async () => {
    const leaver = await someone('民警戊');
    await leave(leaver);
    const appointed = { id: newId('mediator'), officerId: leaver, category: 'OFFICER', adult: true };
    expect(await satchel.refused(people.chief, 'appointMediator', { ...appointed, orgUnitId: people.station })).toEqual(
      ['OFFICER_LEFT'],
    );
    const needId = newId('need');
    const raised = { id: needId, category: 'OTHER', summary: '样例', originVisitId: await visit() };
    await satchel.done(people.officer, 'raiseNeed', raised);
    expect(await satchel.refused(people.chief, 'acceptNeed', { needId, officerId: leaver })).toEqual(['OFFICER_LEFT']);
  });

  it('is no mediator in office from the day after, where it was as a serving officer; others stay what they are', async () => {
    const appointed = async (name: string, category: string) => {
      const [officerId, id] = [await someone(name), newId('mediator')];
      const input = { id, officerId, category, adult: true, orgUnitId: people.station };
      await satchel.done(people.chief, 'appointMediator', input);
      await leave(officerId);
      return lookup.mediator(id);
    };
    const lookup = satchel.services.commands.lookup;
    expect(await appointed('民警辛', 'OFFICER')).toMatchObject({ status: 'APPOINTED', leftOn: expect.any(String) });
    expect(await appointed('民警壬', 'VETERAN_POLICE')).not.toHaveProperty('leftOn');
  });

  it('is let go by an administrator of the unit or above, and not by others', async () => {
    const colleague = await someone('民警己');
    const answer = await satchel.ask(
      people.chief,
      'mutation M($input: EndPostInput!) { endPost(input: $input) { errors { code } } }',
      { input: { commandId: crypto.randomUUID(), officerId: colleague, reason: 'OTHER' } },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await satchel.refused(people.admin, 'endPost', { officerId: people.admin, reason: 'OTHER' })).toEqual([
      'OWN_POST',
    ]);
    const elsewhere = await registerOfficer(satchel, people, {
      name: '管理员乙',
      orgUnitId: people.otherStation,
      role: 'ADMIN',
    });
    const unseen = await satchel.ask(
      elsewhere,
      'mutation M($input: EndPostInput!) { endPost(input: $input) { errors { code } } }',
      { input: { commandId: crypto.randomUUID(), officerId: colleague, reason: 'OTHER' } },
    );
    expect(unseen.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it.each(TRANSPORTS)('hears nothing more over %s', async transport => {
    const leaver = await someone('民警庚');
    const after = await satchel.services.store.head();
    const activity = await subscribe(satchel, transport, leaver, { query: ACTIVITY, variables: { after } });
    const heard = activity.next(1);
    await visit();
    await heard;
    const rest = activity.rest();
    await leave(leaver);
    await visit();
    expect(await rest).toEqual([]);
    await activity.close();
  });
});
