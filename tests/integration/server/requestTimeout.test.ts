import { describe, expect, it } from 'vitest';
import { ask, startStandIn } from './standIn.js';
import { clientsPerTest, first } from './websocketClients.js';

const connect = clientsPerTest();

describe('what takes too long', () => {
  it('is answered over WebSocket, and what it does is given up', async () => {
    const hasty = await startStandIn({ SATCHEL_REQUEST_TIMEOUT: '50' });
    expect(await first(connect(hasty).client, '{ slow }')).toMatchObject({
      errors: [{ extensions: { code: 'REQUEST_TIMEOUT' } }],
    });
    expect((await hasty.slowIsRunning).aborted).toBe(true);
    hasty.release();
    await hasty.close();
  });

  it('is answered over HTTP', async () => {
    const hasty = await startStandIn({ SATCHEL_REQUEST_TIMEOUT: '50' });
    const answer = await ask(hasty.url, '{ slow }');
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([503, 'REQUEST_TIMEOUT']);
    hasty.release();
    await hasty.close();
  });
});
