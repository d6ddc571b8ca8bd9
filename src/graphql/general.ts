import type { NounModule } from './module.js';
import { NodeQueries } from './nodeQuery.js';
import { ParkedStreamResolver } from './parkedStreams.js';
import { ProjectionQueries } from './projectionQueries.js';
import { ReferenceQueries } from './referenceQueries.js';

/** Queries that are about no noun in particular. */
export const general: NounModule = {
  bindings: [],
  views: [],
  resolvers: [NodeQueries, ReferenceQueries, ProjectionQueries, ParkedStreamResolver],
};
