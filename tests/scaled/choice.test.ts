import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

it('the tests of this run have events on the stand-in and read models on PostgreSQL', async () => {
  const satchel = await TestSatchel.start();
  await sampleStation(satchel);
  expect(await satchel.stores.events.head()).toMatch(/^\d+\/\d+$/);
  for (const file of ['events.db', 'readmodel.db']) expect(existsSync(join(satchel.directory, file))).toBe(false);
  await satchel.close();
});
