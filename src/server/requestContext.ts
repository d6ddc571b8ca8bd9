import { Unauthenticated } from '../access/errors.js';
import type { Identity, Tokens } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import { decodeToken } from '../graphql/consistencyToken.js';
import type { RequestContext, Services } from '../graphql/context.js';
import { parked, stale, stopIfAborted } from '../graphql/errors.js';
import { Loaders } from '../graphql/loaders.js';
import type { RateLimit } from './rateLimit.js';
import type { ContextFunction, OfRequest } from './request.js';

export interface ContextOptions {
  readonly services: Services;
  readonly tokens: Tokens;
  /** @throws Unauthenticated for someone whom the record does not know */
  readonly resolveViewer: (identity: Identity) => Promise<Viewer>;
  /** Asked for the person behind a good token, before each operation. */
  readonly limit: RateLimit;
  /** Milliseconds; the time of the machine, if left out. */
  readonly now?: () => number;
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

function tokenOf(authorization: string | undefined): string {
  if (!authorization)
    throw new Unauthenticated('Send a token: Authorization: Bearer <token>; `satchel token` makes one');
  const token = BEARER.exec(authorization)?.[1];
  if (!token) throw new Unauthenticated('The Authorization header must be: Bearer <token>');
  return token;
}

/** The context of one operation. Services and loaders give out nothing more once its time is up. */
class OperationContext implements RequestContext, OfRequest {
  constructor(
    readonly viewer: Viewer,
    readonly viewerNow: () => Promise<Viewer | undefined>,
    readonly requestId: string,
    readonly signal: AbortSignal,
    readonly expiresAt: number,
    private readonly given: Pick<RequestContext, 'services' | 'loaders'>,
  ) {}

  get services(): Services {
    stopIfAborted(this.signal);
    return this.given.services;
  }

  get loaders(): Loaders {
    stopIfAborted(this.signal);
    return this.given.loaders;
  }
}

/** Makes the context of one operation: who asks, as the log has it now, and how fresh the answer must be. */
export function contextOf(options: ContextOptions): ContextFunction<RequestContext & OfRequest> {
  const { services, tokens, resolveViewer, limit, now = Date.now } = options;
  return async ({ authorization, readAfter, signal, requestId }) => {
    const identify = () => tokens.verifyToken(tokenOf(authorization));
    const identity = await identify();
    limit(`${identity.issuer} ${identity.subject}`);
    const viewer = await resolveViewer(identity);
    const identifyNow = onceASecond(identify, now);
    const viewerNow = async () => resolveViewer(await identifyNow());
    if (readAfter) await waitFor(services, readAfter);
    const loaders = new Loaders(services, viewer, signal);
    const viewerOrNobody = () => viewerNow().catch(nobodyIfUnauthenticated);
    const expiresAt = identity.expiresAt * 1000;
    return new OperationContext(viewer, viewerOrNobody, requestId, signal, expiresAt, { services, loaders });
  };
}

/** Tokens end on a full second: in between, a subscription need not look at its own again for each thing that it sends. */
function onceASecond<T>(look: () => Promise<T>, now: () => number): () => Promise<T> {
  let seen: { readonly second: number; readonly found: Promise<T> } | undefined;
  return () => {
    const second = Math.floor(now() / 1000);
    if (seen?.second !== second) seen = { second, found: look() };
    return seen.found;
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
