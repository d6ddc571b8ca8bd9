import type { ReadModel } from '../database/readModel.js';
import type { Snapshot } from '../kernel/decider.js';
import { snapshotOf } from '../projections/documentView.js';
import { readRows } from '../projections/rows.js';
import type { View } from '../projections/view.js';

/** A noun's document as the read model has it, whoever asks: for decisions, not for answers. */
export async function loadSnapshot<State>(db: ReadModel, view: View, id: string): Promise<Snapshot<State> | undefined> {
  const row = (await readRows(db, view, [id])).get(id);
  return row && snapshotOf<State>(row);
}
