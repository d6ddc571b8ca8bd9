import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { systemClock } from '../../src/kernel/clock.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import {
  alwaysLeads,
  type Leadership,
  LeadershipLost,
  type News,
  type Term,
} from '../../src/projections/leadership.js';
import { retryStream } from '../../src/projections/parking/retryStream.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import type { RunnerOptions } from '../../src/projections/runnerOptions.js';
import type { Lens, View } from '../../src/projections/view.js';
import { boundCommand, views } from '../../src/server/registry.js';
import { openSatchel, type Satchel } from '../../src/server/satchel.js';

const POISONED_NAME = '有毒派出所';

/** A view that cannot take in a unit of one name. */
const choosyView: View = {
  table: 'choosy_stand_in',
  version: 1,
  columns: { name: 'text' },
  indexes: [],
  keysOf: event => (event.type === 'OrgUnitRegistered' ? [event.streamId] : []),
  fold(_row, event, key) {
    const { name } = event.data as { name: string };
    if (name === POISONED_NAME) throw new Error('this name is poison');
    return { id: key, name };
  },
};

describe('projections', () => {
  let directory: string;
  let satchel: Satchel;
  let beside: OpenReadModel;
  const county = streamId('orgunit', newUuid());

  const register = async (input: object) => {
    const given = { commandId: newUuid(), ...input };
    const outcome = await execute(satchel.services.commands, boundCommand('registerOrgUnit'), given, SYSTEM);
    if (!outcome.done) throw new Error(JSON.stringify(outcome.refused));
    await satchel.services.projections.reached(outcome.done.position, 10_000);
    return outcome.done.streamId;
  };
  const station = (name: string) => register({ name, level: 'STATION', parentId: county });
  let lens: Lens;
  const runnerOf = (
    db: OpenReadModel['db'],
    used: readonly View[],
    onError: (error: Error) => void,
    more: Partial<RunnerOptions> = {},
  ) =>
    new ProjectionRunner({
      store: satchel.services.store,
      db,
      views: used,
      lens,
      onError,
      ...more,
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'satchel-projections-'));
    satchel = await openSatchel({
      data: directory,
      masterKey: randomBytes(32),
      clock: systemClock,
      mutationWait: 1000,
      readAfterTimeout: 1000,
      onError: error => {
        throw error;
      },
    });
    lens = await lensOf(satchel.stores.vault);
    beside = openSqliteReadModel(join(directory, 'beside.db'));
    await register({ id: county, name: '康县公安局', level: 'COUNTY' });
  });
  afterEach(async () => {
    await beside.close();
    await satchel.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const quiet = () => undefined;
  const caughtUp = async (runner: ProjectionRunner) =>
    expect(await runner.reached(await satchel.services.store.head(), 10_000)).toBe(true);
  const namesIn = async () =>
    (await beside.db.selectFrom(choosyView.table).select('name').orderBy('name').execute()).map(({ name }) => name);

  it('set aside an event that they cannot take in and the later ones of its stream, and take in all others', async () => {
    const errors: Error[] = [];
    const runner = runnerOf(beside.db, [...views, choosyView], error => errors.push(error));
    await runner.start();
    const poisoned = await station(POISONED_NAME);
    await execute(
      satchel.services.commands,
      boundCommand('importOpeningBalance'),
      {
        commandId: newUuid(),
        orgUnitId: poisoned,
        metric: 'MATERIAL',
        quantity: 1,
        unit: 'FEN',
        qualifier: 'EXACT',
        asOf: '2020-12-31',
        citation: '台账',
      },
      SYSTEM,
    );
    await station('城关派出所');
    await caughtUp(runner);
    expect(await namesIn()).toEqual(['城关派出所', '康县公安局'].sort());
    expect(runner.parked).toMatchObject([
      {
        projection: choosyView.table,
        streamId: poisoned,
        events: 2,
        revision: 0,
        type: 'OrgUnitRegistered',
        reason: expect.stringMatching(/^Error at .*projections\.test\.ts/),
      },
    ]);
    // Whatever the fold said of the values stays with the fold.
    expect(JSON.stringify([runner.parked, errors.map(({ message }) => message)])).not.toContain('this name is poison');
    expect(errors.map(({ name }) => name)).toEqual(['StreamParked']);
    expect(runner.status().filter(({ stopped }) => stopped)).toEqual([]);
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(satchel.services.db, views));
  });

  it('know after a restart what they have set aside, and take it in when it is mended', async () => {
    const poisoned = await station(POISONED_NAME);
    const services = { store: satchel.services.store, db: beside.db, lens };
    const first = runnerOf(beside.db, [...views, choosyView], quiet);
    await first.start();
    await caughtUp(first);
    await first.stop();
    const again = runnerOf(beside.db, [...views, choosyView], quiet);
    await again.start();
    await station('城关派出所');
    await caughtUp(again);
    expect(again.isParked(poisoned)).toBe(true);
    // Not mended yet: it stays, and nothing else is touched.
    const failed = await retryStream({ ...services, views: [...views, choosyView] }, poisoned);
    expect(failed).toMatchObject({ taken: 0, failed: [{ view: choosyView.table }] });
    const mended: View = { ...choosyView, fold: (_row, event, key) => ({ id: key, ...(event.data as object) }) };
    expect(await retryStream({ ...services, views: [...views, mended] }, poisoned)).toEqual({ taken: 1, failed: [] });
    // The runner that knows nothing of it goes on from what is stored.
    await station('王坝派出所');
    await caughtUp(again);
    await expect.poll(() => again.isParked(poisoned)).toBe(false);
    expect(await namesIn()).toEqual(['城关派出所', '康县公安局', POISONED_NAME, '王坝派出所'].sort());
    await again.stop();
  });

  it('write nothing once another leads, though they have not heard of it', async () => {
    let isOver = false;
    const refused = vi.fn();
    const term: Term = {
      over: new AbortController().signal,
      async fence(_transaction, categories) {
        if (!isOver) return;
        if (categories) refused();
        throw new LeadershipLost('Another process leads');
      },
    };
    const lead = async () => {
      await nextTurn();
      return term;
    };
    const runner = runnerOf(beside.db, [choosyView], quiet, { leadership: { ...alwaysLeads, tryLead: lead, lead } });
    await runner.start();
    await caughtUp(runner);
    const before = await namesIn();
    isOver = true;
    await station('望关派出所');
    await vi.waitFor(() => expect(refused).toHaveBeenCalled(), { timeout: 10_000 });
    expect(await namesIn()).toEqual(before);
    isOver = false;
    await caughtUp(runner);
    expect(await namesIn()).toEqual([...before, '望关派出所'].sort());
    await runner.stop();
  });

  it('tell of everything, not of the news alone, where the leader has taken in what was set aside', async () => {
    const poisoned = await station(POISONED_NAME);
    const leader = runnerOf(beside.db, [choosyView], quiet);
    await leader.start();
    await caughtUp(leader);
    await leader.stop();
    let tell: (news: News) => Promise<void> = async () => undefined;
    const follows: Leadership = {
      ...alwaysLeads,
      leads: false,
      tryLead: async () => undefined,
      lead: (signal, onNews) => {
        tell = onNews;
        return new Promise(resolve => signal.addEventListener('abort', () => resolve(undefined)));
      },
    };
    const onProjected = vi.fn();
    const follower = runnerOf(beside.db, [choosyView], quiet, { leadership: follows, onProjected });
    await follower.start();
    await tell(new Set(['visit']));
    expect(onProjected.mock.calls).toEqual([[new Set(['visit'])]]);
    const mended: View = { ...choosyView, fold: (_row, event, key) => ({ id: key, ...(event.data as object) }) };
    await retryStream({ store: satchel.services.store, db: beside.db, lens, views: [mended] }, poisoned);
    await tell(new Set(['visit']));
    expect(onProjected.mock.lastCall).toEqual([]);
    await follower.stop();
  });

  it('set aside what the database refuses, out of a whole batch', async () => {
    const measured: View = {
      ...choosyView,
      table: 'measured_stand_in',
      columns: { size: 'integer' },
      fold: (_row, event, key) => {
        const { name } = event.data as { name: string };
        return { id: key, size: name === POISONED_NAME ? 0.5 : name.length };
      },
    };
    const ids: string[] = [];
    for (const name of ['一所', POISONED_NAME, '三所', '四所', '五所']) ids.push(await station(name));
    const told = vi.fn();
    const runner = runnerOf(beside.db, [...views, measured], quiet, { onProjected: told });
    await runner.start();
    await caughtUp(runner);
    expect(runner.parked.map(({ projection, streamId }) => [projection, streamId])).toEqual([[measured.table, ids[1]]]);
    // What the other views took in of such an event is told like any other: what was read before is not held on to.
    told.mockClear();
    ids.push(await station(POISONED_NAME));
    await caughtUp(runner);
    await expect.poll(() => told.mock.calls).toEqual([[new Set(['orgunit'])]]);
    const kept = await beside.db.selectFrom(measured.table).select('id').execute();
    expect(kept.map(({ id }) => id).sort()).toEqual(
      [county, ...ids.filter(id => id !== ids[1] && id !== ids.at(-1))].sort(),
    );
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(satchel.services.db, views));
  });

  it('stop loudly when they cannot take in more and more streams, and leave the others running', async () => {
    const broken: View = {
      ...choosyView,
      fold: () => {
        throw new Error('always');
      },
    };
    for (const name of ['一所', '二所', '三所']) await station(name);
    const errors: Error[] = [];
    const runner = runnerOf(beside.db, [...views, broken], error => errors.push(error), { mostParkedStreams: 2 });
    await runner.start();
    const head = await satchel.services.store.head();
    await expect.poll(() => errors.map(({ name }) => name)).toContain('ProjectionBroken');
    // Whoever waits for everything is told at once that it will not come.
    await station('四所');
    expect(await runner.reached(await satchel.services.store.head(), 60_000)).toBe(false);
    expect(
      runner
        .status()
        .filter(({ stopped }) => stopped)
        .map(({ name }) => name),
    ).toEqual([broken.table]);
    await expect
      .poll(() => runner.status().filter(({ position, stopped }) => !stopped && position !== head).length)
      .toBe(views.length);
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(satchel.services.db, views));
  });

  it('advance once where two runners share a read model', async () => {
    const fail = (error: Error) => {
      throw error;
    };
    const runners = [runnerOf(beside.db, views, fail), runnerOf(beside.db, views, fail)];
    // One after the other, since the first makes the tables.
    for (const runner of runners) await runner.start();
    await Promise.all(Array.from({ length: 40 }, (_, n) => station(`第${n}派出所`)));
    const head = await satchel.services.store.head();
    for (const runner of runners) expect(await runner.reached(head, 10_000)).toBe(true);
    for (const runner of runners) await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(satchel.services.db, views));
  });

  it('tell of what another runner wrote, so that nothing read before is still held', async () => {
    const fail = (error: Error) => {
      throw error;
    };
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    const { store } = satchel.services;
    const slow: EventStore = {
      ...store,
      async *subscribe(options) {
        await held;
        yield* store.subscribe(options);
      },
    };
    const told = vi.fn();
    const slower = runnerOf(beside.db, views, fail, { store: slow, onProjected: told });
    await slower.start();
    const faster = runnerOf(beside.db, views, fail);
    await faster.start();
    expect(await faster.reached(await store.head(), 10_000)).toBe(true);
    expect(told).not.toHaveBeenCalled();
    letGo();
    await expect.poll(() => told.mock.calls).toEqual([[]]);
    for (const runner of [faster, slower]) await runner.stop();
  });
});
