import { changeTables } from '../database/differences.js';
import { isOutage } from '../database/outage.js';
import type { ReadModel } from '../database/readModel.js';
import { textIndexesOn } from '../database/textIndex/textIndexesOn.js';
import { noteTextIndex, readCheckpoints } from './checkpoints.js';
import type { View } from './view.js';

/** A table that is searched by text gets an index for it at so many rows; until then going through it is soon done. */
const TEXT_INDEX_FROM_ROWS = 100_000;

const LOOK_EVERY_MS = 60_000;

async function hasRows(db: ReadModel, table: string, rows: number): Promise<boolean> {
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count >= rows;
}

/**
 * Makes the index for text search of a table that is large enough and has none. Others read and write the table
 * meanwhile; searches use it from the moment at which it is whole.
 */
export async function ensureTextIndex(
  db: ReadModel,
  { table, searched: column }: View,
  fromRows = TEXT_INDEX_FROM_ROWS,
  signal: AbortSignal,
): Promise<void> {
  if (column === undefined) return;
  const checkpoint = (await readCheckpoints(db)).get(table);
  if (!checkpoint || checkpoint.textIndex !== undefined || !(await hasRows(db, table, fromRows))) return;
  const indexes = textIndexesOn(db);
  const index = await indexes.make(db, { table, column }, signal);
  if (index === undefined) return;
  // Unless the table was switched meanwhile: it then stands beside under another name, and its index with it.
  await changeTables(db, inside => noteTextIndex(inside, table, index, indexes.isOf(index, table)));
}

export interface TextIndexing {
  /** Rows of a table from which on it has an index; `TEXT_INDEX_FROM_ROWS` by default. */
  readonly fromRows?: number | undefined;
  /** Tables are looked at so often at the most, in milliseconds; each minute by default. */
  readonly lookEveryMs?: number | undefined;
}

export interface TextIndexerOptions extends TextIndexing {
  readonly db: ReadModel;
  readonly views: readonly View[];
  /** Whether this process is the one that writes. */
  readonly leads: () => boolean;
  readonly onError: (error: Error) => void;
}

/** Sees to it, beside the projections, that large tables can be searched. */
export class TextIndexer {
  private readonly abort = new AbortController();
  private underWay: Promise<void> | undefined;
  private nextLookAt = 0;

  constructor(private readonly options: TextIndexerOptions) {}

  /** To be called whenever tables may have grown; looks now and then, and does not keep the caller. */
  look(): void {
    const now = performance.now();
    if (this.underWay || this.abort.signal.aborted || now < this.nextLookAt || !this.options.leads()) return;
    this.nextLookAt = now + (this.options.lookEveryMs ?? LOOK_EVERY_MS);
    this.underWay = this.ensureAll().finally(() => {
      this.underWay = undefined;
    });
  }

  /** Ends what is under way; it is begun anew another time. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.underWay;
  }

  private async ensureAll(): Promise<void> {
    const { db, views, onError, fromRows } = this.options;
    try {
      for (const view of views) await ensureTextIndex(db, view, fromRows, this.abort.signal);
    } catch (error) {
      // Searches go without; an outage is told by the projections.
      if (!isOutage(error) && !this.abort.signal.aborted) onError(error as Error);
    }
  }
}
