import type { NounModule } from '../graphql/module.js';
import { disputeBinding } from './graphql/binding.js';
import { DisputeQueries } from './graphql/queries.js';
import { mediationPolicies } from './policies.js';
import { disputeParticipantView } from './views.js';

export const mediation: NounModule = {
  bindings: [disputeBinding],
  views: [disputeParticipantView],
  resolvers: [DisputeQueries],
  policies: mediationPolicies,
};
