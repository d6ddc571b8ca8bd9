import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

export interface ServerSentEvents {
  /** Resolves when the client has taken it, or nearly: that is what holds a fast source back for a slow client. */
  send(event: string, data?: object): Promise<void>;
  end(): void;
}

/** Comments keep proxies from taking silence for the end, and find out that the other side is gone. */
const COMMENT_EVERY_MS = 12_000;

/**
 * Turns a reply into a stream of server-sent events (HTML Living Standard, section 9.2).
 * @param patienceMs how long a client may take nothing at all, not a byte of what is to be sent
 * @param gone told once when the client goes away, or takes nothing any more
 */
export function serverSentEvents(reply: FastifyReply, patienceMs: number, gone: () => void): ServerSentEvents {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': reply.request.id,
    // Whoever keeps the connection open afterwards would keep the server from ending.
    connection: 'close',
    // nginx would hold events back to send many at once.
    'x-accel-buffering': 'no',
  });
  const write = async (text: string): Promise<void> => {
    if (raw.destroyed) throw new Error('The client is gone');
    if (raw.write(text)) return;
    // Node ends the connection then, unless the client has taken something meanwhile, be it a part of a message.
    raw.setTimeout(patienceMs);
    await drainedOrClosed(raw);
    raw.setTimeout(0);
  };
  const comments = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(':\n\n');
  }, COMMENT_EVERY_MS);
  raw.once('close', () => {
    clearInterval(comments);
    gone();
  });
  // Tells the client at once that it is listened to.
  raw.write(':\n\n');
  return {
    send: (event, data) => write(`event: ${event}\ndata:${data ? ` ${JSON.stringify(data)}` : ''}\n\n`),
    end: () => {
      clearInterval(comments);
      raw.end();
    },
  };
}

const drainedOrClosed = (response: ServerResponse): Promise<void> =>
  new Promise(resolve => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
