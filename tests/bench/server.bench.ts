import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { localTokens } from '../../src/access/tokens.js';
import { progressBar } from '../../src/cli/progress.js';
import { execute } from '../../src/commands/execute.js';
import { boundCommand } from '../../src/server/registry.js';
import type { Satchel } from '../../src/server/satchel.js';
import { type BenchRow, quantile } from './benchRow.js';

import { type KeepAliveClient, keepAliveClient } from './keepAliveClient.js';
import { noteOn, viewerOf } from './noteTaking.js';
import { type BenchDirectory, benchDirectory, countyStreams, writeStreams } from './record.js';
import { inFlight, inTurn } from './rounds.js';
import type { SampleStream } from './sampleStreams.js';
import { type ServerProcess, startProcess } from './serverProcess.js';
import { registerPosts } from './station.js';

const EVENTS = 200_000;
const CONNECTIONS = 32;
const REQUESTS = 1_600;
const ROUNDS = 6;
const MUTATIONS = 400;
const FEW = 4;
const PAUSE_MS = 5;
const QUIET_MS = 10_000;
const LARGEST_RSS_MIB = 300;
const LONGEST_START_SECONDS = 2;

const LIST = asBody(`{ disputes(first: 50) { nodes {
  id caseNo title status category riskLevel place reportedAt dueDate lastRecordedAt
} pageInfo { hasNextPage endCursor } } }`);

const NOTE = `mutation Note($input: RecordNoteInput!) { recordNote(input: $input) {
  visit { id revision } consistencyToken errors { code }
} }`;

function asBody(query: string, variables: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ query, variables }));
}

interface County {
  readonly token: string;
  /** Visits of the officer who has the token, still under way. */
  readonly visits: readonly SampleStream[];
  /** Milliseconds of each command in process, until the read models know of it. */
  readonly inProcess: readonly number[];
}

/** Records 200,000 events, brings the read models up to them, and measures commands in process on the way out. */
async function prepareCounty(directory: BenchDirectory): Promise<County> {
  const satchel = await directory.open();
  const { store, projections } = satchel.services;
  const posts = await registerPosts(satchel);
  const post = posts[0]!;
  const streams = countyStreams(posts, EVENTS);
  const recording = progressBar({ name: 'Recording', total: EVENTS, unit: 'events' });
  await writeStreams(satchel.stores, streams, recording.update);
  recording.stop();
  const head = await store.head();
  const projecting = progressBar({ name: 'Projecting', total: Number(head), unit: 'events' });
  while (!(await projections.reached(head, 500))) projecting.update(Number(projections.position));
  projecting.update(Number(head));
  projecting.stop();
  // What is due by now in so old a county is recorded once, at the first start of a server.
  await satchel.policies.pass();
  await projections.reached(await store.head(), 600_000);
  const visits = streams.filter(
    stream => stream.post === post && stream.events[0]!.type === 'VisitStarted' && isUnderWay(stream),
  );
  const inProcess = await timesOf(index => note(satchel, visits[index % visits.length]!));
  const tokens = localTokens(await satchel.stores.vault.secret('token-signing'));
  const token = await tokens.issueToken({ subject: post.officerId, expiresIn: 3600 });
  await satchel.close();
  return { token, visits, inProcess };
}

const isUnderWay = ({ events }: SampleStream): boolean => events.at(-1)!.type !== 'VisitCompleted';

async function note({ services }: Satchel, visit: SampleStream): Promise<void> {
  const { done } = await execute(services.commands, boundCommand('recordNote'), noteOn(visit), viewerOf(visit.post));
  if (!done || !(await services.projections.reached(done.position, 10_000))) throw new Error('The note was not taken');
}

/** Milliseconds of each of so many runs, one after another; the first tenth only warms up. */
async function timesOf(run: (index: number) => Promise<void>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < MUTATIONS * 1.1; index++) {
    const start = performance.now();
    await run(index);
    if (index >= MUTATIONS * 0.1) times.push(performance.now() - start);
  }
  return times;
}

const clientsOf = (server: ServerProcess, token: string): Promise<KeepAliveClient[]> =>
  Promise.all(Array.from({ length: CONNECTIONS }, () => keepAliveClient(server.port, token)));

interface ListRow {
  readonly name: string;
  readonly bare: ServerProcess;
  readonly target?: BenchRow['target'];
}

async function benchList(ours: ServerProcess, { name, bare, target }: ListRow, token: string): Promise<BenchRow> {
  const side = async (server: ServerProcess) => {
    const idle = await clientsOf(server, token);
    return {
      run: async () => {
        const request = async () => {
          const client = idle.pop()!;
          await client.post(LIST);
          idle.push(client);
        };
        await inFlight(
          CONNECTIONS,
          Array.from({ length: REQUESTS }, () => request),
        );
      },
      close: () => {
        for (const client of idle) client.close();
      },
    };
  };
  const [one, other] = [await side(ours), await side(bare)];
  const rates = await inTurn({ rounds: ROUNDS, size: REQUESTS, work: () => undefined, ours: one, baseline: other });
  one.close();
  other.close();
  return {
    name: `disputes(first: 50), ten fields, HTTP, beside fastify ${name}`,
    ...rates,
    unit: 'requests/s',
    target,
  };
}

