import { localTokens } from '../../src/access/tokens.js';
import { progressBar } from '../../src/cli/progress.js';
import { type BenchRow, median } from './benchRow.js';
import { keepAliveClient } from './keepAliveClient.js';
import { type BenchDirectory, benchDirectory, countyStreams, writeStreams } from './record.js';
import { secondsOf } from './rounds.js';
import { startProcess } from './serverProcess.js';
import { registerCounty } from './station.js';

const SIZES = [10_000, 100_000, 1_000_000] as const;
/** Written at once: all streams of a million events would fill the memory. */
const PORTION = 50_000;
const ROUNDS = 8;
const REQUESTS = 200;
/** The list may take half as long again, however much there is. */
const FLAT = { ratio: 0.67 };

const LIST = Buffer.from(
  JSON.stringify({
    query: `{ disputes(first: 50) { nodes {
  id caseNo title status category riskLevel place reportedAt dueDate lastRecordedAt
} pageInfo { hasNextPage endCursor } } }`,
  }),
);

/** Records so many events and brings the read models up to them; a token of the county's chief, who sees all of it. */
async function prepareCounty(directory: BenchDirectory, size: number): Promise<string> {
  const satchel = await directory.open();
  const { store, projections } = satchel.services;
  const { posts, chiefId } = await registerCounty(satchel);
  const bar = progressBar({ name: `Recording ${size.toLocaleString('en')}`, total: size, unit: 'events' });
  for (let written = 0; written < size; written += PORTION) {
    const streams = countyStreams(posts, Math.min(PORTION, size - written));
    await writeStreams(satchel.stores, streams, events => bar.update(written + events));
    // Side by side, the one would only slow the other.
    while (!(await projections.reached(await store.head(), 1_000)));
  }
  bar.stop();
  const tokens = localTokens(await satchel.stores.vault.secret('token-signing'));
  const token = await tokens.issueToken({ subject: chiefId, expiresIn: 3600 });
  await satchel.close();
  return token;
}

interface County {
  readonly size: number;
  readonly directory: BenchDirectory;
  readonly token: string;
}

/** A server with so many events, which is asked one thing after another. */
async function startCounty({ size, directory, token }: County) {
  const server = await startProcess('dist/main.js', ['serve'], {
    SATCHEL_DATA: directory.data,
    SATCHEL_MASTER_KEY: directory.masterKey.toString('base64'),
    SATCHEL_LOG_LEVEL: 'error',
  });
  const client = await keepAliveClient(server.port, token);
  const answer = JSON.parse((await client.post(LIST)).toString());
  if (answer.errors || answer.data.disputes.nodes.length !== 50) throw new Error(JSON.stringify(answer));
  return {
    size,
    rates: [] as number[],
    async round(): Promise<number> {
      const seconds = await secondsOf(async () => {
        for (let request = 0; request < REQUESTS; request++) await client.post(LIST);
      });
      return REQUESTS / seconds;
    },
    async stop(): Promise<void> {
      client.close();
      await server.stop();
      directory.remove();
    },
  };
}

/** The list of disputes beside ever more of them: three servers, asked in turn. */
export async function benchSizes(): Promise<BenchRow[]> {
  const prepared: County[] = [];
  for (const size of SIZES) {
    const directory = benchDirectory(`size-${size}`);
    prepared.push({ size, directory, token: await prepareCounty(directory, size) });
  }
  // Not before all are prepared: a server ends a connection on which nothing is asked for a minute.
  const counties = await Promise.all(prepared.map(startCounty));
  // The first round fills caches and compiles.
  for (let round = 0; round <= ROUNDS; round++)
    for (const county of counties) {
      const rate = await county.round();
      if (round > 0) county.rates.push(rate);
    }
  for (const county of counties) await county.stop();
  const [smallest, ...larger] = counties.map(({ size, rates }) => ({ size, rate: median(rates) }));
  return larger.map(({ size, rate }) => ({
    name: `disputes(first: 50) at ${size.toLocaleString('en')} events, beside 10,000`,
    ours: rate,
    baseline: smallest!.rate,
    unit: 'requests/s',
    target: FLAT,
  }));
}
