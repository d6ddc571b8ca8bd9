import { Unauthenticated } from '../access/errors.js';
import type { Identity, Tokens } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import { decodeToken } from '../graphql/consistencyToken.js';
import type { RequestContext, Services } from '../graphql/context.js';
import { parked, stale } from '../graphql/errors.js';
import { Loaders } from '../graphql/loaders.js';
import type { ContextFunction } from './request.js';

export interface ContextOptions {
  readonly services: Services;
  readonly tokens: Tokens;
  /** @throws Unauthenticated for someone whom the record does not know */
  readonly resolveViewer: (identity: Identity) => Promise<Viewer>;
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

function tokenOf(authorization: string | undefined): string {
  if (!authorization)
    throw new Unauthenticated('Send a token: Authorization: Bearer <token>; `satchel token` makes one');
  const token = BEARER.exec(authorization)?.[1];
  if (!token) throw new Unauthenticated('The Authorization header must be: Bearer <token>');
  return token;
}

/** Makes the context of one operation: who asks, as the log has it now, and how fresh the answer must be. */
export function contextOf({ services, tokens, resolveViewer }: ContextOptions): ContextFunction<RequestContext> {
  return async ({ authorization, readAfter, signal }) => {
    const whoAsks = async () => resolveViewer(await tokens.verifyToken(tokenOf(authorization)));
    const viewer = await whoAsks();
    if (readAfter) await waitFor(services, readAfter);
    return {
      viewer,
      viewerNow: () => whoAsks().catch(nobodyIfUnauthenticated),
      services,
      signal,
      loaders: new Loaders(services, viewer),
    };
  };
}

function nobodyIfUnauthenticated(error: unknown): undefined {
  if (!(error instanceof Unauthenticated)) throw error;
}

async function waitFor({ projections, readAfterTimeoutMs }: Services, token: string): Promise<void> {
  const position = decodeToken(token);
  if (!(await projections.reached(position, readAfterTimeoutMs))) throw stale(position, projections.position);
  if (projections.isParkedAt(position)) throw parked(position, projections.position);
}
