import { describe, expect, it } from 'vitest';
import { caseEvents } from '../../harness/caseEvents.js';
import { metricsAt } from '../../harness/metrics.js';
import { LIU, registerResident } from '../../harness/residents.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

describe('metrics', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const figures = () => metricsAt(`${satchel.url}/metrics`);
  const figure = async (line: string) => (await figures()).get(line) ?? 0;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  const commands = (command: string, result: string) =>
    `satchel_commands_total{command="${command}",result="${result}"}`;

  it('count commands by what became of them', async () => {
    const { officer } = people;
    const resident = await registerResident(satchel, officer, LIU);
    await satchel.refused(officer, 'registerResident', { id: resident, name: LIU.name });
    await satchel.ask(
      people.analyst,
      `mutation { registerResident(input: { commandId: "${crypto.randomUUID()}", name: "x" }) { events { id } } }`,
    );
    const now = await figures();
    expect(now.get(commands('registerResident', 'done'))).toBe(1);
    expect(now.get(commands('registerResident', 'refused'))).toBe(1);
    expect(now.get(commands('registerResident', 'denied'))).toBe(1);
    expect(now.get('satchel_append_seconds_count{result="done"}')).toBeGreaterThan(10);
    expect(now.get('satchel_command_seconds_count{result="done"}')).toBeGreaterThan(10);
    const onFile = process.env.SATCHEL_TEST_ENGINES !== 'scaled';
    expect(now.get('satchel_append_group_size_sum') ?? 0).toBe(
      onFile ? now.get('satchel_append_seconds_count{result="done"}') : 0,
    );
  });

  it('count operations by type, name and result, and fold names that clients make up', async () => {
    const operations = (type: string, name: string, result: string) =>
      `satchel_graphql_operations_total{type="${type}",name="${name}",result="${result}"}`;
    await satchel.read(people.officer, 'query MyDesk { viewer { role } }');
    await satchel.read(people.officer, '{ viewer { role } }');
    await satchel.ask(people.officer, 'query Of62262518991231001X { viewer { role } }');
    await satchel.ask(people.officer, `query MyDesk { officer(id: "${newId('officer')}") { id } }`);
    const before = await figure(operations('unknown', 'anonymous', 'error'));
    await satchel.ask(people.officer, 'query NeverValid { nothing }');
    await satchel.ask(undefined, 'query OfNobody { viewer { role } }');
    const now = await figures();
    expect(now.get(operations('query', 'MyDesk', 'ok'))).toBe(1);
    expect(now.get(operations('query', 'MyDesk', 'error'))).toBe(1);
    expect(now.get(operations('query', 'anonymous', 'ok'))).toBe(1);
    expect(now.get(operations('query', 'other', 'ok'))).toBe(1);
    expect(now.get(operations('unknown', 'anonymous', 'error'))).toBe(before + 2);
    expect([...now.keys()].join('\n')).not.toMatch(/62262518991231001X|NeverValid|OfNobody/);
  });

  it('say how many subscribe, and count subscriptions at their end', async () => {
    const line = 'satchel_graphql_operations_total{type="subscription",name="S",result="ok"}';
    const events = await caseEvents(satchel, people.admin, people.officer);
    await events.next(1);
    expect(await figure('satchel_subscribers')).toBe(1);
    expect(await figure(line)).toBe(0);
    await events.close();
    await expect.poll(() => figure('satchel_subscribers')).toBe(0);
    expect(await figure(line)).toBe(1);
  });

  it('say that read models keep up, and that Satchel is ready', async () => {
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    const now = await figures();
    expect(now.get('satchel_ready')).toBe(1);
    expect(now.get('satchel_projection_leader')).toBe(1);
    for (const { name } of satchel.services.projections.status()) {
      expect(now.get(`satchel_projection_lag_events{projection="${name}"}`)).toBe(0);
      expect(now.get(`satchel_projection_lag_seconds{projection="${name}"}`)).toBe(0);
      expect(now.get(`satchel_projection_stopped{projection="${name}"}`)).toBe(0);
    }
  });

  it('say by how many events and seconds read models are behind', async () => {
    await satchel.services.projections.stop();
    await satchel.bySystem('registerOrgUnit', { name: '望关派出所', level: 'STATION', parentId: people.county });
    await satchel.bySystem('registerOrgUnit', { name: '铜钱派出所', level: 'STATION', parentId: people.county });
    const recorded = satchel.clock.now().getTime();
    satchel.clock.set(new Date(recorded + 90_000));
    const now = await figures();
    expect(now.get('satchel_projection_lag_events{projection="dispute"}')).toBe(2);
    expect(now.get('satchel_projection_lag_seconds{projection="dispute"}')).toBe(90);
  });

  it('hold nothing of whom they are about', async () => {
    const text = await (await fetch(`${satchel.url}/metrics`)).text();
    expect(text).not.toMatch(/[\u4e00-\u9fff]/);
    expect(text).not.toMatch(/(officer|resident|orgunit)-[\da-f]{8}/);
  });
});

describe('the place of the metrics', () => {
  it('is an address of their own when told so, and then not beside the API', async () => {
    const apart = await TestSatchel.start(undefined, { SATCHEL_METRICS: '127.0.0.1:0' });
    expect((await fetch(`${apart.url}/metrics`)).status).toBe(404);
    const url = apart.metricsUrl as string;
    expect((await metricsAt(url)).get('satchel_ready')).toBe(1);
    expect((await fetch(new URL('/graphql', url))).status).toBe(404);
    await apart.close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('is nowhere when they are off', async () => {
    const off = await TestSatchel.start(undefined, { SATCHEL_METRICS: 'off' });
    expect((await fetch(`${off.url}/metrics`)).status).toBe(404);
    expect(off.metricsUrl).toBeUndefined();
    await off.close();
  });
});
