import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

it('the tests of this run have their events on the stand-in', async () => {
  const satchel = await TestSatchel.start();
  await sampleStation(satchel);
  expect(await satchel.stores.events.head()).toMatch(/^\d+\/\d+$/);
  expect(existsSync(join(satchel.directory, 'events.db'))).toBe(false);
  await satchel.close();
});
