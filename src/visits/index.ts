import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { GiftRegisterQueries } from './giftRegisterQuery.js';
import { giftView } from './giftView.js';
import { VisitQueries, visitBinding } from './graphql.js';
import { visitParticipantView, visitView } from './views.js';
import type { Visit } from './visit.js';

export const visits: NounModule = {
  bindings: [visitBinding],
  views: [visitParticipantView, giftView],
  resolvers: [VisitQueries, GiftRegisterQueries],
  lookup: ({ db }) => ({
    async visit(id) {
      const found = await loadSnapshot<Visit>(db, visitView, id);
      if (!found?.state.trip) return undefined;
      const { trip, participantIds, startedAt } = found.state;
      const { kind, orgUnitId, divisionCode } = trip;
      return { kind, orgUnitId, participantIds, divisionCode, ...(startedAt === undefined ? {} : { startedAt }) };
    },
  }),
};
