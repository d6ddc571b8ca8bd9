import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '../../src/server/health.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from './eventStoreDbStandIn/standIn.js';
import { startPostgres, type TestPostgres } from './postgres.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from './satchelProcess.js';
import type { Anything, GraphQLAnswer } from './testSatchel.js';

/** One process of several that serve the same record. */
export interface Member extends Omit<SatchelProcess, 'url'> {
  readonly url: string;
  /** As the administrator. */
  ask(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<GraphQLAnswer<Anything>>;
  readyz(): Promise<{
    readonly status: number;
    readonly ready: boolean;
    readonly parts: Readonly<Record<string, Part>>;
  }>;
  /** Whether it leads, by what it says itself. */
  leads(): Promise<boolean>;
}

/** Real processes of `satchel serve` on one stand-in for EventStoreDB and one real PostgreSQL. */
export interface Cluster {
  standIn: EventStoreDbStandIn;
  readonly postgres: TestPostgres;
  readonly program: SatchelProgram;
  readonly settings: Readonly<Record<string, string>>;
  /** Of the administrator. */
  readonly token: string;
  /** Id of the county. */
  readonly county: string;
  readonly members: Set<Member>;
  /** Another process, with settings of its own beside those of all; resolves once it serves. */
  start(own?: Readonly<Record<string, string>>): Promise<Member>;
  /** Ends the processes that are left, and waits for them. */
  endAll(): Promise<void>;
  stop(): Promise<void>;
}

const memberOf = (process: SatchelProcess, url: string, token: string): Member => {
  const readyz: Member['readyz'] = async () => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, ...((await response.json()) as Anything) };
  };
  return {
    ...process,
    url,
    readyz,
    leads: async () => (await readyz()).parts.leader?.text.endsWith('this process') === true,
    async ask(query, variables = {}, headers = {}, signal) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify({ query, variables }),
        ...(signal && { signal }),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
};

export async function startCluster(): Promise<Cluster> {
  const program = await compileSatchel();
  const standIn = await startEventStoreDbStandIn();
  const postgres = await startPostgres();
  const directory = mkdtempSync(join(tmpdir(), 'satchel-cluster-'));
  const settings = {
    SATCHEL_DATA: join(directory, 'data'),
    SATCHEL_PORT: '0',
    SATCHEL_MASTER_KEY: randomBytes(32).toString('base64'),
    SATCHEL_LOG_LEVEL: 'error',
    SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false`,
    SATCHEL_DATABASE: await postgres.makeDatabase('cluster'),
    SATCHEL_VAULT: await postgres.makeDatabase('vault'),
  };
  // With read models of its own, so that those who serve begin on an empty database.
  const init = await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], {
    ...settings,
    SATCHEL_DATABASE: await postgres.makeDatabase('init'),
  });
  const [, county = '', token = ''] = /County (\S+)[\s\S]*Token \(.*\):\n(\S+)/.exec(init.stdout) ?? [];
  if (!token) throw new Error(`init failed: ${init.stderr}`);
  const members = new Set<Member>();
  const endAll = async () => {
    for (const { child } of members) {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
    }
    for (const { ended } of members) await ended;
  };
  const cluster: Cluster = {
    standIn,
    postgres,
    program,
    settings,
    token,
    county,
    members,
    async start(own = {}) {
      const started = program.start(['serve'], { ...settings, ...own });
      const url = await started.url.catch(async error => {
        throw new Error(`It did not start: ${(await started.ended).stderr}`, { cause: error });
      });
      const member = memberOf(started, url, token);
      members.add(member);
      return member;
    },
    endAll,
    async stop() {
      await endAll();
      await cluster.standIn.stop();
      await postgres.stop();
      program.remove();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return cluster;
}
