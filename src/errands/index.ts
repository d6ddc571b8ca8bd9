import type { NounModule } from '../graphql/module.js';
import { ErrandQueries, errandBinding } from './graphql.js';

export const errands: NounModule = {
  bindings: [errandBinding],
  views: [],
  resolvers: [ErrandQueries],
};
