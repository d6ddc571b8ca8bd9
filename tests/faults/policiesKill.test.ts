import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { newUuid } from '../../src/kernel/ids.js';
import { addDays, legalDayOf } from '../../src/kernel/legalDay.js';
import { type Cluster, type Member, startCluster } from '../harness/cluster.js';
import { LIU } from '../harness/residents.js';
import { newId } from '../harness/testSatchel.js';

const WAIT_MS = 20_000;
/** Kills before those that are due are let go on in peace. */
const KILLS = 6;
const APPLICATIONS = 12;

/** Terms that have ended long ago, by the real clock: due as soon as they are submitted. */
describe('policies of several processes', () => {
  let cluster: Cluster;
  let officer: string;
  let resident: string;
  const submitted: string[] = [];

  const headers = () => ({ authorization: `Bearer ${officer}` });
  async function done(member: Member, name: string, input: object, given = {}): Promise<void> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const mutation = `mutation Do($input: ${type}) { ${name}(input: $input) { errors { code } } }`;
    const answer = await member.ask(mutation, { input: { commandId: newUuid(), ...input } }, given);
    expect(answer).toMatchObject({ data: { [name]: { errors: [] } } });
  }

  /** An application whose term is over. */
  async function submit(member: Member): Promise<string> {
    const certificateId = newId('certificate');
    const tell = (name: string, input: object) => done(member, name, input, headers());
    await tell('takeCertificateApplication', {
      id: certificateId,
      certType: 'ID_CARD',
      reason: 'LOST',
      applicantId: resident,
    });
    await tell('capturePhoto', {
      certificateId,
      sha256: 'a1'.repeat(32),
      widthPx: 358,
      heightPx: 441,
      background: 'WHITE',
      backdropUsed: true,
    });
    await tell('exemptFingerprint', { certificateId, reason: 'PRINTS_WORN' });
    await tell('submitApplication', { certificateId, formDate: addDays(legalDayOf(new Date()), -100) });
    submitted.push(certificateId);
    return certificateId;
  }

  const recorded = (): readonly EventEnvelope[] =>
    cluster.standIn.log.events
      .filter(({ streamId }) => !streamId.startsWith('$'))
      .map(({ data }) => JSON.parse(Buffer.from(data).toString()) as EventEnvelope);
  const breaches = () => {
    const streams = recorded().flatMap(({ type, streamId }) => (type === 'DeadlineBreached' ? [streamId] : []));
    return submitted.map(id => streams.filter(streamId => streamId === id).length);
  };
  const once = () => submitted.map(() => 1);
  const eventuallyOnce = async () => {
    await expect.poll(breaches, { timeout: WAIT_MS }).toEqual(once());
    // A while longer than they take to look again: nothing comes twice.
    await delay(2_500);
    expect(breaches()).toEqual(once());
  };
  const leaderOf = async (...members: readonly Member[]): Promise<Member> => {
    let found: Member | undefined;
    await expect
      .poll(
        async () => {
          for (const member of members) if (await member.leads()) found = member;
          return found;
        },
        { timeout: WAIT_MS },
      )
      .toBeDefined();
    return found!;
  };

  beforeAll(async () => {
    cluster = await startCluster();
    const member = await cluster.start();
    // Its read models know the administrator.
    await vi.waitFor(async () => expect((await member.ask('{ viewer { role } }')).status).toBe(200), WAIT_MS);
    const [station, person] = [newId('orgunit'), newId('officer')];
    const unit = { name: '大南峪派出所', level: 'STATION', divisionCode: '621224112', parentId: cluster.county };
    await done(member, 'registerOrgUnit', { id: station, ...unit });
    await done(member, 'registerOfficer', {
      id: person,
      name: '民警乙',
      orgUnitId: station,
      role: 'OFFICER',
      post: '民警',
    });
    officer = (await cluster.program.run(['token', person], cluster.settings)).stdout.trim();
    resident = newId('resident');
    await done(member, 'registerResident', { id: resident, ...LIU }, headers());
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  it('are run by the other one when the leader is killed, and by one alone', async () => {
    const [first] = [...cluster.members] as [Member];
    const second = await cluster.start();
    const leader = await leaderOf(first, second);
    const other = leader === first ? second : first;
    expect((await leader.readyz()).parts).toMatchObject({ policies: { state: 'UP_TO_DATE' } });
    expect((await other.readyz()).parts).not.toHaveProperty('policies');
    await submit(other);
    await eventuallyOnce();
    leader.child.kill('SIGKILL');
    await submit(other);
    await eventuallyOnce();
    expect(await other.leads()).toBe(true);
  }, 120_000);

  it('record each fact once, whenever their process is killed', async () => {
    let [serving] = [...cluster.members].filter(({ child }) => child.signalCode === null) as [Member];
    for (let kill = 0; kill < KILLS; kill++) {
      for (let n = 0; n < APPLICATIONS / KILLS; n++) await submit(serving);
      // The next of its appends is written, and before it is answered the process is gone.
      const before = recorded().length;
      if (kill % 2 === 0) cluster.standIn.faults.appends.push('loseAnswer');
      await expect.poll(() => recorded().length, { timeout: WAIT_MS }).toBeGreaterThan(before);
      serving.child.kill('SIGKILL');
      await serving.ended;
      cluster.standIn.faults.appends.splice(0);
      serving = await cluster.start();
    }
    await eventuallyOnce();
  }, 180_000);

  it('of a leader that was paused record nothing twice when it comes back', async () => {
    const [former] = [...cluster.members].filter(({ child }) => child.signalCode === null) as [Member];
    const next = await cluster.start();
    await leaderOf(former);
    former.child.kill('SIGSTOP');
    await leaderOf(next);
    await submit(next);
    await expect.poll(breaches, { timeout: WAIT_MS }).toEqual(once());
    former.child.kill('SIGCONT');
    await submit(next);
    await eventuallyOnce();
    expect([await former.leads(), await next.leads()]).toEqual([false, true]);
  }, 120_000);
});
