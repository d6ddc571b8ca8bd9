import type { Viewer } from '../access/viewer.js';
import type { Loaders } from './loaders.js';
import type { Services } from './services.js';

export type { Known, NounBinding, Services } from './services.js';

/** What a resolver knows of the request. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly services: Services;
  readonly loaders: Loaders;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}
