import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { openSqliteReadModel } from '../../src/database/openReadModel.js';
import { systemClock } from '../../src/kernel/clock.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { boundCommand, views } from '../../src/server/registry.js';
import { openSatchel, type Satchel } from '../../src/server/satchel.js';

const EVENTS = 300;
/** The fewest events that are taken in at a time, however slow the machine. */
const SMALLEST = 25;

describe('a runner that catches up in a process that serves requests', () => {
  let directory: string;
  let satchel: Satchel;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'satchel-slices-'));
    const onError = (error: Error) => {
      throw error;
    };
    const waits = { mutationWait: 1_000, readAfterTimeout: 1_000 };
    satchel = await openSatchel({
      data: directory,
      masterKey: randomBytes(32),
      clock: systemClock,
      onError,
      ...waits,
    });
    const register = async (input: object) => {
      const given = { commandId: newUuid(), ...input };
      const { refused } = await execute(satchel.services.commands, boundCommand('registerOrgUnit'), given, SYSTEM);
      if (refused) throw new Error(JSON.stringify(refused));
    };
    const county = streamId('orgunit', newUuid());
    await register({ id: county, name: '康县公安局', level: 'COUNTY' });
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    await Promise.all(
      Array.from({ length: EVENTS - 1 }, (_, n) =>
        register({ name: `样例派出所${n}`, level: 'STATION', parentId: county }),
      ),
    );
  });
  afterEach(async () => {
    await satchel.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** How many events it takes in at a time, and how often the process gets to something else meanwhile. */
  async function catchUp(sliceMs: number | undefined) {
    const beside = openSqliteReadModel(join(directory, `beside-${sliceMs}.db`));
    const sizes: number[] = [];
    const runner = new ProjectionRunner({
      store: satchel.services.store,
      db: beside.db,
      views,
      lens: await lensOf(satchel.stores.vault),
      onError: error => {
        throw error;
      },
      watch: (slice, take) => {
        sizes.push(slice.length);
        return take();
      },
      ...(sliceMs === undefined ? {} : { sliceMs }),
    });
    let requestsServed = 0;
    let over = false;
    const serve = (): void => {
      requestsServed++;
      if (!over) setImmediate(serve);
    };
    await runner.start();
    setImmediate(serve);
    const caughtUp = await runner.reached(await satchel.services.store.head(), 30_000);
    over = true;
    await runner.stop();
    await beside.close();
    return { caughtUp, sizes, requestsServed };
  }

  it('takes in a few events at a time, and lets requests through after each few', async () => {
    const { caughtUp, sizes, requestsServed } = await catchUp(0.001);
    expect(caughtUp).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(EVENTS);
    expect(Math.max(...sizes)).toBe(SMALLEST);
    expect(requestsServed).toBeGreaterThanOrEqual(EVENTS / SMALLEST);
  });

  it('takes in all that is there at once where nobody waits for the process', async () => {
    const { caughtUp, sizes } = await catchUp(undefined);
    expect(caughtUp).toBe(true);
    expect(sizes).toEqual([EVENTS]);
  });
});
