import type { NounModule } from '../../graphql/module.js';
import { accessEvents } from './events.js';
import { FindResidentQuery } from './graphql.js';
import { recordAccess } from './recordAccess.js';

/** Who saw what. Its streams are no noun: they are read by auditors, through what is recorded there. */
export const access: NounModule = {
  bindings: [],
  views: [],
  events: Object.values(accessEvents),
  resolvers: [FindResidentQuery],
  lookup: services => ({
    recordNumberFound: (subjectId, actor) =>
      recordAccess(
        services,
        { type: 'ResidentSearched', data: { purpose: 'REGISTRATION', found: true, shown: false, subjectId } },
        actor,
      ),
  }),
};
