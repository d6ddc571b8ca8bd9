import { buildSchema, type ExecutionResult, type GraphQLObjectType, parse } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.js';
import type { RequestContext } from '../../src/graphql/context.js';
import { sharedSubscribe } from '../../src/graphql/sharedExecution.js';
import { SharedPayload } from '../../src/graphql/sharedPayload.js';

class Tick extends SharedPayload {
  constructor(readonly count: number) {
    super();
  }
}

const TICKS = [new Tick(1), new Tick(2)];

const analyst = (actorId: string, more: Partial<Viewer> = {}): Viewer => ({
  actorId,
  role: 'ANALYST',
  orgUnitId: 'orgunit-1',
  scope: new Set(['orgunit-1', 'orgunit-2']),
  alsoKnownAs: [],
  ...more,
});

/** The least schema that shows what is worked out once and what is not. */
const schema = buildSchema(`
  type Query { none: Int }
  type Subscription { ticks(after: Int, of: String): Tick!  own: Tick! }
  type Tick { count: Int!  times(of: Int): Int!  scope: [String!]!  me: String! }
`);
let executions = 0;
const fieldsOf = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields();
fieldsOf('Subscription').ticks!.subscribe = async function* () {
  yield* TICKS;
};
const executed = <T>(payload: T): T => {
  executions++;
  return payload;
};
fieldsOf('Subscription').ticks!.resolve = executed;
fieldsOf('Subscription').own!.subscribe = async function* () {
  yield { count: 1 };
};
fieldsOf('Subscription').own!.resolve = executed;
fieldsOf('Tick').times!.resolve = ({ count }, args) => count * (args.of ?? 1);
fieldsOf('Tick').scope!.resolve = (_tick, _args, { viewer }: RequestContext) => [...(viewer.scope as Set<string>)];
fieldsOf('Tick').me!.resolve = (_tick, _args, { viewer }: RequestContext) => viewer.actorId;

describe('executions of a subscription', () => {
  let subscribe: ReturnType<typeof sharedSubscribe>;

  const ask = async (
    viewer: Viewer,
    query: string,
    variableValues: Readonly<Record<string, unknown>> = {},
    viewerNow: () => Viewer | undefined = () => viewer,
  ): Promise<readonly unknown[]> => {
    const contextValue = { viewer, viewerNow: async () => viewerNow(), services: {} } as unknown as RequestContext;
    const results = await subscribe({ schema, document: parse(query), variableValues, contextValue });
    const seen: unknown[] = [];
    for await (const { data, errors } of results as AsyncIterable<ExecutionResult>) {
      if (errors) throw errors[0];
      seen.push(Object.values(data!)[0]);
    }
    return seen;
  };

  beforeEach(() => {
    subscribe = sharedSubscribe();
    executions = 0;
  });

  it('are one for all who ask the same with the same rights', async () => {
    const query = 'subscription { ticks { count } }';
    const answers = await Promise.all(['a', 'b', 'c'].map(id => ask(analyst(id), query)));
    for (const answer of answers) expect(answer).toEqual([{ count: 1 }, { count: 2 }]);
    expect(executions).toBe(2);
    await ask(analyst('d', { scope: new Set(['orgunit-2', 'orgunit-1']) }), 'subscription { ticks{count} }');
    expect(executions).toBe(2);
  });

  it('are one wherever it begins', async () => {
    const query = 'subscription ($after: Int) { ticks(after: $after) { count } }';
    await ask(analyst('a'), query, { after: 1 });
    await ask(analyst('b'), query, { after: 2 });
    await ask(analyst('c'), query);
    expect(executions).toBe(2);
  });

  it.each([
    ['another role', analyst('b', { role: 'AUDITOR' })],
    ['other units', analyst('b', { scope: new Set(['orgunit-1']) })],
    ['another unit of one’s own', analyst('b', { orgUnitId: 'orgunit-2' })],
  ])('are not shared with %s', async (_what, other) => {
    const query = 'subscription { ticks { count scope } }';
    await ask(analyst('a'), query);
    expect(await ask(other, query)).toMatchObject([{ scope: [...(other.scope as Set<string>)] }, {}]);
    expect(executions).toBe(4);
  });

  it.each([
    ['another document', 'subscription ($n: Int) { ticks { times(of: $n) } }', { n: 2 }],
    ['another operation name', 'subscription B($n: Int) { ticks { count times(of: $n) } }', { n: 2 }],
    ['another variable', 'subscription A($n: Int) { ticks { count times(of: $n) } }', { n: 3 }],
    ['another argument', 'subscription A($n: Int) { ticks(of: "x") { count times(of: $n) } }', { n: 2 }],
    ['another fragment', 'subscription A($n: Int) { ticks { ...F } } fragment F on Tick { times(of: $n) }', { n: 2 }],
  ])('are not shared with %s', async (_what, query, variables) => {
    await ask(analyst('a'), 'subscription A($n: Int) { ticks { count times(of: $n) } }', { n: 2 });
    const [first] = await ask(analyst('a'), query, variables);
    expect(first).toMatchObject({ times: variables.n });
    expect(executions).toBe(4);
  });

  it('are not shared when the variable of the beginning is used again', async () => {
    const query = 'subscription ($after: Int) { ticks(after: $after) { times(of: $after) } }';
    expect(await ask(analyst('a'), query, { after: 2 })).toEqual([{ times: 2 }, { times: 4 }]);
    expect(await ask(analyst('a'), query, { after: 3 })).toEqual([{ times: 3 }, { times: 6 }]);
  });

  it('are not shared when they depend on who asks', async () => {
    const query = 'subscription { ticks { me } }';
    const [one, other] = await Promise.all([ask(analyst('a'), query), ask(analyst('b'), query)]);
    expect([one, other]).toEqual([
      [{ me: 'a' }, { me: 'a' }],
      [{ me: 'b' }, { me: 'b' }],
    ]);
  });

  it('are not shared when each is told something of its own', async () => {
    await ask(analyst('a'), 'subscription { own { count } }');
    await ask(analyst('b'), 'subscription { own { count } }');
    expect(executions).toBe(2);
  });

  it('go by the rights of the moment, and end with them', async () => {
    const viewers = [analyst('a'), analyst('a', { scope: new Set(['orgunit-1']) })];
    const query = 'subscription { ticks { scope } }';
    expect(await ask(analyst('a'), query, {}, () => viewers.shift())).toEqual([
      { scope: ['orgunit-1', 'orgunit-2'] },
      { scope: ['orgunit-1'] },
    ]);
    expect(await ask(analyst('a'), query, {}, () => undefined)).toEqual([]);
  });
});
