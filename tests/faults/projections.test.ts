import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { systemClock } from '../../src/kernel/clock.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import { ProjectionRunner, type RunnerOptions } from '../../src/projections/runner.js';
import type { View } from '../../src/projections/view.js';
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
  };
  const station = (name: string) => register({ name, level: 'STATION', parentId: county });
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
      lens: lensOf(satchel.stores.vault),
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
    beside = openSqliteReadModel(join(directory, 'beside.db'));
    await register({ id: county, name: '康县公安局', level: 'COUNTY' });
  });
  afterEach(async () => {
    await beside.close();
    await satchel.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('stop loudly at an event that they cannot take in, keep what came before, and leave the others running', async () => {
    await station('豆坝派出所');
    const errors: Error[] = [];
    const runner = runnerOf(beside.db, [...views, choosyView], error => errors.push(error));
    await runner.start();
    await runner.reached(await satchel.services.store.head(), 5000);
    await station(POISONED_NAME);
    await station('城关派出所');
    const head = await satchel.services.store.head();
    // Whoever waits for everything is told at once that it will not come.
    expect(await runner.reached(head, 60_000)).toBe(false);
    const poisoned = runner.status().find(({ name }) => name === choosyView.table);
    expect(poisoned?.stopped).toContain('choosy_stand_in cannot take in OrgUnitRegistered');
    expect(errors.map(({ name }) => name)).toEqual(['PoisonEvent']);
    const names = await beside.db.selectFrom(choosyView.table).select('name').execute();
    expect(names.map(({ name }) => name).sort()).toEqual(['康县公安局', '豆坝派出所'].sort());
    await expect
      .poll(() => runner.status().filter(({ position, stopped }) => !stopped && position === head).length)
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
