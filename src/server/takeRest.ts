import type { IncomingMessage } from 'node:http';

/** What is taken of a request that is too large: beyond this, and after this time, the connection breaks. */
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_MS = 5_000;

/**
 * Takes what a client is still sending and drops it. A connection that is closed while there is more to come breaks
 * under the client before it has read the answer (RFC 9112, section 9.6).
 */
export function takeRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise(resolve => {
    let left = MOST_BYTES;
    const done = () => {
      clearTimeout(timer);
      request.removeListener('data', count);
      resolve();
    };
    const count = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    };
    const timer = setTimeout(done, MOST_MS);
    timer.unref();
    request.on('data', count).once('end', done).once('close', done).once('error', done).resume();
  });
}
