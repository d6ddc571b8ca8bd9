import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Connection, createConnection } from './connection.js';
import type { Logger } from './logger.js';
import { createProtocol, type Protocol, type ProtocolOptions } from './protocol.js';

export interface WebSocketOptions extends ProtocolOptions {
  readonly path: string;
  /** Largest message, in bytes. */
  readonly bodyLimit: number;
}

export interface WebSocketEndpoint {
  /** Ends subscriptions with `complete`, lets other operations finish, then closes with code 1001. */
  drain(timeoutMs: number): Promise<void>;
  /** How many subscriptions run now. */
  subscribers(): number;
}

const GOING_AWAY = 1001;
const PING_EVERY_MS = 12_000;

/** Answers WebSocket upgrades of an HTTP server at one path. */
export function serveWebSocket(http: HttpServer, options: WebSocketOptions): WebSocketEndpoint {
  const { path, bodyLimit, logger, isDraining } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyLimit, handleProtocols });
  const connections = new Map<WebSocket, Connection>();
  const protocol = createProtocol(options);

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isDraining()) return refuse(socket, '503 Service Unavailable');
    if (request.url?.split('?', 1)[0] !== path) return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, opened => {
      const connection = createConnection(request);
      connections.set(opened, connection);
      opened.once('close', () => connections.delete(opened));
      attach(opened, connection, protocol, logger);
    });
  });

  const drain = async (timeoutMs: number) => {
    await Promise.all([...connections].map(([socket, connection]) => farewell(socket, connection, timeoutMs)));
  };
  const subscribers = () => [...connections.values()].reduce((sum, connection) => sum + connection.streams(), 0);
  return { drain, subscribers };
}

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

function attach(socket: WebSocket, connection: Connection, protocol: Protocol, logger: Logger): void {
  const failed = (error: unknown) => {
    logger.error({ err: error }, 'A WebSocket connection failed unexpectedly');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: text => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: handle => void socket.on('message', message => handle(String(message)).catch(failed)),
    },
    connection,
  );
  keepAlive(socket);
  socket.on('error', error => logger.debug({ err: error }, 'A WebSocket connection broke'));
  socket.once('close', (code, reason) => {
    connection.abort();
    closed(code, String(reason)).catch(failed);
  });
}

/** Resolves when the message is written: that is what holds a fast source back for a slow client. */
const send = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(text, error => (error ? reject(error) : resolve()));
  });

/** Finds out when the other side has gone without a word. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => {
    answered = true;
  });
  socket.once('close', () => clearInterval(timer));
}

async function farewell(socket: WebSocket, connection: Connection, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  const patience = setTimeout(() => socket.terminate(), timeoutMs);
  connection.endStreams();
  await Promise.race([connection.idle(), closed]);
  // An operation is over just before its last message is sent; closing in the same turn would swallow it.
  await new Promise(resolve => setImmediate(resolve));
  socket.close(GOING_AWAY, 'The server is going away');
  await closed;
  clearTimeout(patience);
}
