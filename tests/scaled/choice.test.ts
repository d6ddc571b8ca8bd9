import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

it('the tests of this run have events on the stand-in and read models and vault on PostgreSQL', async () => {
  const satchel = await TestSatchel.start();
  await sampleStation(satchel);
  expect(await satchel.stores.events.head()).toMatch(/^\d+\/\d+$/);
  expect(readdirSync(satchel.directory)).toEqual([]);
  expect(satchel.stores.vault.place).toMatch(/^postgres:/);
  await satchel.close();
});
