import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withWhatIsBeside } from '../../src/database/libsql.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { START } from '../../src/kernel/position.js';
import { openControl } from '../../src/policies/control/openControl.js';
import type { ControlStore, StoredControl } from '../../src/policies/control/port.js';
import { fireOrFail } from '../../src/policies/fire.js';
import { PolicyRunner } from '../../src/policies/runner.js';
import { digestsOf } from '../../src/projections/digest.js';
import type { Term } from '../../src/projections/leadership.js';
import { rebuildBeside } from '../../src/projections/rebuild/rebuild.js';
import type { Readiness } from '../../src/server/health.js';
import { policies, views } from '../../src/server/registry.js';
import { controlPlaceOf, FILES, openReadModel } from '../../src/server/stores.js';
import { type Doorstep, doorstep, takeApplication } from '../harness/doorstep.js';
import { metricsAt } from '../harness/metrics.js';
import { at } from '../harness/moments.js';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

const APPLICATIONS = 5;
const NO_TIMER = { timers: [] };

/** Makes it what it was. */
async function putBack(store: ControlStore, { checkpoints, timers }: StoredControl): Promise<void> {
  const epoch = await store.takeOver();
  for (const { policy, version, position, landmark } of checkpoints) {
    await store.beginAnew(epoch, policy, version);
    const changes = timers
      .filter(timer => timer.policy === policy)
      .map(({ tryAt: _then, dueAt, orgUnitId, ...id }) => ({ ...id, set: { dueAt, orgUnitId } }));
    await store.advance(epoch, [{ policy, version, position: START }], position, changes, landmark);
  }
}

