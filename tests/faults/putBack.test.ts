import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationsOf } from '../../src/cli/locations.js';
import { openStores } from '../../src/server/stores.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

const WAIT = { timeout: 30_000 };

describe('an event store that is put back from an older copy, beside read models that are not', () => {
  let standIn: EventStoreDbStandIn;
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeAll(async () => {
    standIn = await startEventStoreDbStandIn();
    satchel = await TestSatchel.start(undefined, { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false` });
    people = await sampleStation(satchel);
    for (const name of ['城关派出所', '长坝派出所', '王坝派出所']) await register(name);
  });
  afterAll(async () => {
    await satchel.close();
    await standIn.stop();
  });

  const register = async (name: string) => {
    const unit = { name, level: 'STATION', divisionCode: '621224110', parentId: people.county };
    const { orgUnit } = await satchel.done(people.admin, 'registerOrgUnit', unit, 'orgUnit { name }');
    return orgUnit;
  };
  const putBack = async () => {
    const { port, log } = standIn;
    await standIn.stop();
    log.putBack(3);
    standIn = await startEventStoreDbStandIn({ port, log });
  };

  it('stops the projections of a server that runs, which says why and what to do', async () => {
    await putBack();
    await expect.poll(() => satchel.services.projections.failure, WAIT).toContain('satchel rebuild --from-nothing');
    const ready = await fetch(`${satchel.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(satchel.told.map(({ name }) => name)).toContain('ReadModelAhead');
    // What is recorded then is recorded, and is not said to be read.
    expect(await register('豆坝派出所')).toBeNull();
  }, 60_000);

  it('is refused at the start; built from nothing, they have what the store has', async () => {
    await expect(satchel.restart()).rejects.toThrow('satchel rebuild --from-nothing');
    await (await openStores(locationsOf(satchel.config), { fromNothing: true })).close();
    await satchel.restart();
    expect(await satchel.services.projections.reached(await satchel.stores.events.head(), 20_000)).toBe(true);
    expect(await register('平洛派出所')).toEqual({ name: '平洛派出所' });
    const { orgUnits } = await satchel.read(people.admin, '{ orgUnits(first: 100) { nodes { name } } }');
    const names = orgUnits.nodes.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['豆坝派出所', '平洛派出所']));
    expect(names).not.toContain('王坝派出所');
    expect((await fetch(`${satchel.url}/readyz`)).status).toBe(200);
  }, 60_000);
});
