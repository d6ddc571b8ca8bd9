import type { RecordedEvent } from '../eventstore/port.js';
import type { Sealed } from '../kernel/personal.js';

export type ColumnType = 'text' | 'integer' | 'json';

/** A row of a read model as a fold sees it: `json` columns parsed, the key in `id`. */
export type Row = Readonly<Record<string, unknown>>;

/** What readers may do with personal values: never write them down, only what is masked or blind. */
export interface Lens {
  /** The value, or `[已删除]` once its key is destroyed. Keys of values opened at the same moment are fetched together. */
  open(sealed: Sealed): Promise<unknown>;
  /** Keyed hash of a normalised resident number, for lookups by equality. */
  blindIndex(number: string): string;
}

/** The same for a fold, which waits for nothing: it reads what its view has opened beforehand. */
export interface FoldLens extends Pick<Lens, 'blindIndex'> {
  open(sealed: Sealed): unknown;
}

/**
 * A read model: one table, filled by a keyed fold over all events.
 * `keysOf` names the rows that an event touches; `fold` gives each as it is after the event, or nothing to delete it.
 * Both are pure, so that the table is the same whenever and however often it is built. Events of one stream come in
 * their order; those of different streams need not, since parked ones come late: a row that several streams touch must
 * be the same whichever was first.
 */
export interface View {
  /** Name of the table and of the projection. */
  readonly table: string;
  /** To be raised when the fold or the columns change: the table is then built anew. */
  readonly version: number;
  /** Beside the text key `id`. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly indexes: readonly (readonly string[])[];
  /** The column that is searched for parts of a text: in lower case, and with nothing personal. */
  readonly searched?: string | undefined;
  keysOf(event: RecordedEvent): readonly string[];
  /** Personal values of an event with keys that the fold reads; none by default. */
  opens?(event: RecordedEvent): readonly unknown[];
  fold(row: Row | undefined, event: RecordedEvent, key: string, lens: FoldLens): Row | undefined;
  /** Adds the columns that follow from the rest of the row; asked once a batch, however many events changed it. */
  complete?(row: Row): Row;
}

/** Columns that say how fresh a row is; they differ between stores and are left out of digests. */
export const BOOKKEEPING: readonly string[] = ['position'];
