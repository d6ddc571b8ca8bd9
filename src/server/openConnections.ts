import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface OpenConnections {
  /** Closes the connections on which no request runs. */
  closeIdle(): void;
}

/**
 * Keeps track of connections. Node's own `closeIdleConnections` passes over those that have not sent anything yet, and
 * browsers open such connections in advance: the server would wait for them to the end of its patience.
 */
export function trackConnections(server: Server): OpenConnections {
  const idle = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => void (socket.destroyed || idle.add(socket)));
  });
  // A WebSocket says goodbye in its own way.
  server.on('upgrade', ({ socket }) => void idle.delete(socket));
  return {
    closeIdle() {
      for (const socket of idle) socket.destroy();
    },
  };
}
