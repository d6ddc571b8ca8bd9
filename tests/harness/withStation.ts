import { afterAll, beforeAll } from 'vitest';
import { type SampleStation, sampleStation } from './sampleStation.js';
import { TestSatchel } from './testSatchel.js';

export interface OpenStation {
  readonly satchel: TestSatchel;
  readonly people: SampleStation;
}

/**
 * Opens a Satchel with the sample station before the tests of a block, and closes it after them.
 * @param take is given both; what else the tests need is made in a `beforeAll` that follows
 */
export function withStation(take: (opened: OpenStation) => void, ...how: Parameters<typeof TestSatchel.start>): void {
  let satchel: TestSatchel | undefined;
  beforeAll(async () => {
    satchel = await TestSatchel.start(...how);
    take({ satchel, people: await sampleStation(satchel) });
  });
  afterAll(() => satchel?.close());
}
