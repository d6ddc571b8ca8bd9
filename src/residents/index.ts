import type { ResidentFact } from '../commands/lookup.js';
import type { ReadModel } from '../database/readModel.js';
import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { ResidentQueries, residentBinding } from './graphql.js';
import { birthDateOf } from './masked.js';
import type { Resident } from './resident.js';
import { residentNumberView, residentView } from './views.js';

const stateOf = async (db: ReadModel, id: string): Promise<Resident | undefined> =>
  (await loadSnapshot<Resident>(db, residentView, id))?.state;

const factOf = (state: Resident | undefined): ResidentFact | undefined =>
  state?.orgUnitId === undefined
    ? undefined
    : { orgUnitId: state.orgUnitId, restricted: state.restriction !== undefined };

export const residents: NounModule = {
  bindings: [residentBinding],
  views: [residentNumberView],
  resolvers: [ResidentQueries],
  lookup: ({ db, lens }) => ({
    async resident(id) {
      return factOf(await stateOf(db, id));
    },
    async residentWithBirthDate(id) {
      const state = await stateOf(db, id);
      const fact = factOf(state);
      return state && fact && { ...fact, birthDate: await birthDateOf(state, lens) };
    },
    async residentByNumber(number) {
      const row = await db
        .selectFrom(residentNumberView.table)
        .select('id')
        .where('blindIndex', '=', lens.blindIndex(number))
        .orderBy('id')
        .executeTakeFirst();
      return row?.id as string | undefined;
    },
  }),
};
