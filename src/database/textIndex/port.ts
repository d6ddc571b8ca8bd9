import type { RawBuilder } from 'kysely';
import type { ReadModel } from '../readModel.js';

/** Of so many rows, the first in the order of a list are found sooner by going through the list. */
export const MANY = 5_000;

/** A column of text in lower case, and the table that has it. */
export interface TextColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * Indexes of which two characters stand beside each other in a column, since no database takes Chinese apart into words.
 * An index belongs to its table under whatever name the table has by then, and follows every change of it by itself.
 */
export interface TextIndexes {
  /**
   * Makes one of what is in the column while others read and write there. What an earlier attempt left is taken away.
   * @returns its name, which is no other's; undefined once `signal` aborts, and while another process makes one
   */
  make(db: ReadModel, at: TextColumn, signal: AbortSignal): Promise<string | undefined>;
  /** Whether an index belongs to the table that has this name now: a condition of a statement. */
  isOf(index: string, table: string): RawBuilder<boolean>;
  /** Takes away what is left of indexes whose tables are gone. */
  dropOrphans(db: ReadModel): Promise<void>;
  /**
   * Whether a row holds all of these two characters, somewhere: a condition of a statement that reads the table.
   * Undefined when so many do that they are found sooner without the index.
   */
  holding(
    db: ReadModel,
    index: string,
    at: TextColumn,
    bigrams: readonly string[],
  ): Promise<RawBuilder<boolean> | undefined>;
}
