import { loadSnapshot } from '../graphql/loadSnapshot.js';
import type { NounModule } from '../graphql/module.js';
import { type Certificate, hasEnded } from './certificate.js';
import { CertificateQueries, certificateBinding } from './graphql.js';
import { certificatePolicies } from './policies.js';
import { certificateView } from './views.js';

export const certificates: NounModule = {
  bindings: [certificateBinding],
  views: [],
  resolvers: [CertificateQueries],
  policies: certificatePolicies,
  lookup: ({ db }) => ({
    async certificate(id) {
      const found = await loadSnapshot<Certificate>(db, certificateView, id);
      if (!found?.state.application) return undefined;
      const { applicantId, certType } = found.state.application;
      return { applicantId, certType, ended: hasEnded(found.state) };
    },
  }),
};
