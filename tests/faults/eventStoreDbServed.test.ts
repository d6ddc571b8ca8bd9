import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../src/kernel/ids.js';
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
