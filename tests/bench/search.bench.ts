import { sql } from 'kysely';
import type { Viewer } from '../../src/access/viewer.js';
import type { RowQuery } from '../../src/graphql/connection.js';
import type { RequestContext } from '../../src/graphql/context.js';
import { type ListOptions, listPage } from '../../src/graphql/listPage.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { disputeBinding } from '../../src/mediation/graphql/binding.js';
import { readTextIndex } from '../../src/projections/checkpoints.js';
import { ensureTextIndex } from '../../src/projections/textIndexes.js';
import type { Satchel } from '../../src/server/satchel.js';
import { startPostgres } from '../harness/postgres.js';
import type { BenchRow } from './benchRow.js';
import { benchDirectory, writeStreams } from './record.js';
import { inTurn, secondsOf } from './rounds.js';
import { disputeStream, type SampleStream } from './sampleStreams.js';
import { type Post, registerPosts } from './station.js';

const DISPUTES = 110_000;
const PORTION = 10_000;
const ROUNDS = 5;
const PAGES = 10;

/** By itself; so that it can be timed. */
const WITHOUT_INDEX = { textIndexes: { fromRows: Number.POSITIVE_INFINITY } };

const PLACES = [...'豆坝阳长大王迷城店岸三店铜太石钱平洛寺台两李云南嘴白杨'];
const SUBJECTS = ['排水', '地界', '采光', '借款', '婚约', '噪声', '通行', '林权', '羊圈', '工钱'];

/** Two characters by how many of the cases have them in their titles. */
const WORDS = [
  ['in 1 of 800', '豆阳'],
  ['in no case', '无此'],
  ['in every case', '纠纷'],
] as const;

const pick = <T>(from: readonly T[], number: number): T => from[number % from.length]!;

const PARTIES = [streamId('resident', newUuid()), streamId('resident', newUuid())] as const;

/** One of so many cases as they are reported, each with a title that a few others share. */
function reported(posts: readonly Post[], counter: number): SampleStream {
  const stream = disputeStream(pick(posts, counter), counter, PARTIES);
  const place = `${pick(PLACES, counter)}${pick(PLACES, Math.floor(counter / PLACES.length))}`;
  const title = `${place}村${pick(SUBJECTS, counter)}纠纷`;
  const [first] = stream.events;
  return { ...stream, events: [{ type: first!.type, data: { ...(first!.data as object), title } }] };
}

async function recordDisputes(satchel: Satchel): Promise<readonly Post[]> {
  const posts = await registerPosts(satchel);
  for (let written = 0; written < DISPUTES; written += PORTION) {
    const streams = Array.from({ length: PORTION }, (_, index) => reported(posts, written + index));
    await writeStreams(satchel.stores, streams);
  }
  return posts;
}

/** Until every case is in the list; and how long it then takes until the list has its index. */
async function prepare(satchel: Satchel): Promise<void> {
  const { projections, store } = satchel.services;
  while (!(await projections.reached(await store.head(), 1_000)));
  const { db } = satchel.stores.readModel;
  const seconds = await secondsOf(async () => {
    while ((await readTextIndex(db, 'dispute')) === undefined)
      await ensureTextIndex(db, disputeBinding.view, undefined, new AbortController().signal);
  });
  process.stderr.write(`  index of ${DISPUTES.toLocaleString('en')} cases: ${seconds.toFixed(1)} s\n`);
}

/** Pages of a chief who sees every station, as the resolver reads them. */
async function benchWords(satchel: Satchel, posts: readonly Post[], database: string): Promise<BenchRow[]> {
  const viewer: Viewer = {
    actorId: 'officer-chief',
    role: 'COUNTY_CHIEF',
    orgUnitId: posts[0]!.countyId,
    scope: new Set(posts.map(({ stationId }) => stationId)),
    alsoKnownAs: [],
  };
  const context = { viewer, services: satchel.services } as RequestContext;
  const pages = (options: Partial<ListOptions>) => ({
    async run() {
      for (let page = 0; page < PAGES; page++)
        await listPage(
          context,
          disputeBinding,
          { first: 50 },
          {
            list: 'disputes',
            sort: { column: 'lastRecordedAt', descending: true },
            participating: { table: 'dispute_participant', key: 'disputeId', participant: 'participantId' },
            ...options,
          },
        );
    },
  });
  const rows: BenchRow[] = [];
  for (const [often, word] of WORDS) {
    const like = (query: RowQuery) => query.where(sql<boolean>`${sql.ref('searchText')} like ${`%${word}%`}`);
    const rates = await inTurn({
      rounds: ROUNDS,
      size: PAGES,
      work: () => undefined,
      ours: pages({ text: word }),
      baseline: pages({ where: like }),
    });
    rows.push({ name: `two characters ${often}, ${database}, beside LIKE`, ...rates, unit: 'pages/s' });
  }
  return rows;
}

/** A text search of so many cases, on both databases, beside LIKE over the same rows. */
export async function benchSearch(): Promise<BenchRow[]> {
  const directory = benchDirectory('search');
  const postgres = await startPostgres();
  try {
    const onSqlite = await directory.open(WITHOUT_INDEX);
    const posts = await recordDisputes(onSqlite);
    await prepare(onSqlite);
    const rows = await benchWords(onSqlite, posts, 'SQLite');
    await onSqlite.close();
    const onPostgres = await directory.open({
      ...WITHOUT_INDEX,
      database: await postgres.makeDatabase('search'),
      vault: `${directory.data}/vault.db`,
    });
    await prepare(onPostgres);
    rows.push(...(await benchWords(onPostgres, posts, 'PostgreSQL')));
    await onPostgres.close();
    return rows;
  } finally {
    await postgres.stop();
    directory.remove();
  }
}
