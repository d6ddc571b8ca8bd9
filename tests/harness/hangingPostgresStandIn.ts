import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface HangingPostgresStandIn {
  readonly port: number;
  stop(): Promise<void>;
}

/** AuthenticationOk and ReadyForQuery, as https://www.postgresql.org/docs/current/protocol-message-formats.html has them. */
const GREETING = Buffer.from([...bytesOf('R', 0, 0, 0, 0), ...bytesOf('Z', 'I'.charCodeAt(0))]);

function bytesOf(type: string, ...body: readonly number[]): number[] {
  return [type.charCodeAt(0), 0, 0, 0, body.length + 4, ...body];
}

/** Not PostgreSQL, but what greets like one that lets everybody in, and answers nothing after that. */
export async function startHangingPostgresStandIn(): Promise<HangingPostgresStandIn> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(GREETING));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
