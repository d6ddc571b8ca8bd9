import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { NeedQueries, needBinding } from './graphql.js';
import { type Need, need } from './need.js';
import { needView } from './views.js';

export const needs: NounModule = {
  bindings: [needBinding],
  views: [],
  resolvers: [NeedQueries],
  lookup: ({ db }) => ({
    async need(id) {
      const found = await loadSnapshot<Need>(db, needView, id);
      return found?.state.orgUnitId
        ? { status: need.statusOf(found.state), orgUnitId: found.state.orgUnitId }
        : undefined;
    },
  }),
};
