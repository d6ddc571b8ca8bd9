import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyEvents } from '../../src/eventstore/copy/copyEvents.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { newUuid } from '../../src/kernel/ids.js';
import type { Readiness } from '../../src/server/health.js';
import { upcasters } from '../../src/server/registry.js';
import { noRoom, readOnly, tooBusy } from '../harness/eventStoreDbStandIn/faults.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { metricsAt } from '../harness/metrics.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const REGISTER = `mutation Do($input: RegisterOrgUnitInput!) {
  registerOrgUnit(input: $input) { events { id revision } consistencyToken errors { code } } }`;

describe('Satchel over HTTP, its events on a server that fails', () => {
  let standIn: EventStoreDbStandIn;
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeAll(async () => {
    standIn = await startEventStoreDbStandIn();
    satchel = await TestSatchel.start(undefined, { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false` });
    people = await sampleStation(satchel);
  });
  afterAll(async () => {
    await satchel.close();
    await standIn.stop();
  });

  const unit = (id: string) => ({
    commandId: newUuid(),
    id,
    name: '豆坝派出所',
    level: 'STATION',
    divisionCode: '621224110',
    parentId: people.county,
  });
  const written = (id: string) => standIn.log.events.filter(({ streamId }) => streamId === id).length;

  it('keeps its events there', () => {
    expect(written(people.officer)).toBeGreaterThan(0);
    expect(existsSync(join(satchel.directory, 'events.db'))).toBe(false);
  });

  it('does a command once that comes many times at once', async () => {
    const id = newId('orgunit');
    const input = unit(id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => satchel.done(people.admin, 'registerOrgUnit', input)),
    );
    for (const { events } of answers) expect(events).toEqual(answers[0].events);
    expect(written(id)).toBe(1);
  });

  it('says that an outcome is unknown, and the same command again is done once', async () => {
    const id = newId('orgunit');
    const input = unit(id);
    // Each attempt is written, or known again as written, and none is answered.
    standIn.faults.appends.push('drop', 'drop', 'drop', 'drop');
    const lost = await satchel.ask(people.admin, REGISTER, { input });
    expect(lost.errors).toMatchObject([
      { message: expect.stringContaining('same commandId'), extensions: { code: 'OUTCOME_UNKNOWN' } },
    ]);
    expect(JSON.stringify(lost)).not.toMatch(/esdb:|127\.0\.0\.1|stand-in/);
    const again = await satchel.ask(people.admin, REGISTER, { input });
    expect(again.errors).toBeUndefined();
    expect(again.data?.registerOrgUnit).toMatchObject({ events: [{ revision: 0 }], errors: [] });
    expect(written(id)).toBe(1);
  });

  it('says that the store does not answer, and goes on when it does', async () => {
    const { port, log } = standIn;
    const id = newId('orgunit');
    const input = unit(id);
    await standIn.stop();
    const missed = await satchel.ask(people.admin, REGISTER, { input });
    expect(missed.errors).toMatchObject([
      { message: expect.stringContaining('same commandId'), extensions: { code: 'STORE_UNAVAILABLE' } },
    ]);
    expect(JSON.stringify(missed)).not.toMatch(/esdb:|127\.0\.0\.1|ECONN/);
    const unready = await fetch(`${satchel.url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toEqual({
      ready: false,
      degraded: false,
      parts: { events: { state: 'AWAY', text: 'the event store does not answer' } },
    });

    standIn = await startEventStoreDbStandIn({ port, log });
    expect((await satchel.done(people.admin, 'registerOrgUnit', input)).events).toHaveLength(1);
    expect(written(id)).toBe(1);
    await expect.poll(async () => (await fetch(`${satchel.url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const counted = await metricsAt(`${satchel.url}/metrics`);
    expect(counted.get('satchel_eventstore_reconnects_total')).toBeGreaterThan(0);
  });

  it('knows a command id again in its stream alone, and gives each event an id of its own, so that all can be copied', async () => {
    const { commandId, ...first } = unit(newId('orgunit'));
    const second = { ...first, id: newId('orgunit') };
    const done = [];
    for (const each of [first, first, second])
      done.push(await satchel.done(people.admin, 'registerOrgUnit', { commandId, ...each }));
    const [one, again, other] = done.map(({ events }) => events.map(({ id }: { id: string }) => id));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const file = openSqliteEventStore({ file: join(satchel.directory, 'copy.db'), upcasters });
    expect(await copyEvents(satchel.stores.events, file)).toMatchObject({ receiptsLeftOut: 1 });
    await file.close();
  });

  it.each([
    ['has no room', noRoom()],
    ['is too busy', tooBusy()],
    ['is for reading', readOnly()],
  ])('says that nothing is recorded while a server %s, reads on, and records once it is over', async (_, refusal) => {
    const readyz = async () => (await (await fetch(`${satchel.url}/readyz`)).json()) as Readiness;
    const reconnects = async () =>
      (await metricsAt(`${satchel.url}/metrics`)).get('satchel_eventstore_reconnects_total');
    await satchel.done(people.admin, 'registerOrgUnit', unit(newId('orgunit')));
    const before = await reconnects();
    standIn.faults.refusal = refusal;
    const inputs = [unit(newId('orgunit')), unit(newId('orgunit'))];
    const answers = await Promise.all(inputs.map(input => satchel.ask(people.admin, REGISTER, { input })));
    for (const answer of answers) {
      expect(answer.errors).toMatchObject([
        { message: expect.stringContaining('same commandId'), extensions: { code: 'STORE_UNAVAILABLE' } },
      ]);
      expect(JSON.stringify(answer)).not.toMatch(/esdb:|127\.0\.0\.1|space|Busy|leader/);
    }
    for (const { id } of inputs) expect(written(id)).toBe(0);
    expect(await readyz()).toMatchObject({ ready: true, degraded: true, parts: { events: { state: 'REFUSING' } } });
    const read = `{ orgUnit(id: "${people.county}") { history(first: 1) { nodes { type } } } }`;
    const { orgUnit } = await satchel.read(people.admin, read);
    expect(orgUnit.history.nodes).toEqual([{ type: 'OrgUnitRegistered' }]);
    // Reads and subscriptions use the same line.
    if (refusal.code !== status.UNKNOWN) expect(await reconnects()).toBe(before);

    standIn.faults.refusal = undefined;
    for (const input of inputs) {
      expect((await satchel.done(people.admin, 'registerOrgUnit', input)).events).toHaveLength(1);
      expect(written(input.id)).toBe(1);
    }
    const after = await readyz();
    expect([after.ready, after.parts?.events]).toEqual([true, undefined]);
  });

  it('says that a command would record more than the store takes, and records nothing', async () => {
    const { port, log } = standIn;
    await standIn.stop();
    standIn = await startEventStoreDbStandIn({ port, log, maxAppendBytes: 100 });
    await expect.poll(async () => (await fetch(`${satchel.url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const id = newId('orgunit');
    const answer = await satchel.ask(people.admin, REGISTER, { input: unit(id) });
    expect(answer.errors).toMatchObject([
      { message: expect.stringContaining('nothing of it was recorded'), extensions: { code: 'APPEND_TOO_LARGE' } },
    ]);
    expect(written(id)).toBe(0);
  });
});
