import type { Viewer } from '../access/viewer.js';
import type { Loaders } from './loaders.js';
import type { Services } from './services.js';

export type { Known, NounBinding, Services } from './services.js';

/** What a resolver knows of the request. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** Who asks, as the record has it by now; nobody, once the token or the person is no longer good. */
  viewerNow(): Promise<Viewer | undefined>;
  /** @throws GraphQLError REQUEST_TIMEOUT or CLIENT_GONE once `signal` has aborted: there is nobody left to answer */
  readonly services: Services;
  /** @throws GraphQLError REQUEST_TIMEOUT or CLIENT_GONE once `signal` has aborted */
  readonly loaders: Loaders;
  readonly requestId: string;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}
