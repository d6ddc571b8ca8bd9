import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { SampleStation } from '../../harness/sampleStation.js';
import type { TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

/** More than the administrator needs to register the others. */
const PER_MINUTE = 30;
const QUERY = '{ viewer { role } }';

describe('one person who asks too often', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  const post = async (person: string) =>
    fetch(`${satchel.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await satchel.token(person)}` },
      body: JSON.stringify({ query: QUERY }),
    });

  withStation(
    opened => {
      ({ satchel, people } = opened);
    },
    undefined,
    { SATCHEL_RATE_LIMIT: String(PER_MINUTE) },
  );

  it('is told when to go on, over HTTP and over WebSocket alike, by whichever token; others go on', async () => {
    let answer = await post(people.officer);
    for (let count = 1; answer.status === 200 && count < 2 * PER_MINUTE; count++) answer = await post(people.officer);
    expect(answer.status).toBe(429);
    const retryAfter = Number(answer.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.stringContaining('go on in'), extensions: { code: 'RATE_LIMITED', retryAfter } }],
    });

    const client = createClient({
      url: `${satchel.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${await satchel.token(people.officer)}` },
      retryAttempts: 0,
    });
    await expect(client.iterate({ query: QUERY }).next()).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
    await client.dispose();
    expect((await post(people.otherOfficer)).status).toBe(200);
  });
});
