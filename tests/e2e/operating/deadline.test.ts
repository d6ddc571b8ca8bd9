import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Loaders } from '../../../src/graphql/loaders.js';
import { reportedCase } from '../../harness/mediationCase.js';
import { metricsAt } from '../../harness/metrics.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

/** First a stream is read, and then, by a loader, the unit that it names. */
const QUERY = 'query Late($id: ID!) { dispute(id: $id) { asOf(revision: 0) { orgUnit { name } } } }';

describe('a request that takes too long', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let id: string;
  let letGo: () => void;

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z', { SATCHEL_REQUEST_TIMEOUT: '1500' });
    people = await sampleStation(satchel);
    ({ id } = await reportedCase(satchel, people));
  });
  afterAll(() => satchel.close());

  const faults = async () =>
    (await metricsAt(`${satchel.url}/metrics`)).get(
      'satchel_graphql_operations_total{type="query",name="Late",result="fault"}',
    ) ?? 0;

  /** Holds the record until it is let go. */
  const hold = () => {
    const { store } = satchel.services;
    const readStream = store.readStream.bind(store);
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    Object.assign(store, {
      async *readStream(...asked: Parameters<typeof readStream>) {
        await held;
        yield* readStream(...asked);
      },
    });
    return () => void Object.assign(store, { readStream });
  };

  const overHttp = async () => (await satchel.ask(people.officer, QUERY, { id })).errors;
  const overWebSocket = async () => {
    const client = createClient({
      url: `${satchel.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${await satchel.token(people.officer)}` },
    });
    const { value } = await client.iterate({ query: QUERY, variables: { id } }).next();
    await client.dispose();
    return value.errors;
  };

  it.each([
    ['HTTP', overHttp],
    ['WebSocket', overWebSocket],
  ])('is answered, and its loaders read nothing more: over %s', async (_transport, ask) => {
    const load = vi.spyOn(Loaders.prototype, 'namedIn');
    expect((await satchel.read(people.officer, QUERY, { id })).dispute.asOf.orgUnit.name).toBe('豆坝派出所');
    expect(load).toHaveBeenCalled();
    const before = await faults();
    const putBack = hold();
    try {
      expect(await ask()).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
      load.mockClear();
      letGo();
      // What still runs of it is over once it is counted, and others have been answered.
      await expect.poll(faults).toBe(before + 1);
      for (let turn = 0; turn < 3; turn++) await satchel.read(people.officer, '{ viewer { role } }');
      expect(load).not.toHaveBeenCalled();
    } finally {
      load.mockRestore();
      putBack();
    }
  });
});
