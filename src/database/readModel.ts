import type { Kysely, Transaction } from 'kysely';

export type Cell = string | number | null;

/** Tables of the read model, made from the views: any name, any column. */
export type ReadTables = Record<string, Record<string, Cell>>;
export type ReadModel = Kysely<ReadTables>;
export type ReadModelTransaction = Transaction<ReadTables>;
