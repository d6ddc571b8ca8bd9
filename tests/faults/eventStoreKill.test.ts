import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { collectBatches } from '../contract/collect.js';
import { sampleUpcasters } from '../contract/sampleAppend.js';
import { compileProgram, runProgram } from './childProcess.js';

interface Acknowledged {
  readonly commandId: string;
  readonly streamId: string;
  readonly events: readonly string[];
  readonly position: string;
}

const KILLS = 24;

describe('a process that appends', () => {
  let program: string;
  let directory: string;
  let file: string;

  beforeAll(async () => {
    program = await compileProgram('appendingProcess');
    directory = mkdtempSync(join(tmpdir(), 'satchel-kill-'));
    file = join(directory, 'events.db');
  });
  afterAll(() => {
    rmSync(dirname(program), { recursive: true });
    rmSync(directory, { recursive: true });
  });

  it('may be killed at any moment: what it acknowledged is there, once and whole', { timeout: 180_000 }, async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < KILLS; round++) {
      // A different place in its work each time, from the first acknowledgement to some hundreds later.
      const killAfter = 1 + ((round * 97) % 400);
      const running = runProgram(program, [file, '16'], count => {
        if (count === killAfter) running.child.kill('SIGKILL');
      });
      expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' });
      const told = (await running.told).map(line => JSON.parse(line) as Acknowledged);
      expect(told.length).toBeGreaterThanOrEqual(killAfter);
      acknowledged.push(...told);
      await checkStore(file, acknowledged);
    }
  });

  it('shares the file with others that append at the same time', { timeout: 90_000 }, async () => {
    const shared = join(directory, 'shared.db');
    const running = [1, 2, 3].map(() => runProgram(program, [shared, '4', '100']));
    for (const { exited } of running) expect(await exited).toEqual({ code: 0, signal: null });
    const told = (await Promise.all(running.map(each => each.told))).flat();
    expect(told).toHaveLength(3 * 4 * 100);
    const log = await checkStore(
      shared,
      told.map(line => JSON.parse(line) as Acknowledged),
    );
    expect(log).toHaveLength(3 * 4 * 250);
  });
});

/** Reads the whole store and holds it against what was acknowledged. */
async function checkStore(file: string, acknowledged: readonly Acknowledged[]): Promise<RecordedEvent[]> {
  const store = openSqliteEventStore({ file, upcasters: sampleUpcasters });
  const log = await collectBatches(store.readAll());
  const byId = new Map(log.map(event => [event.eventId, event]));
  expect(byId.size, 'each event is there once').toBe(log.length);
  expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
  expect(halvesOfCommands(log)).toEqual([]);
  for (const { commandId, streamId, events, position } of acknowledged) {
    const found = events.map(id => byId.get(id));
    expect(found.map(event => event?.commandId)).toEqual(events.map(() => commandId));
    expect(found.at(-1)).toMatchObject({ streamId, position });
  }
  for (const { commandId, streamId, position } of acknowledged.slice(-50)) {
    expect(await store.findReceipt({ commandId, streamId })).toMatchObject({ commandId, position });
  }
  await store.close();
  return log;
}

/** Commands that have not all the events which each of their events says there are. */
function halvesOfCommands(log: readonly RecordedEvent[]): string[] {
  const counts = new Map<string, number>();
  for (const { commandId } of log) counts.set(commandId, (counts.get(commandId) ?? 0) + 1);
  return log
    .filter(({ commandId, data }) => counts.get(commandId) !== (data as { of: number }).of)
    .map(({ commandId }) => commandId);
}
