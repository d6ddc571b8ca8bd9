import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { loadStream } from '../../src/commands/loadStream.js';
import { openSqliteReadModel } from '../../src/database/openReadModel.js';
import { SimulatedClock } from '../../src/kernel/clock.js';
import { derivedUuid, newUuid, streamId } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import { snapshotOf } from '../../src/projections/documentView.js';
import { readRows } from '../../src/projections/rows.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { boundCommand, nouns, views } from '../../src/server/registry.js';
import { openSatchel, type Satchel } from '../../src/server/satchel.js';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const fail = (error: Error) => {
  throw error;
};

async function open(): Promise<{ satchel: Satchel; directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-property-'));
  directories.push(directory);
  const clock = new SimulatedClock(new Date('2021-06-01T02:00:00Z'));
  const options = { data: directory, masterKey: randomBytes(32), clock, mutationWait: 5000, readAfterTimeout: 5000 };
  return { satchel: await openSatchel({ ...options, onError: fail }), directory };
}

type Step = { readonly command: string; readonly who: number; readonly pack: number };

const steps = fc.array(
  fc.record({
    command: fc.constantFrom('registerOfficer', 'assignToUnit', 'endPost', 'issueBackpack', 'returnBackpack'),
    who: fc.nat(4),
    pack: fc.nat(3),
  }),
  { minLength: 1, maxLength: 25 },
);

/** Random work on a few officers and backpacks; what the rules refuse leaves nothing. */
async function work(satchel: Satchel, todo: readonly Step[]): Promise<void> {
  const { commands, projections } = satchel.services;
  const county = streamId('orgunit', derivedUuid('county'));
  const send = async (name: string, input: object) => {
    const outcome = await execute(commands, boundCommand(name), { commandId: newUuid(), ...input }, SYSTEM).catch(
      () => undefined,
    );
    if (outcome?.done) await projections.reached(outcome.done.position, 5000);
  };
  await send('registerOrgUnit', { id: county, name: '康县公安局', level: 'COUNTY' });
  for (const { command, who, pack } of todo) {
    const officerId = streamId('officer', derivedUuid('who', who));
    const backpackId = streamId('backpack', derivedUuid('pack', pack));
    const post = { orgUnitId: county, role: 'OFFICER', post: '民警' };
    const inputs: Record<string, object> = {
      registerOfficer: { id: officerId, name: `民警${who}`, ...post },
      assignToUnit: { officerId, ...post, role: 'AUXILIARY' },
      endPost: { officerId, reason: 'OTHER' },
      issueBackpack: { officerId, backpackId, serial: `B-${pack}` },
      returnBackpack: { officerId, backpackId, reason: 'OTHER' },
    };
    await send(command, inputs[command] as object);
  }
}

describe('read models', () => {
  it('hold for each noun the fold of its stream, and are the same whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (todo, batchSize) => {
        const { satchel, directory } = await open();
        await work(satchel, todo);
        const { store, db } = satchel.services;
        const ids = new Set<string>();
        for await (const batch of store.readAll()) for (const event of batch) ids.add(event.streamId);
        for (const id of ids) {
          const binding = nouns.get(id.slice(0, id.indexOf('-')));
          if (!binding) continue;
          const row = (await readRows(db, binding.view, [id])).get(id);
          const { snapshot } = await loadStream(store, binding.aggregate, id);
          expect(row && JSON.parse(JSON.stringify(snapshotOf(row)))).toEqual(JSON.parse(JSON.stringify(snapshot)));
        }

        const beside = openSqliteReadModel(join(directory, 'beside.db'));
        const lens = await lensOf(satchel.stores.vault);
        const runner = new ProjectionRunner({ store, db: beside.db, views, lens, onError: fail, batchSize });
        await runner.start();
        expect(await runner.reached(await store.head(), 10_000)).toBe(true);
        expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(db, views));
        await runner.stop();
        await beside.close();
        await satchel.close();
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
