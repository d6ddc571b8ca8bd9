import type { RecordedEvent } from '../eventstore/port.js';
import { type Aggregate, advance, emptySnapshot, type Snapshot } from '../kernel/decider.js';
import { categoryOf } from '../kernel/ids.js';
import type { Position } from '../kernel/position.js';
import type { ColumnType, Row, View } from './view.js';

export interface DocumentColumns<State> {
  readonly version: number;
  /** Columns to filter and sort by, beside those of every document. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly indexes?: readonly (readonly string[])[];
  readonly searched?: string;
  row(snapshot: Snapshot<State>): Readonly<Record<string, unknown>>;
}

const BEFORE = {
  revision: 'integer',
  position: 'text',
  firstRecordedAt: 'text',
  lastRecordedAt: 'text',
  lastOccurredAt: 'text',
} as const;

/** Last in its row: what stands behind something so long is slow to reach. */
const STATE = { state: 'json' } as const;

/** What a snapshot is read from. */
export const SNAPSHOT_CELLS: readonly string[] = [
  'id',
  'revision',
  'firstRecordedAt',
  'lastRecordedAt',
  'lastOccurredAt',
  'state',
];

/** The snapshot that a row of a document view holds. */
export const snapshotOf = <State>(row: Row): Snapshot<State> => ({
  id: row.id as string,
  revision: row.revision as number,
  state: row.state as State,
  firstRecordedAt: row.firstRecordedAt as string,
  lastRecordedAt: row.lastRecordedAt as string,
  lastOccurredAt: row.lastOccurredAt as string,
});

const rowOf = (snapshot: Snapshot, position: Position): Row => ({
  id: snapshot.id,
  revision: snapshot.revision,
  state: snapshot.state,
  firstRecordedAt: snapshot.firstRecordedAt,
  lastRecordedAt: snapshot.lastRecordedAt,
  lastOccurredAt: snapshot.lastOccurredAt,
  position,
});

/** One row a stream: the state that the one fold gives, with columns to find it by. */
export function documentView<State>(
  table: string,
  aggregate: Aggregate<State, never, never> | Aggregate<State>,
  document: DocumentColumns<State>,
): View {
  const noun = aggregate as Aggregate<State>;
  return {
    table,
    version: document.version,
    columns: { ...BEFORE, ...document.columns, ...STATE },
    indexes: document.indexes ?? [],
    searched: document.searched,
    keysOf: event => (categoryOf(event.streamId) === noun.category ? [event.streamId] : []),
    fold(row: Row | undefined, event: RecordedEvent, key: string): Row {
      const before = row ? snapshotOf<State>(row) : emptySnapshot(noun, key);
      return rowOf(advance(noun, before, event), event.position);
    },
    complete: row => ({ ...row, ...document.row(snapshotOf<State>(row)) }),
  };
}
