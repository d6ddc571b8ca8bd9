import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection that stays open and sends one request after another: as little work as a client can do. */
export interface KeepAliveClient {
  /** The body of the answer. @throws Error for any status but 200 */
  post(body: Buffer): Promise<Buffer>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');

export async function keepAliveClient(port: number, token: string): Promise<KeepAliveClient> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  return {
    post: body => {
      const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`;
      socket.write(`${head}authorization: Bearer ${token}\r\ncontent-length: ${body.length}\r\n\r\n`);
      socket.write(body);
      return answerOn(socket);
    },
    close: () => socket.destroy(),
  };
}

function answerOn(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (settled: () => void) => {
      socket.off('data', onData).off('close', onClose);
      settled();
    };
    const onClose = () => settle(() => reject(new Error('The server closed the connection')));
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = received.toString('latin1', 0, headEnd);
      const bodyStart = headEnd + HEAD_END.length;
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (received.length < bodyStart + length) return;
      const body = received.subarray(bodyStart);
      settle(() => (head.startsWith('HTTP/1.1 200') ? resolve(body) : reject(new Error(`${head}\n\n${body}`))));
    };
    socket.on('data', onData).once('close', onClose);
  });
}