async function benchMutation(ours: ServerProcess, { token, visits, inProcess }: County): Promise<BenchRow[]> {
  const client = await keepAliveClient(ours.port, token);
  const overHttp = await timesOf(async index => {
    const answer = JSON.parse(
      (await client.post(asBody(NOTE, { input: noteOn(visits[index % visits.length]!) }))).toString(),
    );
    if (!answer.data?.recordNote?.visit) throw new Error(JSON.stringify(answer));
  });
  client.close();
  return [0.5, 0.99].map(part => ({
    name: `mutation over HTTP until it can be read, p${part * 100}`,
    ours: quantile(overHttp, part),
    baseline: quantile(inProcess, part),
    unit: 'ms',
  }));
}

/** Milliseconds of each request, a few at a time with pauses between, for as long as something takes. */
async function timesDuring(
  server: ServerProcess,
  token: string,
  meanwhile: Promise<unknown>,
): Promise<readonly number[]> {
  let over = false;
  void meanwhile.finally(() => {
    over = true;
  });
  const times: number[] = [];
  const client = async () => {
    const connection = await keepAliveClient(server.port, token);
    while (!over) {
      const start = performance.now();
      await connection.post(LIST);
      times.push(performance.now() - start);
      await pause(PAUSE_MS);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: FEW }, client));
  return times;
}

/** Queries while nothing else goes on, and while every read model is built anew in a process beside the server. */
async function benchBeside(server: ServerProcess, directory: BenchDirectory, token: string): Promise<BenchRow> {
  const quiet = await timesDuring(server, token, pause(QUIET_MS));
  const rebuild = spawn(process.execPath, ['dist/main.js', 'rebuild'], {
    env: {
      ...process.env,
      SATCHEL_DATA: directory.data,
      SATCHEL_MASTER_KEY: directory.masterKey.toString('base64'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(rebuild, 'exit');
  const busy = await timesDuring(server, token, ended);
  const [code] = await ended;
  if (code !== 0) throw new Error('The rebuild failed');
  const baseline = quantile(quiet, 0.99);
  return {
    name: 'disputes(first: 50) during a rebuild, p99',
    ours: quantile(busy, 0.99),
    baseline,
    unit: 'ms',
    target: { below: 2 * baseline },
  };
}

/** The list as it is answered, checked: what the bare server is to send. */
async function listAnswer(server: ServerProcess, token: string): Promise<Buffer> {
  const client = await keepAliveClient(server.port, token);
  const body = await client.post(LIST);
  client.close();
  const answer = JSON.parse(body.toString());
  if (answer.errors || answer.data.disputes.nodes.length !== 50) throw new Error(`Not a full list: ${body}`);
  return body;
}

/** Fastify by itself, which answers what ours answered: by writing it each time, or with bytes that it has ready. */
async function bareServer(directory: BenchDirectory, answer: Buffer, kept: 'json' | 'bytes'): Promise<ServerProcess> {
  const file = join(directory.data, 'answer.json');
  writeFileSync(file, answer);
  const server = await startProcess('dist/bench/bareServer.js', [file, kept]);
  const client = await keepAliveClient(server.port, '');
  const same = (await client.post(LIST)).equals(answer);
  client.close();
  if (!same) throw new Error('The bare server does not send the same bytes');
  return server;
}

/** A server with 200,000 events in a process of its own; beside it fastify by itself, in another. */
export async function benchServer(): Promise<BenchRow[]> {
  const directory = benchDirectory('server');
  const county = await prepareCounty(directory);
  const ours = await startProcess('dist/main.js', ['serve'], {
    SATCHEL_DATA: directory.data,
    SATCHEL_MASTER_KEY: directory.masterKey.toString('base64'),
    SATCHEL_LOG_LEVEL: 'error',
    // One person asks for all of it.
    SATCHEL_RATE_LIMIT: '0',
  });
  const idleMiB = ours.residentMiB();
  const answer = await listAnswer(ours, county.token);
  const [json, bytes] = [await bareServer(directory, answer, 'json'), await bareServer(directory, answer, 'bytes')];
  const bareIdleMiB = json.residentMiB();
  const writing = { name: 'that writes the same JSON', bare: json, target: { ratio: 0.12 } };
  const ready = { name: 'that has the bytes ready', bare: bytes };
  const lists = [await benchList(ours, writing, county.token), await benchList(ours, ready, county.token)];
  const mutation = await benchMutation(ours, county);
  const beside = await benchBeside(ours, directory, county.token);
  const memory = (name: string, own: number, baseline: number): BenchRow => ({
    name: `memory with 200,000 events, ${name}`,
    ours: own,
    baseline,
    unit: 'MiB',
    target: { below: LARGEST_RSS_MIB },
  });
  const rows: BenchRow[] = [
    ...lists,
    ...mutation,
    beside,
    memory('after the start', idleMiB, bareIdleMiB),
    memory('after all this', ours.residentMiB(), json.residentMiB()),
    {
      name: 'start with 200,000 events',
      ours: ours.secondsToReady,
      baseline: json.secondsToReady,
      unit: 's',
      target: { below: LONGEST_START_SECONDS },
    },
  ];
  await Promise.all([ours.stop(), json.stop(), bytes.stop()]);
  directory.remove();
  return rows;
}
