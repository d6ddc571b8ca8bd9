import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type StandIn, startStandIn } from './standIn.js';

/** Names so long that a message of them is larger than what the sockets between the two hold of it. */
const LONG = `subscription { ${'x'.repeat(500_000)}: ticks }`;

/** By hand, so that it answers no ping unless told to, and reads only when told to. */
async function bareClient(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  return socket;
}

describe('whether the other side is there', () => {
  const LOOK_MS = 12_000;
  let ticking: StandIn;
  const start = async (more: Parameters<typeof startStandIn>[1] = {}) => {
    ticking = await startStandIn({ SATCHEL_BODY_LIMIT: '2MiB' }, more);
    return ticking.url;
  };
  /** Subscribes, and counts what comes. */
  const count = async (socket: WebSocket): Promise<() => number> => {
    let seen = 0;
    socket.on('message', () => {
      seen++;
      socket.emit('seen');
    });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LONG } }));
    const timer = setTimeout(function again() {
      ticking.tick(0);
      timer.refresh();
    }, 5);
    await once(socket, 'seen');
    clearTimeout(timer);
    return () => seen;
  };

  // The looks alone: sockets go on by the time of the machine.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(async () => {
    vi.useRealTimers();
    await ticking.close();
  });

  it('is found out when nobody answers, nor takes anything', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    const closed = once(socket, 'close');
    const pinged = once(socket, 'ping');
    vi.advanceTimersByTime(LOOK_MS);
    await pinged;
    vi.advanceTimersByTime(5 * LOOK_MS);
    expect((await closed)[0]).toBe(1006);
  });

  it('shows by each answer, however late, and by whatever it asks', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    for (const answer of [() => socket.pong(), () => socket.send(JSON.stringify({ type: 'ping' }))]) {
      const pinged = once(socket, 'ping');
      vi.advanceTimersByTime(LOOK_MS);
      await pinged;
      vi.advanceTimersByTime(4 * LOOK_MS);
      answer();
      const told = once(socket, 'message');
      socket.send(JSON.stringify({ type: 'ping' }));
      await told;
    }
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
  });

  it('is not doubted for as long as a slow client has something to take', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    const seen = await count(socket);
    socket.pause();
    const before = seen();
    const MANY = 40;
    for (let tick = 0; tick < MANY; tick++) ticking.tick(tick);
    // Everything that the sockets hold is written by the time that something else is answered.
    for (let turn = 0; turn < 20; turn++) await fetch(`${ticking.url}/livez`);
    vi.advanceTimersByTime(20 * LOOK_MS);
    socket.resume();
    const closed = once(socket, 'close').then(() => 'closed');
    const all = (async () => {
      while (seen() < before + MANY) await once(socket, 'seen');
      return 'all seen';
    })();
    expect(await Promise.race([all, closed])).toBe('all seen');
    socket.terminate();
  });

  it('is given up when it takes nothing of what is to be written', async () => {
    const socket = await bareClient(await start({ patienceMs: 100 }), { autoPong: false });
    const seen = await count(socket);
    socket.pause();
    const MANY = 40;
    for (let tick = 0; tick < MANY; tick++) ticking.tick(tick);
    await ticking.ticksEnded;
    socket.resume();
    await once(socket, 'close');
    expect(seen()).toBeLessThan(MANY);
  });
});
