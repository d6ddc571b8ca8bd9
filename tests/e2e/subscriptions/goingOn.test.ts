import { beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { type Subscriber, subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import type { Anything, TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

const ACTIVITY = 'subscription ($after: Position) { activity(after: $after) { cursor type data } }';
const COVERS = 150;

describe('a subscription over a restart in the middle of load', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;

  withStation(opened => {
    ({ satchel, people } = opened);
  }, '2022-08-30T02:00:00Z');
  beforeAll(async () => {
    door = await doorstep(satchel, people);
    visitId = await door.visit();
  });

  /** Once it serves again, where it was cut off; the same command again, so that it is done once. */
  const giveCover = async (quantity: number): Promise<void> => {
    const input = { commandId: newUuid(), visitId, quantity };
    for (;;) {
      const done = await satchel.done(door.officer, 'giveHukouCover', input).then(
        () => true,
        () => false,
      );
      if (done) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };

  /** Waits until there are so many events behind a position. */
  const recorded = async (after: string, count: number): Promise<void> => {
    let events = 0;
    for await (const batch of satchel.services.store.subscribe({ after })) {
      events += batch.length;
      if (events >= count) return;
    }
  };

  /** Subscribes again behind the last cursor whenever the server ends it. */
  const followAll = async (transport: (typeof TRANSPORTS)[number], first: string, count: number) => {
    const seen: Anything[] = [];
    let ends = 0;
    for (let after = first; seen.length < count; ends++) {
      let subscriber: Subscriber | undefined;
      try {
        subscriber = await subscribe(satchel, transport, people.analyst, { query: ACTIVITY, variables: { after } });
        while (seen.length < count) seen.push(...(await subscriber.next(1)));
      } catch {
        // It was told goodbye, or there is nobody yet: again, from the last cursor.
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      after = seen.at(-1)?.cursor ?? first;
      await subscriber?.close();
    }
    return { seen, ends };
  };

  it('tells everything once, in order, over either transport', { timeout: 60_000 }, async () => {
    const first = await satchel.services.store.head();
    const followers = TRANSPORTS.map(transport => followAll(transport, first, COVERS));
    const load = (async () => {
      for (let number = 1; number <= COVERS; number++) await giveCover(number);
    })();
    await recorded(first, COVERS / 3);
    await Promise.all([load, satchel.restart()]);
    for (const { seen, ends } of await Promise.all(followers)) {
      expect(seen.map(({ data }) => data.quantity)).toEqual(Array.from({ length: COVERS }, (_, index) => index + 1));
      expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(COVERS);
      expect(ends).toBeGreaterThan(1);
    }
  });
});
