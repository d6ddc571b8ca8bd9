import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { allocateCaseNumber } from './caseNumber/allocateCaseNumber.js';
import { caseNumberEvents } from './caseNumber/events.js';
import { MediatorQueries, mediatorBinding } from './mediator/graphql.js';
import { mediatorFact, mediatorsOfOfficer } from './mediator/lookups.js';
import { OfficerQueries, officerBinding } from './officer/graphql.js';
import { lastAssignment, type Officer } from './officer/officer.js';
import { backpackHoldingView, identityKey, identityView, officerView } from './officer/views.js';
import { OrgUnitQueries, orgUnitBinding } from './orgUnit/graphql.js';
import { openingBalancesAround } from './orgUnit/lookups.js';
import type { OrgUnit } from './orgUnit/orgUnit.js';
import { orgUnitView } from './orgUnit/views.js';
import { MediationTeamQueries, teamBinding } from './team/graphql.js';
import { TeamRosterQueries } from './team/rosterQuery.js';
import { ViewerQueries } from './viewerQuery.js';

export const organisation: NounModule = {
  bindings: [orgUnitBinding, officerBinding, mediatorBinding, teamBinding],
  views: [identityView, backpackHoldingView],
  events: Object.values(caseNumberEvents),
  resolvers: [OrgUnitQueries, OfficerQueries, MediatorQueries, MediationTeamQueries, TeamRosterQueries, ViewerQueries],
  lookup: ({ db, ...sources }) => ({
    async orgUnit(id) {
      const found = await loadSnapshot<OrgUnit>(db, orgUnitView, id);
      if (!found?.state.level) return undefined;
      const { level, parentId, divisionCode } = found.state;
      return { level, ...(parentId ? { parentId } : {}), ...(divisionCode ? { divisionCode } : {}) };
    },
    async officer(id) {
      const found = await loadSnapshot<Officer>(db, officerView, id);
      const post = found && lastAssignment(found.state);
      if (!post) return undefined;
      const backpackId = found.state.backpack?.backpackId;
      const { role, orgUnitId, ended } = post;
      return { role, orgUnitId, ...(backpackId ? { backpackId } : {}), ...(ended ? { leftOn: ended.on } : {}) };
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
    mediator: id => mediatorFact(db, id),
    mediatorsOfOfficer: officerId => mediatorsOfOfficer(db, officerId),
    allocateCaseNumber: allocateCaseNumber(sources),
    openingBalancesAround: (orgUnitId, metric) => openingBalancesAround(db, orgUnitId, metric),
  }),
};
