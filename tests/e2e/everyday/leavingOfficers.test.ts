import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerOfficer, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const VIEWER = '{ viewer { role } }';
const OFFICER = `query Q($id: ID!) { officer(id: $id) { role orgUnit { id } backpack { serial }
  assignments { role endedOn endReason orgUnit { id } } history { nodes { type deviations { rule } } } } }`;
const ACTIVITY = 'subscription ($after: Position) { activity(after: $after) { cursor type } }';

describe('an officer who leaves', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
  });
  afterAll(() => satchel.close());

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
