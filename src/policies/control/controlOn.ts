import { sql, type Transaction } from 'kysely';
import { isPostgres } from '../../database/differences.js';
import type { ReadModel } from '../../database/readModel.js';
import type { Position } from '../../kernel/position.js';
import { START } from '../../kernel/position.js';
import type { Landmark } from '../../projections/history.js';
import { ControlLost } from './errors.js';
import type { Change, Checkpoint, ControlStore, StoredControl, Timer } from './port.js';
import type { ControlDatabase, ControlTables, OpenControl } from './tables.js';

type Write = Transaction<ControlTables>;
type TimerRow = ControlTables['timer'];

/** Who is paused in the middle of a transaction would hold back whoever takes over; after so long the server ends it. */
const LONGEST_PAUSE_MS = 5_000;

const timerOf = ({ policy, stream_id, key, due_at, try_at, org_unit_id }: TimerRow): Timer => ({
  policy,
  streamId: stream_id,
  key,
  dueAt: due_at,
  tryAt: try_at,
  orgUnitId: org_unit_id,
});

const rowOf = ({ policy, streamId, key, dueAt, tryAt, orgUnitId }: Timer): TimerRow => ({
  policy,
  stream_id: streamId,
  key,
  due_at: dueAt,
  try_at: tryAt,
  org_unit_id: orgUnitId,
});

type CheckpointRow = ControlTables['checkpoint'];

const checkpointOf = ({ landmark, ...row }: CheckpointRow): Checkpoint => ({
  ...row,
  ...(landmark !== null && { landmark: JSON.parse(landmark) as Landmark }),
});

const textOf = (landmark: Landmark | undefined): string | null => (landmark ? JSON.stringify(landmark) : null);

/** A transaction of the runner that took over last, which the next one waits for. @throws ControlLost */
const writing = <T>(db: ControlDatabase, epoch: number, work: (transaction: Write) => Promise<T>): Promise<T> =>
  db.transaction().execute(async transaction => {
    if (isPostgres(db as unknown as ReadModel))
      await sql`select set_config('idle_in_transaction_session_timeout', ${String(LONGEST_PAUSE_MS)}, true)`.execute(
        transaction,
      );
    const held = await transaction.updateTable('about').set({ epoch }).where('epoch', '=', epoch).executeTakeFirst();
    if (Number(held.numUpdatedRows) === 0) throw new ControlLost('Someone else has taken over the policies');
    return work(transaction);
  });

async function raiseEpoch(db: ControlDatabase): Promise<number> {
  const raised = await db
    .updateTable('about')
    .set(eb => ({ epoch: eb('epoch', '+', 1) }))
    .returning('epoch')
    .executeTakeFirstOrThrow();
  return raised.epoch;
}

async function move(
  transaction: Write,
  { policy, version, position }: Checkpoint,
  to: Position,
  landmark: Landmark | undefined,
): Promise<void> {
  const moved = await transaction
    .updateTable('checkpoint')
    .set({ position: to, landmark: textOf(landmark) })
    .where('policy', '=', policy)
    .where('version', '=', version)
    .where('position', '=', position)
    .executeTakeFirst();
  if (Number(moved.numUpdatedRows) === 0) throw new ControlLost(`The checkpoint of ${policy} is not at ${position}`);
}

const cancel = (transaction: Write, { policy, streamId, key }: Omit<Change, 'set'>) =>
  transaction.deleteFrom('timer').where('policy', '=', policy).where('stream_id', '=', streamId).where('key', '=', key);

async function change(transaction: Write, { set, ...id }: Change): Promise<void> {
  if (!set) return void (await cancel(transaction, id).execute());
  const row = rowOf({ ...id, ...set, tryAt: set.dueAt });
  const { due_at, try_at, org_unit_id } = row;
  await transaction
    .insertInto('timer')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['policy', 'stream_id', 'key']).doUpdateSet({ due_at, try_at, org_unit_id }),
    )
    .execute();
}

