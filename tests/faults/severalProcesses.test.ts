import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADVISORY_LOCKS } from '../../src/database/advisoryLocks.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { newUuid } from '../../src/kernel/ids.js';
import { caseEvents } from '../harness/caseEvents.js';
import { type Cluster, type Member, startCluster } from '../harness/cluster.js';
import { rebuiltDigests, sharedDigests } from '../harness/clusterDigests.js';
import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { type Acknowledged, type Leaflets, Load } from '../harness/load.js';
import { newId } from '../harness/testSatchel.js';

const WAIT_MS = 20_000;
const REGISTER = `mutation Do($input: RegisterOrgUnitInput!) {
  registerOrgUnit(input: $input) { orgUnit { name } consistencyToken errors { code } } }`;
const UNIT = 'query U($id: ID!) { orgUnit(id: $id) { name } }';

describe('several processes on one record', () => {
  let cluster: Cluster;
  let leader: Member;
  let other: Member;
  let leaflets: Leaflets;

  beforeAll(async () => {
    cluster = await startCluster();
    // At once, on an empty database: one makes the tables, and the other waits for them.
    const [one, two] = await Promise.all([cluster.start(), cluster.start()]);
    [leader, other] = (await one.leads()) ? [one, two] : [two, one];
    leaflets = await leafletsOn(leader);
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  const station = (id: string) => ({
    input: { commandId: newUuid(), id, name: '豆坝派出所', level: 'STATION', parentId: cluster.county },
  });
  const done = async (member: Member, name: string, input: object, headers = {}) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const mutation = `mutation Do($input: ${type}) { ${name}(input: $input) { errors { code } } }`;
    const { data } = await member.ask(mutation, { input: { commandId: newUuid(), ...input } }, headers);
    expect(data[name].errors).toEqual([]);
  };
  /** An officer of a station, on four visits. */
  const leafletsOn = async (member: Member): Promise<Leaflets> => {
    const [orgUnitId, officerId] = [newId('orgunit'), newId('officer')];
    const unit = { name: '大南峪派出所', level: 'STATION', divisionCode: '621224112', parentId: cluster.county };
    await done(member, 'registerOrgUnit', { id: orgUnitId, ...unit });
    await done(member, 'registerOfficer', { id: officerId, name: '民警乙', orgUnitId, role: 'OFFICER', post: '民警' });
    const { stdout } = await cluster.program.run(['token', officerId], cluster.settings);
    const token = stdout.trim();
    const visits = Array.from({ length: 4 }, () => newId('visit'));
    const trip = { kind: 'HOUSEHOLD', officerIds: [officerId], divisionCode: '621224112', village: '郑湾村' };
    for (const id of visits) await done(member, 'startVisit', { id, ...trip }, { authorization: `Bearer ${token}` });
    return { token, visits };
  };
  const leads = (member: Member) => expect.poll(() => member.leads(), { timeout: WAIT_MS }).toBe(true);
  const ready = (member: Member) =>
    expect.poll(async () => (await member.readyz()).status, { timeout: WAIT_MS }).toBe(200);
  const more = (load: Load, count: number) => {
    const wanted = load.acknowledged.length + count;
    return expect.poll(() => load.acknowledged.length, { timeout: WAIT_MS }).toBeGreaterThan(wanted);
  };

  /** Each acknowledged thing is in the record once, and in the read models as if they had been built by one alone. */
  async function expectWhole(acknowledged: readonly Acknowledged[]): Promise<void> {
    const written = new Map<string, number>();
    for (const { streamId, data } of cluster.standIn.log.events) {
      if (streamId.startsWith('$')) continue;
      const { commandId } = JSON.parse(Buffer.from(data).toString()) as { commandId: string };
      written.set(commandId, (written.get(commandId) ?? 0) + 1);
    }
    for (const { commandId } of acknowledged) expect([commandId, written.get(commandId)]).toEqual([commandId, 1]);
    const last = acknowledged.findLast(({ id }) => id.startsWith('orgunit-'));
    for (const member of cluster.members) {
      if (!last || member.child.exitCode !== null || member.child.signalCode !== null) continue;
      const answer = await member.ask(UNIT, { id: last.id }, { 'satchel-read-after': last.consistencyToken });
      expect(answer).toMatchObject({ status: 200, data: { orgUnit: { name: '派出所' } } });
    }
    expect(await sharedDigests(cluster)).toEqual(await rebuiltDigests(cluster));
  }

  it('say who leads, and whether it is alive', async () => {
    await ready(other);
    expect(await leader.readyz()).toMatchObject({
      status: 200,
      parts: {
        leader: { text: expect.stringMatching(new RegExp(`\\(process ${leader.child.pid}\\), this process$`)) },
        officer: { state: 'UP_TO_DATE', text: '0 bytes behind' },
      },
    });
    expect(await other.readyz()).toMatchObject({
      status: 200,
      parts: {
        leader: { text: expect.stringMatching(new RegExp(`\\(process ${leader.child.pid}\\), alive$`)) },
        officer: { state: 'UP_TO_DATE', text: '0 bytes behind' },
      },
    });
  });

  it('show a command to whoever sent it, and its token to the others', async () => {
    for (const [from, to] of [
      [other, leader],
      [leader, other],
    ] as const) {
      const id = newId('orgunit');
      const { data } = await from.ask(REGISTER, station(id));
      expect(data.registerOrgUnit).toMatchObject({ orgUnit: { name: '豆坝派出所' }, errors: [] });
      const headers = { 'satchel-read-after': data.registerOrgUnit.consistencyToken };
      expect((await to.ask(UNIT, { id }, headers)).data).toEqual({ orgUnit: { name: '豆坝派出所' } });
    }
  });

  it('make a read wait for what was recorded at another, by its token alone', async () => {
    const { db, close } = await openPostgresReadModel(cluster.settings.SATCHEL_DATABASE as string);
    const id = newId('orgunit');
    let reading: ReturnType<Member['ask']> | undefined;
    await db.transaction().execute(async transaction => {
      // Nobody projects anything meanwhile.
      await sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.readModel})`.execute(transaction);
      const { data } = await leader.ask(REGISTER, station(id));
      const { orgUnit, consistencyToken } = data.registerOrgUnit;
      expect(orgUnit).toBeNull();
      reading = other.ask(UNIT, { id }, { 'satchel-read-after': consistencyToken });
      expect((await other.ask(UNIT, { id })).data?.orgUnit ?? null).toBeNull();
    });
    expect((await reading)?.data).toEqual({ orgUnit: { name: '豆坝派出所' } });
    await close();
  });

  it('tell subscribers of the one what was recorded at the other', async () => {
    const id = newId('officer');
    const post = { orgUnitId: cluster.county, role: 'OFFICER', post: '民警' };
    await done(other, 'registerOfficer', { id, name: '民警甲', ...post });
    const events = await caseEvents({ url: other.url, token: async () => cluster.token }, '', id);
    expect((await events.next(1))[0].event.type).toBe('OfficerRegistered');
    const next = events.next(1);
    await done(leader, 'assignToUnit', { officerId: id, ...post, post: '警长' });
    expect((await next)[0].event).toMatchObject({ revision: 1, type: 'OfficerAssignedToUnit' });
    await events.close();
  });

  it('go on beside a rebuild, and serve what it has built', async () => {
    const { code, stdout } = await cluster.program.run(['rebuild'], cluster.settings);
    expect(code).toBe(0);
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}\w+ {2}as before$/);
    await done(other, 'registerOfficer', { name: '民警乙', orgUnitId: cluster.county, role: 'OFFICER', post: '民警' });
    await ready(other);
    expect(await leader.leads()).toBe(true);
  });

  it('lose nothing when the leader is killed in the middle of load, and another takes over', async () => {
    const alive = [leader, other];
    const load = new Load(cluster.county, leaflets, () => alive);
    await more(load, 60);
    const killed = leader;
    killed.child.kill('SIGKILL');
    alive.splice(0, 1);
    await leads(other);
    leader = other;
    other = await cluster.start();
    alive.push(other);
    await more(load, 60);
    const acknowledged = await load.end();
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
    await expectWhole(acknowledged);
  }, 120_000);

  it('replace a leader that is paused, which writes nothing when it comes back', async () => {
    const alive = [leader, other];
    const load = new Load(cluster.county, leaflets, () => alive);
    await more(load, 40);
    const paused = leader;
    paused.child.kill('SIGSTOP');
    alive.splice(0, 1);
    load.hangUp();
    await leads(other);
    await more(load, 40);
    paused.child.kill('SIGCONT');
    alive.push(paused);
    await more(load, 40);
    await expectWhole(await load.end());
    expect([await paused.leads(), await other.leads()]).toEqual([false, true]);
    await ready(paused);
    [leader, other] = [other, paused];
  }, 120_000);

  it('sit out that the event store goes away, and PostgreSQL', async () => {
    const load = new Load(cluster.county, leaflets, () => [leader, other]);
    await more(load, 40);
    const { port, log } = cluster.standIn;
    await cluster.standIn.stop();
    await expect.poll(async () => (await other.readyz()).status, { timeout: WAIT_MS }).toBe(503);
    cluster.standIn = await startEventStoreDbStandIn({ port, log });
    await more(load, 40);
    await cluster.postgres.restart(async () => {
      for (const member of [leader, other])
        await expect.poll(async () => (await member.readyz()).status, { timeout: WAIT_MS }).toBe(503);
    });
    await more(load, 40);
    await expectWhole(await load.end());
    for (const member of [leader, other]) await ready(member);
    expect((await leader.leads()) !== (await other.leads())).toBe(true);
  }, 120_000);

  it('hand the lead over when the leader ends', async () => {
    const [former, next] = (await leader.leads()) ? [leader, other] : [other, leader];
    former.child.kill('SIGTERM');
    expect(await former.ended).toMatchObject({ code: 0 });
    await leads(next);
    await expectWhole([]);
  }, 60_000);
});
