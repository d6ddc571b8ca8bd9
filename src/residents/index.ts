import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { ResidentQueries, residentBinding } from './graphql.js';
import { birthDateOf } from './masked.js';
import type { Resident } from './resident.js';
import { residentNumberView, residentView } from './views.js';

export const residents: NounModule = {
  bindings: [residentBinding],
  views: [residentNumberView],
  resolvers: [ResidentQueries],
  lookup: ({ db, lens }) => ({
    async resident(id) {
      const found = await loadSnapshot<Resident>(db, residentView, id);
      if (!found?.state.orgUnitId) return undefined;
      const { orgUnitId } = found.state;
      return {
        orgUnitId,
        // Opened only when a rule asks how old someone is
        get birthDate() {
          return birthDateOf(found.state, lens);
        },
      };
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