/** Applications of 30 August 2022, whose terms end with 29 October. */
describe('policies', () => {
  let satchel: TestSatchel;
  let door: Doorstep;
  let ids: readonly string[];

  const on = (day: string) => satchel.clock.set(new Date(at(day, '10:00')));
  const control = () => satchel.stores.control;

  /** Of each application, how often its breach is in the log; also that no event has an id that another has. */
  async function breaches(): Promise<readonly number[]> {
    const found: EventEnvelope[] = [];
    for await (const batch of satchel.stores.events.readAll()) found.push(...batch);
    expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(found.length);
    const streams = found.flatMap(({ type, streamId }) => (type === 'DeadlineBreached' ? [streamId] : []));
    return ids.map(id => streams.filter(streamId => streamId === id).length);
  }
  /** While no server is at work on it. */
  async function onControl(work: (control: ControlStore) => Promise<void>): Promise<void> {
    const { database } = satchel.config;
    const store = await openControl(controlPlaceOf({ data: satchel.directory, database }));
    await work(store);
    await store.close();
  }
  const times = (count: number) => ids.map(() => count);

  beforeEach(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'), {}, { policiesRun: true });
    door = await doorstep(satchel, await sampleStation(satchel));
    const applications: string[] = [];
    for (let n = 0; n < APPLICATIONS; n++) {
      const certificateId = await takeApplication(door, { reason: 'LOST' });
      await door.do('submitApplication', { certificateId });
      applications.push(certificateId);
    }
    ids = applications;
    await satchel.untilPoliciesRest();
  });
  afterEach(() => satchel.close());

  it('record once what was recorded before the control store could be told of it', async () => {
    const store = control() as Pick<ControlStore, 'drop' | 'advance'> as Record<'drop' | 'advance', unknown>;
    const { drop, advance } = store;
    let failed = 0;
    store.drop = store.advance = async () => {
      failed++;
      throw new Error('The control store is away');
    };
    on('2022-10-30');
    await expect.poll(() => failed, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(await breaches()).toEqual(times(1));
    expect((await control().readAll()).timers).toHaveLength(APPLICATIONS);
    // Told once, however often it is tried again.
    expect(satchel.told.map(({ message }) => message)).toEqual(['The control store is away']);
    expect(satchel.policies.status().heldUp).toBe('The control store is away');

    Object.assign(store, { drop, advance });
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    expect(await control().readAll()).toMatchObject(NO_TIMER);
    expect(satchel.policies.status().heldUp).toBeUndefined();
  });

  it('give one command for one moment, by however many processes it is fired', async () => {
    const { timers } = await control().readAll();
    const firing = {
      policies,
      commands: satchel.services.commands,
      onError: (error: Error) => satchel.told.push(error),
    };
    await satchel.policies.byHand(async () => {
      on('2022-10-30');
      for (const timer of timers) {
        const twice = await Promise.all([fireOrFail(firing, timer), fireOrFail(firing, timer)]);
        // Each is told that it is on record, and so is whoever comes later.
        expect([...twice, await fireOrFail(firing, timer)]).toEqual(['done', 'done', 'done']);
      }
      expect(await breaches()).toEqual(times(1));
    });
    expect(satchel.told).toEqual([]);
  });

  it('record once what was recorded before the process was gone', async () => {
    // As a crash leaves it: the facts are on record, and the control store is as it was before.
    const before = await control().readAll();
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    const head = await satchel.stores.events.head();
    await satchel.restart(() => onControl(store => putBack(store, before)));
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    expect(await satchel.stores.events.head()).toBe(head);
    expect(await control().readAll()).toMatchObject(NO_TIMER);
  });

  /** As when its disk was lost, and no backup had it. */
  async function loseControl(): Promise<void> {
    const { database } = satchel.config;
    if (database === undefined) {
      for (const file of withWhatIsBeside(join(satchel.directory, FILES.control))) rmSync(file, { force: true });
      return;
    }
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    await client.query('DROP SCHEMA satchel_control CASCADE');
    await client.end();
  }

  it('record nothing twice without their control store, and what is due later once', async () => {
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    await satchel.done(door.chief, 'extendCertificateDeadline', {
      certificateId: ids[0],
      extraDays: 30,
      reason: 'REMOTE_VILLAGE',
    });
    await satchel.restart(loseControl);
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    on('2022-12-24');
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual([2, ...times(1).slice(1)]);
  });

  it('fire nothing when read models are built anew', async () => {
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    const [head, before] = [await satchel.stores.events.head(), await control().readAll()];
    const { store, db, lens } = satchel.services;
    const digests = await digestsOf(db, views);
    await rebuildBeside({
      store,
      db,
      views,
      lens,
      openAnother: () => openReadModel({ data: satchel.directory, database: satchel.config.database }),
      onError: error => {
        throw error;
      },
      signal: new AbortController().signal,
    });
    await satchel.untilPoliciesRest();
    expect(await satchel.stores.events.head()).toBe(head);
    expect((await control().readAll()).timers).toEqual(before.timers);
    expect(await digestsOf(db, views)).toEqual(digests);
  });

  async function watched() {
    const lag = (await metricsAt(`${satchel.url}/metrics`)).get('satchel_policy_lag_seconds');
    const { ready, degraded, parts } = (await (await fetch(`${satchel.url}/readyz`)).json()) as Readiness;
    return { lag, ready, degraded, state: parts?.policies?.state };
  }

  it('let one that cannot be fired wait, and fire the others', async () => {
    const [broken] = ids;
    const { store } = satchel.services.commands as { store: { readStream: (id: string) => unknown } };
    const readStream = store.readStream.bind(store);
    store.readStream = id => {
      if (id === broken) throw new TypeError('This stream cannot be read');
      return readStream(id);
    };
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual([0, ...times(1).slice(1)]);
    expect(satchel.told.map(({ name }) => name)).toEqual(['PolicyFailed']);
    // Whoever watches it finds out, for as long as that lasts.
    expect(await watched()).toEqual({ lag: 36_000, ready: true, degraded: true, state: 'HELD_UP' });
    store.readStream = readStream;
    satchel.clock.set(new Date(at('2022-10-30', '11:30')));
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    expect(await watched()).toEqual({ lag: 0, ready: true, degraded: false, state: 'UP_TO_DATE' });
  });

  it('keep what is refused for the clock, and not by the rules of the noun', async () => {
    const store = control() as Pick<ControlStore, 'due'> as { due: ControlStore['due'] };
    const due = store.due.bind(store);
    // The clock is put back between the look for what is due and the command.
    store.due = async (...now) => {
      const found = await due(...now);
      if (found.length > 0) on('2022-08-30');
      return found;
    };
    await satchel.policies.byHand(async () => {
      on('2022-10-30');
      await satchel.policies.pass();
    });
    expect(await breaches()).toEqual(times(0));
    expect((await control().readAll()).timers).toHaveLength(APPLICATIONS);
    expect(satchel.told.map(({ name, cause }) => [name, `${cause}`])).toEqual(
      ids.map(() => ['PolicyFailed', 'PolicyFailed: Refused: OCCURRED_IN_FUTURE']),
    );
    store.due = due;
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    expect(await control().readAll()).toMatchObject(NO_TIMER);
  });

  it('fire no further once another process leads', async () => {
    const over = new AbortController();
    const standInTerm: Term = { over: over.signal, fence: async () => {} };
    const runner = new PolicyRunner({
      policies,
      control: control(),
      commands: satchel.services.commands,
      leadership: { leads: true, tryLead: async () => standInTerm },
      onError: error => satchel.told.push(error),
      onFired: () => over.abort(),
    });
    await satchel.policies.byHand(async () => {
      on('2022-10-30');
      await runner.pass();
      expect((await breaches()).filter(count => count > 0)).toEqual([1]);
    });
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
    expect(satchel.told).toEqual([]);
  });

  it('begin anew beside events that were put back from an older copy', async () => {
    // Further than the log: these events are not those that it has taken in.
    const ahead = (await satchel.stores.events.head()).replace(/^\d+/, '99999999');
    await satchel.restart(() =>
      onControl(async store => {
        const { checkpoints } = await store.readAll();
        await store.advance(await store.takeOver(), checkpoints, ahead, []);
      }),
    );
    on('2022-10-30');
    await satchel.untilPoliciesRest();
    expect(await breaches()).toEqual(times(1));
  });

  it.skipIf(process.env.SATCHEL_TEST_ENGINES === 'scaled')(
    'begin anew beside events in a file that was put back and has grown past where they had come',
    async () => {
      /** With what SQLite keeps beside a file. */
      const move = (from: string, to: string, by: typeof renameSync | typeof copyFileSync) => {
        for (const [index, source] of withWhatIsBeside(join(satchel.directory, from)).entries()) {
          const target = withWhatIsBeside(join(satchel.directory, to))[index]!;
          rmSync(target, { force: true });
          if (existsSync(source)) by(source, target);
        }
      };
      const apply = async () => {
        const certificateId = await takeApplication(door, { reason: 'LOST' });
        await door.do('submitApplication', { certificateId });
        await satchel.untilPoliciesRest();
        return certificateId;
      };
      await satchel.restart(() => move(FILES.events, 'older.db', copyFileSync));
      await apply();
      // The control store of then is put aside, and the read models are built anew.
      await satchel.restart(() => {
        move(FILES.control, 'kept.db', renameSync);
        move('older.db', FILES.events, renameSync);
        move(FILES.readModel, 'gone.db', renameSync);
      });
      await satchel.untilPoliciesRest();
      ids = [...ids, await apply(), await apply()];
      await satchel.restart(() => move('kept.db', FILES.control, renameSync));
      on('2022-10-30');
      await satchel.untilPoliciesRest();
      expect(await breaches()).toEqual(times(1));
    },
  );
});
