import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../src/kernel/ids.js';
import { type Cluster, type Member, startCluster } from '../harness/cluster.js';
import { type SeverableLine, startSeverableLine } from '../harness/severableLine.js';
import { newId } from '../harness/testSatchel.js';

const WAIT = { timeout: 60_000 };
const REGISTER = `mutation Do($input: RegisterOrgUnitInput!) {
  registerOrgUnit(input: $input) { consistencyToken errors { code } } }`;
const UNIT = 'query U($id: ID!) { orgUnit(id: $id) { name } }';

describe('a leader that alone does not reach the event store', () => {
  let cluster: Cluster;
  let line: SeverableLine;
  let leader: Member;
  let other: Member;

  beforeAll(async () => {
    cluster = await startCluster();
    line = await startSeverableLine(cluster.standIn.port);
    leader = await cluster.start({ SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${line.port}?tls=false` });
    other = await cluster.start();
  }, 120_000);
  afterAll(async () => {
    await cluster?.stop();
    line?.stop();
  }, 60_000);

  it('gives up the lead to one that does, and follows it once the line is mended', async () => {
    expect([await leader.leads(), await other.leads()]).toEqual([true, false]);
    line.cut();
    await expect.poll(() => other.leads(), WAIT).toBe(true);
    expect((await leader.readyz()).status).toBe(503);

    const id = newId('orgunit');
    const input = { commandId: newUuid(), id, name: '豆坝派出所', level: 'STATION', parentId: cluster.county };
    const { data } = await other.ask(REGISTER, { input });
    expect(data.registerOrgUnit.errors).toEqual([]);
    const headers = { 'satchel-read-after': data.registerOrgUnit.consistencyToken };
    const shown = { orgUnit: { name: '豆坝派出所' } };
    expect((await other.ask(UNIT, { id }, headers)).data).toEqual(shown);

    line.mend();
    await expect.poll(async () => (await leader.readyz()).status, WAIT).toBe(200);
    await expect.poll(async () => (await leader.ask(UNIT, { id }, headers)).data, WAIT).toEqual(shown);
    expect([await leader.leads(), await other.leads()]).toEqual([false, true]);
  }, 180_000);
});
