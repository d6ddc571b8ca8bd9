import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const QUERY = 'subscription ($after: Position) { activity(after: $after) { cursor type } }';

interface SetAlarm {
  readonly at: number;
  readonly ring: () => void;
  takenBack: boolean;
}

describe.each(TRANSPORTS)('a subscription whose token ends, over %s', transport => {
  let satchel: TestSatchel;
  let people: SampleStation;
  /** In place of the clock of the machine. */
  const alarms: SetAlarm[] = [];

  beforeAll(async () => {
    satchel = await TestSatchel.start(
      undefined,
      {},
      {
        alarm: (at, ring) => {
          const alarm: SetAlarm = { at, ring, takenBack: false };
          alarms.push(alarm);
          return () => {
            alarm.takenBack = true;
          };
        },
      },
    );
    people = await sampleStation(satchel);
  });
  afterAll(() => satchel.close());

  const expiryOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp;

  it('ends then, though nothing happens that it would send', async () => {
    const token = await satchel.token(people.analyst);
    const holder = { url: satchel.url, token: async () => token };
    const after = await satchel.services.store.head();
    const activity = await subscribe(holder, transport, people.analyst, { query: QUERY, variables: { after } });
    const rest = activity.rest();
    await expect.poll(() => alarms.length).toBe(1);
    expect(alarms[0]?.at).toBe(expiryOf(token) * 1000);
    alarms[0]?.ring();
    expect(await rest).toEqual([]);
    await activity.close();
  });

  it('leaves no alarm behind when the client ends it before', async () => {
    alarms.length = 0;
    const activity = await subscribe(satchel, transport, people.analyst, { query: QUERY });
    await activity.next(1);
    expect(alarms).toMatchObject([{ takenBack: false }]);
    await activity.close();
    await expect.poll(() => alarms[0]?.takenBack).toBe(true);
  });

  it('sets none for a query', async () => {
    alarms.length = 0;
    await satchel.read(people.analyst, '{ viewer { role } }');
    expect(alarms).toEqual([]);
  });
});
