import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, type subscribe } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../access/viewer.js';
import type { RequestContext } from './context.js';
import { Loaders } from './loaders.js';
import { questionOf } from './question.js';
import { SharedPayload } from './sharedPayload.js';

export type Subscribe = typeof subscribe;

interface Executed {
  readonly result: ExecutionResult;
  /** Whether it depends on who the viewer is, beyond role and units. */
  readonly personal: boolean;
}

/** Results at hand, for as many payloads and questions as are under way at a time. */
const REMEMBERED = 2_000;
/** Questions, and sets of rights, that are told apart. */
const TOLD_APART = 10_000;

/** No one client's going away ends what is worked out for many. */
const NEVER = new AbortController().signal;

/** What stays the same for as long as a subscription lasts. */
type Lasting = Pick<RequestContext, 'services' | 'requestId' | 'signal'>;

/** A short name for a text or an object: the same for the same. */
function numbering<Key extends NonNullable<unknown>>(known: {
  get(key: Key): number | undefined;
  set(key: Key, number: number): unknown;
}) {
  let last = 0;
  return (key: Key): number => {
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, ++last);
    return last;
  };
}

/** Rights that the same role gives in the same units, whoever the person is. */
const rightsOf = ({ role, orgUnitId, scope }: Viewer): string =>
  JSON.stringify([role, orgUnitId, scope === 'ALL' ? scope : [...scope].sort()]);

/** The viewer, and word of whether anyone looked at who it is. */
function watched(viewer: Viewer): { readonly viewer: Viewer; wasIdentified(): boolean } {
  let identified = false;
  const look = <T>(value: T): T => {
    identified = true;
    return value;
  };
  const { role, orgUnitId, scope } = viewer;
  return {
    viewer: {
      role,
      orgUnitId,
      scope,
      get actorId() {
        return look(viewer.actorId);
      },
      get alsoKnownAs() {
        return look(viewer.alsoKnownAs);
      },
    },
    wasIdentified: () => identified,
  };
}

/** Loads anew each time: what a subscription read long ago may have changed. */
async function run(args: ExecutionArgs, context: Lasting, viewer: Viewer, payload: unknown): Promise<Executed> {
  const seen = watched(viewer);
  const loaders = new Loaders(context.services, seen.viewer, context.signal);
  const contextValue: RequestContext = { ...context, viewer: seen.viewer, viewerNow: async () => seen.viewer, loaders };
  const result = await execute({ ...args, rootValue: payload, contextValue });
  return { result, personal: seen.wasIdentified() };
}

/**
 * `subscribe` of graphql-js, where one execution serves all who ask the same with the same rights: an execution each
 * would cost many times what it costs to send the result. A result for which a resolver looked at who asks, and not
 * only at the rights, is that person's alone.
 */
export function sharedSubscribe(): Subscribe {
  const results = new LRUCache<string, Promise<Executed>>({ max: REMEMBERED });
  const numberOfQuestion = numbering<string>(new LRUCache({ max: TOLD_APART }));
  const numberOfRights = numbering<string>(new LRUCache({ max: TOLD_APART }));
  const numberOfPayload = numbering<object>(new WeakMap());
  const rights = new WeakMap<Viewer, string>();

  const keyOf = (question: number, viewer: Viewer, payload: object): string => {
    const known = rights.get(viewer) ?? String(numberOfRights(rightsOf(viewer)));
    rights.set(viewer, known);
    return `${question}/${known}/${numberOfPayload(payload)}`;
  };
  const once = (key: string, work: () => Promise<Executed>): Promise<Executed> => {
    const known = results.get(key) ?? work();
    results.set(key, known);
    return known;
  };

  return async args => {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    const question = numberOfQuestion(questionOf(args));
    const context = args.contextValue as RequestContext;
    const { services, requestId, signal } = context;
    const own: Lasting = { services, requestId, signal };
    const shared: Lasting = { ...own, signal: NEVER };

    return mapped(source as AsyncGenerator<unknown, void, void>, async payload => {
      const viewer = await context.viewerNow();
      if (!viewer) return undefined;
      if (!(payload instanceof SharedPayload)) return (await run(args, own, viewer, payload)).result;
      const key = keyOf(question, viewer, payload);
      const common = await once(key, () => run(args, shared, viewer, payload));
      if (!common.personal) return common.result;
      const personal = `${key}/${viewer.actorId}/${viewer.alsoKnownAs.join()}`;
      return (await once(personal, () => run(args, shared, viewer, payload))).result;
    });
  };
}

/**
 * Ends when there is nothing to a payload. Ends its source at once when it is told to, though it be waiting: a generator
 * would first wait for it.
 */
function mapped<Payload>(
  source: AsyncGenerator<Payload, void, void>,
  map: (payload: Payload) => Promise<ExecutionResult | undefined>,
): AsyncGenerator<ExecutionResult, void, void> {
  const next = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    const { done, value } = await source.next();
    if (done) return { done, value: undefined };
    try {
      const result = await map(value);
      return result ? { done: false, value: result } : await end();
    } catch (error) {
      await source.return();
      throw error;
    }
  };
  const end = async (): Promise<IteratorReturnResult<void>> => {
    await source.return();
    return { done: true, value: undefined };
  };
  return {
    next,
    return: end,
    throw: async error => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => end().then(() => undefined),
  };
}
