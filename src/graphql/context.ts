import type { Viewer } from '../access/viewer.js';
import type { Loaders } from './loaders.js';
import type { Services } from './services.js';

export type { Known, NounBinding, Services } from './services.js';

/** What a resolver knows of the request. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** Who asks, as the record has it by now; nobody, once the token or the person is no longer good. */
  viewerNow(): Promise<Viewer | undefined>;
  readonly services: Services;
  readonly loaders: Loaders;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}
