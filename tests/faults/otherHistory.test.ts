import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { locationsOf } from '../../src/cli/locations.js';
import type { RecordedEvent } from '../../src/eventstore/port.js';
import { newUuid } from '../../src/kernel/ids.js';
import { readCheckpoints } from '../../src/projections/checkpoints.js';
import { park, parkedEvent, readParkedEvents } from '../../src/projections/parking/parkedEvents.js';
import { retryStream } from '../../src/projections/parking/retryStream.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import type { View } from '../../src/projections/view.js';
import { views } from '../../src/server/registry.js';
import { FILES, openReadModel, openStores } from '../../src/server/stores.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { regrow } from '../harness/regrow.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

const WAIT = { timeout: 30_000 };
const WAY_OUT = 'satchel rebuild --from-nothing';

const register = async (satchel: TestSatchel, people: SampleStation, name: string) => {
  const unit = { name, level: 'STATION', divisionCode: '621224110', parentId: people.county };
  const { orgUnit } = await satchel.done(people.admin, 'registerOrgUnit', unit, 'orgUnit { name }');
  return orgUnit;
};
const unitsOf = async (satchel: TestSatchel, people: SampleStation): Promise<readonly string[]> => {
  const { orgUnits } = await satchel.read(people.admin, '{ orgUnits(first: 100) { nodes { name } } }');
  return orgUnits.nodes.map(({ name }: { name: string }) => name);
};
const buildFromNothing = async ({ config }: TestSatchel) =>
  (await openStores(locationsOf(config), { fromNothing: true })).close();
const caughtUp = async ({ services, stores }: TestSatchel) =>
  expect(await services.projections.reached(await stores.events.head(), 20_000)).toBe(true);

describe.skipIf(process.env.SATCHEL_TEST_ENGINES === 'scaled')(
  'events in a file that was put back and has grown past where it was',
  () => {
    let satchel: TestSatchel;
    let people: SampleStation;

    beforeAll(async () => {
      satchel = await TestSatchel.start();
      people = await sampleStation(satchel);
    });
    afterAll(() => satchel.close());

    /** With what SQLite keeps beside a file. */
    const move = (from: string, to: string, by: typeof renameSync | typeof copyFileSync) => {
      for (const end of ['', '-wal', '-shm']) {
        const [source, target] = [from, to].map(name => join(satchel.directory, `${name}${end}`)) as [string, string];
        rmSync(target, { force: true });
        if (existsSync(source)) by(source, target);
      }
    };

    it('is not taken for the one that the read models were built from', async () => {
      await satchel.restart(() => move(FILES.events, 'older.db', copyFileSync));
      await register(satchel, people, '王坝派出所');
      // The read models of then are put aside, and with them everything that says of which events they are.
      await satchel.restart(() => {
        move(FILES.readModel, 'kept.db', renameSync);
        move('older.db', FILES.events, renameSync);
      });
      for (const name of ['豆坝派出所', '平洛派出所']) await register(satchel, people, name);
      const asItWas = satchel.restart(() => move('kept.db', FILES.readModel, renameSync));
      await expect(asItWas).rejects.toThrow(WAY_OUT);
      await buildFromNothing(satchel);
      await satchel.restart();
      await caughtUp(satchel);
      const names = await unitsOf(satchel, people);
      expect(names).toEqual(expect.arrayContaining(['豆坝派出所', '平洛派出所']));
      expect(names).not.toContain('王坝派出所');
    }, 60_000);
  },
);

describe('an EventStoreDB that was put back and has grown past where it was', () => {
  let standIn: EventStoreDbStandIn;
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeEach(async () => {
    standIn = await startEventStoreDbStandIn();
    satchel = await TestSatchel.start(undefined, { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false` });
    people = await sampleStation(satchel);
    for (const name of ['城关派出所', '长坝派出所', '王坝派出所']) await register(satchel, people, name);
  });
  afterEach(async () => {
    await satchel.close();
    await standIn.stop();
  });

  const services = async () => {
    const { services: of, stores } = satchel;
    return { store: of.store, db: stores.readModel.db, views, lens: await lensOf(stores.vault) };
  };
  const putBackAndGrown = async () => {
    const { port, log } = standIn;
    await standIn.stop();
    regrow(log, { putBack: 2, grown: 3 });
    standIn = await startEventStoreDbStandIn({ port, log });
  };

  it('has events of the same positions, and stops the projections of a server that runs', async () => {
    await putBackAndGrown();
    await expect.poll(() => satchel.services.projections.failure, WAIT).toContain(WAY_OUT);
    expect((await fetch(`${satchel.url}/readyz`)).status).toBe(503);
    // What is recorded then is recorded, and is not said to be read.
    expect(await register(satchel, people, '豆坝派出所')).toBeNull();
    // Whoever takes over finds it out too.
    const next = new ProjectionRunner({ ...(await services()), onError: () => undefined });
    await next.start();
    await expect.poll(() => next.failure, WAIT).toContain(WAY_OUT);
    await next.stop();
  }, 60_000);

  it('gives nothing to read models that have set aside other events of a stream', async () => {
    const { db, views, ...rest } = await services();
    const [view] = views as [View];
    const at = { streamId: people.county, revision: 0, position: await satchel.stores.events.head() };
    const event = { ...at, eventId: newUuid(), type: 'OrgUnitRegistered' } as RecordedEvent;
    await db.transaction().execute(transaction => park(transaction, [parkedEvent(view.table, event, 'it is another')]));
    await expect(retryStream({ db, views, ...rest }, people.county)).rejects.toThrow(WAY_OUT);
    expect(await readParkedEvents(db, views)).toHaveLength(1);
  }, 60_000);

  it('is refused at the start; built from nothing, the read models have what it has', async () => {
    await satchel.stop();
    await putBackAndGrown();
    await expect(satchel.restart()).rejects.toThrow(WAY_OUT);
    await buildFromNothing(satchel);
    await satchel.restart();
    await caughtUp(satchel);
    const names = await unitsOf(satchel, people);
    expect(names).not.toContain('王坝派出所');
    expect(names.filter(name => name === '另站派出所')).toHaveLength(3);
  }, 60_000);

  it('serves with read models of a release that remembered nothing, which do so from the next event on', async () => {
    const landmarks = async () => {
      const { db, close } = await openReadModel(locationsOf(satchel.config));
      return [...(await readCheckpoints(db).finally(close)).values()].map(({ landmark }) => landmark);
    };
    await satchel.stop();
    const { db, close } = await openReadModel(locationsOf(satchel.config));
    await db.schema.alterTable('projection_checkpoint').dropColumn('landmark').execute();
    await close();
    await satchel.restart();
    expect(new Set(await landmarks())).toEqual(new Set([undefined]));
    expect(await register(satchel, people, '豆坝派出所')).toEqual({ name: '豆坝派出所' });
    for (const landmark of await landmarks()) expect(landmark?.position).toBe(await satchel.stores.events.head());
  }, 60_000);
});