async function readAll(db: ControlDatabase): Promise<StoredControl> {
  const timers = await db
    .selectFrom('timer')
    .selectAll()
    .orderBy('policy')
    .orderBy('stream_id')
    .orderBy('key')
    .execute();
  return {
    checkpoints: (await db.selectFrom('checkpoint').selectAll().orderBy('policy').execute()).map(checkpointOf),
    timers: timers.map(timerOf),
  };
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 1_000;

async function fill(db: Write, { checkpoints, timers }: StoredControl): Promise<void> {
  if (checkpoints.length > 0)
    await db
      .insertInto('checkpoint')
      .values(checkpoints.map(({ landmark, ...checkpoint }) => ({ ...checkpoint, landmark: textOf(landmark) })))
      .execute();
  for (let at = 0; at < timers.length; at += AT_ONCE)
    await db
      .insertInto('timer')
      .values(timers.slice(at, at + AT_ONCE).map(rowOf))
      .execute();
}

/** The control store on an open database: the same for both engines. */
export const controlOn = ({ place, db, close }: OpenControl): ControlStore => ({
  place,
  takeOver: () => raiseEpoch(db),
  forgetAll: () =>
    db.transaction().execute(async transaction => {
      await raiseEpoch(transaction);
      await transaction.deleteFrom('timer').execute();
      await transaction.deleteFrom('checkpoint').execute();
    }),
  checkpoints: async () => (await db.selectFrom('checkpoint').selectAll().execute()).map(checkpointOf),
  advance: (epoch, from, to, changes, landmark) =>
    writing(db, epoch, async transaction => {
      for (const checkpoint of from) await move(transaction, checkpoint, to, landmark);
      for (const each of changes) await change(transaction, each);
    }),
  beginAnew: (epoch, policy, version) =>
    writing(db, epoch, async transaction => {
      await transaction.deleteFrom('timer').where('policy', '=', policy).execute();
      await transaction.deleteFrom('checkpoint').where('policy', '=', policy).execute();
      await transaction.insertInto('checkpoint').values({ policy, version, position: START, landmark: null }).execute();
    }),
  async outlook(policies) {
    const timers = db.selectFrom('timer').where('policy', 'in', policies);
    const next = await timers.select('try_at').orderBy('try_at').limit(1).executeTakeFirst();
    const postponed = timers.select('due_at').whereRef('try_at', '>', 'due_at').orderBy('due_at').limit(1);
    return { nextTryAt: next?.try_at, postponedSince: (await postponed.executeTakeFirst())?.due_at };
  },
  async due(policies, by, limit) {
    const rows = await db
      .selectFrom('timer')
      .selectAll()
      .where('policy', 'in', policies)
      .where('try_at', '<=', by)
      .orderBy('try_at')
      .orderBy('policy')
      .orderBy('stream_id')
      .orderBy('key')
      .limit(limit)
      .execute();
    return rows.map(timerOf);
  },
  drop: (epoch, timers) =>
    writing(db, epoch, async transaction => {
      for (const timer of timers) await cancel(transaction, timer).where('due_at', '=', timer.dueAt).execute();
    }),
  postpone: (epoch, { policy, streamId, key, dueAt }, tryAt) =>
    writing(db, epoch, async transaction => {
      await transaction
        .updateTable('timer')
        .set({ try_at: tryAt })
        .where('policy', '=', policy)
        .where('stream_id', '=', streamId)
        .where('key', '=', key)
        .where('due_at', '=', dueAt)
        .execute();
    }),
  async countTimers() {
    const rows = await db
      .selectFrom('timer')
      .select(eb => ['policy', eb.fn.countAll<number>().as('timers')])
      .groupBy('policy')
      .execute();
    return new Map(rows.map(({ policy, timers }) => [policy, Number(timers)]));
  },
  // Of one moment: on PostgreSQL the two statements could otherwise see what came in between.
  readAll: () => db.transaction().setIsolationLevel('repeatable read').execute(readAll),
  fill: contents => db.transaction().execute(transaction => fill(transaction, contents)),
  close,
});
