import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
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
/** How often is looked whether the other side is there. */
const LOOK_EVERY_MS = 12_000;
/** Looks at which a ping may be unanswered: it waits behind what the system holds for a client that reads slowly. */
const MOST_SILENT = 5;

/** Answers WebSocket upgrades of an HTTP server at one path. */
export function serveWebSocket(http: HttpServer, options: WebSocketOptions): WebSocketEndpoint {
  const { path, bodyLimit, logger, isDraining, patienceMs } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyLimit, handleProtocols });
  const connections = new Map<WebSocket, Connection>();
  const protocol = createProtocol(options);

  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (isDraining()) return refuse(socket, '503 Service Unavailable');
    if (request.url?.split('?', 1)[0] !== path) return refuse(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, opened => {
      const connection = createConnection(request);
      connections.set(opened, connection);
      opened.once('close', () => connections.delete(opened));
      attach({ socket: opened, below: socket, patienceMs }, connection, protocol, logger);
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

interface Line {
  readonly socket: WebSocket;
  /** What it runs on. */
  readonly below: Socket;
  readonly patienceMs: number;
}

function attach(line: Line, connection: Connection, protocol: Protocol, logger: Logger): void {
  const { socket } = line;
  const failed = (error: unknown) => {
    logger.error({ err: error }, 'A WebSocket connection failed unexpectedly');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: text => send(line, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: handle => void socket.on('message', message => handle(String(message)).catch(failed)),
    },
    connection,
  );
  keepAlive(line);
  socket.on('error', error => logger.debug({ err: error }, 'A WebSocket connection broke'));
  socket.once('close', (code, reason) => {
    connection.abort();
    closed(code, String(reason)).catch(failed);
  });
}

/**
 * Resolves when something is written. As long as something is left to write, Node watches the connection, and tells when
 * nothing was taken for so long, be it a part of a message.
 */
const written = ({ socket, below, patienceMs }: Line, write: (done: (error?: Error | null) => void) => void) =>
  new Promise<void>((resolve, reject) => {
    write(error => {
      if (socket.bufferedAmount === 0) below.setTimeout(0);
      if (error) reject(error);
      else resolve();
    });
    if (socket.bufferedAmount > 0) below.setTimeout(patienceMs);
  });

/** Waits until the message is written: that is what holds a fast source back for a slow client. */
const send = async (line: Line, text: string): Promise<void> => {
  const { socket } = line;
  if (socket.readyState === socket.OPEN) await written(line, done => socket.send(text, done));
};

/**
 * Finds out when the other side has gone without a word. A client that reads slowly is there for as long as it takes
 * something of what is to be written: it comes to its last cursor, though a ping would reach it much later.
 */
function keepAlive(line: Line): void {
  const { socket, below } = line;
  let awaitsPong = false;
  let silent = 0;
  const timer = setInterval(() => {
    if (socket.bufferedAmount > 0) silent = 0;
    else if (!awaitsPong) {
      awaitsPong = true;
      written(line, done => socket.ping(undefined, undefined, done)).catch(() => undefined);
    } else if (++silent === MOST_SILENT) socket.terminate();
  }, LOOK_EVERY_MS);
  const heard = () => {
    awaitsPong = false;
    silent = 0;
  };
  socket.on('pong', heard).on('message', heard);
  below.on('timeout', () => socket.terminate());
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
