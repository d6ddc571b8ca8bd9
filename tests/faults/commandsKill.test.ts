import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import type { Done } from '../../src/commands/outcome.js';
import { openSqliteReadModel } from '../../src/database/openReadModel.js';
import type { RecordedEvent } from '../../src/eventstore/port.js';
import type { Sealed } from '../../src/kernel/personal.js';
import { digestsOf } from '../../src/projections/digest.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { views } from '../../src/server/registry.js';
import type { Satchel } from '../../src/server/satchel.js';
import { collectBatches } from '../contract/collect.js';
import { compileProgram, runProgram } from './childProcess.js';
import { deed, layFoundation, nameOf, open, perform } from './deeds.js';

interface Acknowledged {
  readonly writer: string;
  readonly n: number;
  readonly done: Done;
}

const KILLS = 12;

describe('a process that executes commands, with projections behind them', () => {
  const masterKey = randomBytes(32);
  let program: string;
  let data: string;

  beforeAll(async () => {
    program = await compileProgram('commandingProcess');
    data = mkdtempSync(join(tmpdir(), 'satchel-commands-kill-'));
    const satchel = await open(data, masterKey);
    await layFoundation(satchel);
    await satchel.close();
  });
  afterAll(() => {
    rmSync(dirname(program), { recursive: true });
    rmSync(data, { recursive: true });
  });

  const start = (round: string, writers: number, deeds: number, onLine?: (count: number) => void) =>
    runProgram(program, [data, masterKey.toString('base64'), String(writers), String(deeds), round], onLine);

  it('may be killed at any moment: what it acknowledged is there, once, whole, and can be read', {
    timeout: 240_000,
  }, async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < KILLS; round++) {
      // A different place in its work each time.
      const killAfter = 1 + ((round * 37) % 150);
      const running = start(String(round), 6, 0, count => {
        if (count === killAfter) running.child.kill('SIGKILL');
      });
      expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' });
      const told = (await running.told).map(line => JSON.parse(line) as Acknowledged);
      expect(told.length).toBeGreaterThanOrEqual(killAfter);
      acknowledged.push(...told);

      const satchel = await open(data, masterKey);
      await checkRecord(satchel, acknowledged);
      await checkReadModel(satchel, join(data, `beside-${round}.db`));
      await checkRetries(satchel, told);
      await satchel.close();
    }
  });

  it('shares its stores with another that does the same', { timeout: 120_000 }, async () => {
    const running = ['left', 'right'].map(round => start(round, 3, 40));
    for (const { exited } of running) expect(await exited).toEqual({ code: 0, signal: null });
    const told = (await Promise.all(running.map(each => each.told))).flat();
    expect(told).toHaveLength(2 * 3 * 40);
    const satchel = await open(data, masterKey);
    await checkRecord(
      satchel,
      told.map(line => JSON.parse(line) as Acknowledged),
    );
    await checkReadModel(satchel, join(data, 'beside-shared.db'));
    await satchel.close();
  });
});

/** Every command acknowledged is in the record once, where it was said to be, and nothing is there twice. */
async function checkRecord({ services, stores }: Satchel, acknowledged: readonly Acknowledged[]): Promise<void> {
  const log = await collectBatches(services.store.readAll());
  expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
  expect(new Set(log.map(({ commandId }) => commandId)).size, 'each command has one event').toBe(log.length);
  const byCommand = new Map(log.map(event => [event.commandId, event]));
  const { open } = await lensOf(stores.vault);
  for (const { writer, n, done } of acknowledged) {
    const { commandId } = deed(writer, n).input;
    const event = byCommand.get(commandId) as RecordedEvent;
    expect(event).toMatchObject({ streamId: done.streamId, revision: done.lastRevision, position: done.position });
    if (event.type === 'ResidentRegistered')
      // The key of what was sealed must not be lost either.
      expect(await open((event.data as { name: Sealed }).name)).toBe(nameOf(writer, n / 4));
  }
}

/** The read model catches up, and is what the events make when they are read from the start. */
async function checkReadModel({ services, stores }: Satchel, file: string): Promise<void> {
  const head = await services.store.head();
  expect(await services.projections.reached(head, 20_000)).toBe(true);
  const beside = openSqliteReadModel(file);
  const runner = new ProjectionRunner({
    store: services.store,
    db: beside.db,
    views,
    lens: await lensOf(stores.vault),
    onError: error => {
      throw error;
    },
  });
  await runner.start();
  expect(await runner.reached(head, 20_000)).toBe(true);
  await runner.stop();
  expect(await digestsOf(services.db, views)).toEqual(await digestsOf(beside.db, views));
  await beside.close();
}

/** Whoever did not get the answer sends again: what was done is answered and not done again, the next goes on. */
async function checkRetries(satchel: Satchel, told: readonly Acknowledged[]): Promise<void> {
  const head = await satchel.services.store.head();
  for (const { writer, n, done } of told.slice(-10)) expect(await perform(satchel, deed(writer, n))).toEqual(done);
  expect(await satchel.services.store.head()).toBe(head);
  const last = new Map(told.map(({ writer, n }) => [writer, n]));
  for (const [writer, n] of last) {
    const next = deed(writer, n + 1);
    expect(await perform(satchel, next)).toEqual(await perform(satchel, next));
  }
}
