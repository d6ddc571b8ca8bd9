import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { OfficerQueries, officerBinding } from './officer/graphql.js';
import { currentAssignment, type Officer } from './officer/officer.js';
import { backpackHoldingView, identityKey, identityView, officerView } from './officer/views.js';
import { OrgUnitQueries, orgUnitBinding } from './orgUnit/graphql.js';
import { openingBalancesAround } from './orgUnit/lookups.js';
import type { OrgUnit } from './orgUnit/orgUnit.js';
import { orgUnitView } from './orgUnit/views.js';

export const organisation: NounModule = {
  bindings: [orgUnitBinding, officerBinding],
  views: [identityView, backpackHoldingView],
  resolvers: [OrgUnitQueries, OfficerQueries],
  lookup: ({ db }) => ({
    async orgUnit(id) {
      const found = await loadSnapshot<OrgUnit>(db, orgUnitView, id);
      if (!found?.state.level) return undefined;
      const { level, parentId, divisionCode } = found.state;
      return { level, ...(parentId ? { parentId } : {}), ...(divisionCode ? { divisionCode } : {}) };
    },
    async officer(id) {
      const found = await loadSnapshot<Officer>(db, officerView, id);
      const post = found && currentAssignment(found.state);
      if (!post) return undefined;
      const backpackId = found.state.backpack?.backpackId;
      return { role: post.role, orgUnitId: post.orgUnitId, ...(backpackId ? { backpackId } : {}) };
    },
    async holderOfIdentity(identity) {
      const row = await db
        .selectFrom('identity')
        .select('personId')
        .where('id', '=', identityKey(identity))
        .executeTakeFirst();
      return row?.personId as string | undefined;
    },
    async holderOfBackpack(backpackId) {
      const row = await db.selectFrom('officer').select('id').where('backpackId', '=', backpackId).executeTakeFirst();
      return row?.id as string | undefined;
    },
    openingBalancesAround: (orgUnitId, metric) => openingBalancesAround(db, orgUnitId, metric),
  }),
};
