import { sql } from 'kysely';
import { ADVISORY_LOCKS } from '../database/advisoryLocks.js';
import type { Session } from '../database/postgres.js';
import type { ReadModel } from '../database/readModel.js';

/** Of the tables, and of the channel on which processes tell each other what they have done. */
export const NAME = 'projection_leader';

/** One row: who leads, or nobody's name after a resignation, and when it last said so by the clock of the database. */
export const ensureLeaderTable = (db: ReadModel): Promise<void> =>
  db.schema
    .createTable(NAME)
    .ifNotExists()
    .addColumn('id', 'integer', column => column.primaryKey().check(sql`id = 1`))
    .addColumn('epoch', 'bigint', column => column.notNull())
    .addColumn('leader', 'text')
    .addColumn('seen_at', 'timestamptz', column => column.notNull())
    .execute();

export async function tryLock(session: Session): Promise<boolean> {
  const [answer] = await session.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    ADVISORY_LOCKS.leader,
  ]);
  return answer?.locked === true;
}

/** Waits for the transactions that passed the fence of the epoch before; those that come later will not pass it. */
export async function raiseEpoch(session: Session, leader: string): Promise<number> {
  const [row] = await session.query<{ epoch: number }>(
    `INSERT INTO ${NAME} AS former (id, epoch, leader, seen_at) VALUES (1, 1, $1, clock_timestamp())
     ON CONFLICT (id) DO UPDATE
     SET epoch = former.epoch + 1, leader = excluded.leader, seen_at = excluded.seen_at
     RETURNING epoch`,
    [leader],
  );
  return row!.epoch;
}

/** Says that the leader is alive. False when it is not the leader any more. */
export async function sayAlive(session: Session, epoch: number): Promise<boolean> {
  const rows = await session.query(`UPDATE ${NAME} SET seen_at = clock_timestamp() WHERE epoch = $1 RETURNING epoch`, [
    epoch,
  ]);
  return rows.length > 0;
}

/** Lets go of the lead, and tells the others. */
export async function stepDown(session: Session, epoch: number): Promise<void> {
  await session.query(`UPDATE ${NAME} SET leader = NULL WHERE epoch = $1`, [epoch]);
  await session.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCKS.leader]);
  await session.query(`SELECT pg_notify('${NAME}', '')`);
}

/**
 * Holds the epoch until the end of the transaction, and tells the others of it once that is committed.
 * False when the epoch is over.
 */
export async function holdEpoch(transaction: ReadModel, epoch: number, told?: string): Promise<boolean> {
  const tell = told === undefined ? sql`epoch` : sql`pg_notify(${NAME}, ${told})`;
  const { rows } = await sql`select ${tell} from ${sql.table(NAME)} where epoch = ${epoch} for share`.execute(
    transaction,
  );
  return rows.length > 0;
}

export interface LeaderRow {
  readonly name: string;
  readonly epoch: number;
  readonly silentFor: number;
}

export async function readLeader(db: ReadModel): Promise<LeaderRow | undefined> {
  const { rows } = await sql<LeaderRow>`
    select leader as name, epoch, extract(epoch from clock_timestamp() - seen_at)::float8 as "silentFor"
    from ${sql.table(NAME)} where leader is not null`.execute(db);
  return rows[0];
}
