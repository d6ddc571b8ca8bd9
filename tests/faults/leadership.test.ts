import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beOnlyWriter } from '../../src/database/differences.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import type { OpenReadModel } from '../../src/database/openReadModel.js';
import { type Leadership, LeadershipLost } from '../../src/projections/leadership.js';
import { leadershipOn } from '../../src/projections/leadershipOn.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';

const WAIT_MS = 20_000;
const quiet = async () => {};

describe('the lead of a PostgreSQL database', () => {
  let postgres: TestPostgres;
  let models: OpenReadModel[];
  let one: Leadership;
  let other: Leadership;
  let databases = 0;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    const address = await postgres.makeDatabase(`lead_${databases++}`);
    models = [await openPostgresReadModel(address), await openPostgresReadModel(address)];
    [one, other] = (await Promise.all(models.map(leadershipOn))) as [Leadership, Leadership];
    await db(0).schema.createTable('written').addColumn('by', 'text').execute();
    return async () => {
      for (const leadership of [one, other]) await leadership.close();
      for (const { close } of models) await close();
    };
  });

  const db = (index: number) => models[index]!.db;
  const written = async () => (await db(1).selectFrom('written').select('by').execute()).map(row => row.by);
  /** As when its machine is gone: the server ends the session that holds the lock, and the leader does not hear of it. */
  const cutOff = () =>
    sql`select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and state = 'idle'`.execute(db(1));
  const takeOver = (leadership: Leadership) => leadership.lead(new AbortController().signal, quiet);

  it('belongs to one at a time, and passes to the other at a resignation', async () => {
    const term = (await one.tryLead())!;
    expect(await one.tryLead()).toBe(term);
    expect(await other.tryLead()).toBeUndefined();
    expect([one.leads, other.leads, one.terms, other.terms]).toEqual([true, false, 1, 0]);
    expect(await other.leader()).toMatchObject({ epoch: 1, alive: true, itself: false });
    const waiting = takeOver(other);
    await one.resign();
    expect(term.over.aborted).toBe(true);
    expect(await waiting).toBeDefined();
    expect(await one.leader()).toMatchObject({ epoch: 2, itself: false });
    expect(await other.leader()).toMatchObject({ epoch: 2, itself: true });
  });

  it('is nobody’s after a resignation without a successor', async () => {
    expect(await one.leader()).toBeUndefined();
    await one.tryLead();
    await one.resign();
    expect(await one.leader()).toBeUndefined();
  });

  it('is fenced: a former leader writes nothing', async () => {
    const term = (await one.tryLead())!;
    await cutOff();
    expect(await takeOver(other)).toBeDefined();
    const late = db(0)
      .transaction()
      .execute(async transaction => {
        await transaction.insertInto('written').values({ by: 'one' }).execute();
        await term.fence(transaction);
      });
    await expect(late).rejects.toThrow(LeadershipLost);
    expect(await written()).toEqual([]);
    expect(one.leads).toBe(false);
  });

  it('is taken over after the transactions that the former leader had begun', async () => {
    const term = (await one.tryLead())!;
    let successor: Promise<unknown> | undefined;
    await db(0)
      .transaction()
      .execute(async transaction => {
        await term.fence(transaction);
        await cutOff();
        successor = takeOver(other).then(() => written());
        // It has the lock now, and waits for this transaction to be over.
        await expect
          .poll(async () => (await sql`select 1 from pg_locks where not granted`.execute(db(1))).rows.length)
          .toBe(1);
        await transaction.insertInto('written').values({ by: 'one' }).execute();
      });
    expect(await successor).toEqual(['one']);
  });

  it('is taken over from a leader that is paused in the middle of a transaction, which is undone', async () => {
    const term = (await one.tryLead())!;
    let successor: unknown;
    const paused = db(0)
      .transaction()
      .execute(async transaction => {
        await beOnlyWriter(transaction);
        await term.fence(transaction);
        await transaction.insertInto('written').values({ by: 'one' }).execute();
        await cutOff();
        successor = await takeOver(other);
      });
    await expect(paused).rejects.toThrow();
    expect(successor).toBeDefined();
    expect(await written()).toEqual([]);
  }, 30_000);

  it('tells the others what was projected, once that is committed', async () => {
    const term = (await one.tryLead())!;
    const told: unknown[] = [];
    const ending = new AbortController();
    const following = other.lead(ending.signal, async news => void (news !== 'quiet' && told.push(news)));
    // What may have been told before it listened.
    await expect.poll(() => told, { timeout: WAIT_MS }).toEqual(['missed']);
    await db(0)
      .transaction()
      .execute(async transaction => term.fence(transaction, new Set(['visit', 'officer'])));
    await expect.poll(() => told.at(-1), { timeout: WAIT_MS }).toEqual(new Set(['visit', 'officer']));
    const undone = db(0)
      .transaction()
      .execute(async transaction => {
        await term.fence(transaction, new Set(['need']));
        throw new Error('undone');
      });
    await expect(undone).rejects.toThrow('undone');
    await db(0)
      .transaction()
      .execute(async transaction => term.fence(transaction, new Set(['dispute'])));
    await expect.poll(() => told.at(-1), { timeout: WAIT_MS }).toEqual(new Set(['dispute']));
    ending.abort();
    expect(await following).toBeUndefined();
  });

  it('is lost with the session, and had again by whoever is first', async () => {
    const term = (await one.tryLead())!;
    await cutOff();
    await expect.poll(() => term.over.aborted, { timeout: WAIT_MS }).toBe(true);
    expect(one.leads).toBe(false);
    expect(await takeOver(one)).not.toBe(term);
    expect([one.leads, one.terms]).toEqual([true, 2]);
  });
});
