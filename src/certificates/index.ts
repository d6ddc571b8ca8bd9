import type { NounModule } from '../graphql/module.js';
import { CertificateQueries, certificateBinding } from './graphql.js';

export const certificates: NounModule = {
  bindings: [certificateBinding],
  views: [],
  resolvers: [CertificateQueries],
};
