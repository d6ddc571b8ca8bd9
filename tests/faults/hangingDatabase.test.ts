import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseUnusable } from '../../src/database/libsql.js';
import { isOutage } from '../../src/database/outage.js';
import { openPool, type Pool } from '../../src/database/postgres.js';
import { startHangingPostgresStandIn } from '../harness/hangingPostgresStandIn.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';

const PATIENCE_MS = 200;
const nothingElse = async () => undefined;

/** Passes bytes on, until it is told to keep them. */
class Line {
  private held = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<Line> {
    const server = createServer();
    const line = new Line(server);
    server.on('connection', client => line.join(client, connect(port, '127.0.0.1')));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  hold(): void {
    this.held = true;
    for (const socket of this.sockets) socket.pause();
  }

  letGo(): void {
    this.held = false;
    for (const socket of this.sockets) socket.resume();
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private join(...[client, server]: [Socket, Socket]): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.on('data', bytes => to.write(bytes));
      if (this.held) from.pause();
    }
  }
}

describe('a PostgreSQL that hangs', () => {
  let postgres: TestPostgres;
  let line: Line;
  let pool: Pool | undefined;

  beforeAll(async () => {
    postgres = await startPostgres();
    line = await Line.to(postgres.port);
  }, 60_000);
  afterEach(async () => {
    line.letGo();
    await pool?.end();
    pool = undefined;
  });
  afterAll(async () => {
    line.close();
    await postgres.stop();
  });

  const open = async (): Promise<Pool> => {
    const address = (await postgres.makeDatabase(`hangs_${Date.now()}`)).replace(
      `:${postgres.port}/`,
      `:${line.port}/`,
    );
    pool = await openPool(address, nothingElse, { answerTimeoutMs: PATIENCE_MS });
    return pool;
  };

  it('is refused at the start when it answers and then says nothing', async () => {
    const hanging = await startHangingPostgresStandIn();
    const opening = openPool(`postgres://satchel:secret@127.0.0.1:${hanging.port}/satchel`, nothingElse, {
      answerTimeoutMs: PATIENCE_MS,
    });
    await expect(opening).rejects.toThrow(DatabaseUnusable);
    await expect(opening).rejects.toThrow('cannot be reached (ETIMEDOUT)');
    await hanging.stop();
  });

  it('ends what is under way as an outage, nothing of which is kept, and is used again afterwards', async () => {
    const opened = await open();
    await opened.query('CREATE TABLE written (by text)');
    const client = await opened.connect();
    await client.query('BEGIN');
    await client.query("INSERT INTO written VALUES ('one')");
    line.hold();
    const error = await client.query("INSERT INTO written VALUES ('two')").catch((reason: unknown) => reason);
    expect(isOutage(error)).toBe(true);
    client.release();
    line.letGo();
    expect((await opened.query('SELECT * FROM written')).rows).toEqual([]);
  });

  it('is told from one that works on a long statement', async () => {
    const opened = await open();
    await opened.query('SELECT pg_sleep($1)', [(5 * PATIENCE_MS) / 1_000]);
  });
});
