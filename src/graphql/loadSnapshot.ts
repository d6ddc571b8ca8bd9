import DataLoader from 'dataloader';
import type { ReadModel } from '../database/readModel.js';
import type { Snapshot } from '../kernel/decider.js';
import { readDocuments } from '../projections/documents.js';
import type { View } from '../projections/view.js';

type Loader = DataLoader<string, Snapshot | undefined>;

const loaders = new WeakMap<ReadModel, Map<View, Loader>>();

/** Answers whoever asks in the same turn by one query, and remembers nothing. */
function loaderOf(db: ReadModel, view: View): Loader {
  const ofDatabase = loaders.get(db) ?? new Map<View, Loader>();
  loaders.set(db, ofDatabase);
  const known = ofDatabase.get(view);
  if (known) return known;
  const loader: Loader = new DataLoader(
    async ids => {
      const documents = await readDocuments(db, view, [...new Set(ids)]);
      return ids.map(id => documents.get(id));
    },
    { cache: false },
  );
  ofDatabase.set(view, loader);
  return loader;
}

/** A noun's document as the read model has it, whoever asks: for decisions, not for answers. */
export const loadSnapshot = <State>(db: ReadModel, view: View, id: string): Promise<Snapshot<State> | undefined> =>
  loaderOf(db, view).load(id) as Promise<Snapshot<State> | undefined>;
