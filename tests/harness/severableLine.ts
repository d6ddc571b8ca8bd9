import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server of this machine that can be cut and mended, for one who uses it among others who do not. */
export interface SeverableLine {
  readonly port: number;
  /** Ends what goes over it, and takes nothing more. */
  cut(): void;
  mend(): void;
  stop(): void;
}

export async function startSeverableLine(toPort: number): Promise<SeverableLine> {
  const ends = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): Socket => {
    ends.add(socket);
    return socket.on('close', () => ends.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer(near => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = keep(connect(toPort, '127.0.0.1'));
    keep(near).pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of ends) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => {
      isCut = false;
    },
    stop: () => {
      cut();
      server.close();
    },
  };
}
