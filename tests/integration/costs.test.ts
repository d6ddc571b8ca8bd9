import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { COSTS, costOfField } from '../../src/graphql/costs.js';
import { costError } from '../../src/graphql/limits.js';
import { schemaOfSatchel } from '../../src/server/schema.js';

const schema = schemaOfSatchel();
const document = (query: string): DocumentNode => parse(query);
/** What an operation costs, told by the error at a limit of nothing. */
const costOf = (query: string, variables: Record<string, unknown> = {}) =>
  costError({ schema, document: document(query), variables }, 0)?.extensions.cost;

const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);
const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());
const isPaged = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ name }) => name === 'first');
const isList = (type: GraphQLOutputType): boolean => (isNonNullType(type) ? isList(type.ofType) : isListType(type));
const objectsOf = (type: GraphQLOutputType): readonly GraphQLObjectType[] => {
  const named = getNamedType(type);
  if (isInterfaceType(named) || isUnionType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
};

/** Whether a field that reads more than what is there can be asked for somewhere inside. */
function leadsToReading(start: GraphQLOutputType): boolean {
  const seen = new Set<GraphQLObjectType>();
  const left = [...objectsOf(start)];
  for (let type = left.pop(); type; type = left.pop()) {
    if (seen.has(type)) continue;
    seen.add(type);
    for (const field of fieldsOf(type)) {
      if ((costOfField(type.name, field.name).own ?? 1) > 1) return true;
      left.push(...objectsOf(field.type));
    }
  }
  return false;
}

/** Roots that read what a field of a document costs, or little more; each with what makes it cheap. */
const CHEAP_ROOTS: Readonly<Record<string, string>> = {
  'Query.codeLists': 'constants of the program',
  'Query.divisions': 'constants of the program',
  'Query.myDay': 'a day alone: its lists are counted by their pages',
  'Query.node': 'one document by its key',
  'Query.parkedStreams': 'in memory, and bounded',
  'Query.projections': 'one line for each read model, in memory',
  'Query.viewer': 'known before it is asked for',
};

/** Lists by pages, each of which follows an index (`listPage`, `pageOf`). */
const INDEXED_LISTS = [
  'appointments',
  'certificates',
  'errands',
  'giftRegister',
  'mediationTeams',
  'mediators',
  'needs',
  'officers',
  'openNeeds',
  'orgUnits',
  'residents',
  'teamRoster',
  'undelivered',
  'visits',
].map(name => `Query.${name}`);

/** One document by its key, through the loader. */
const isOneNoun = ({ name, type, args }: GraphQLField<unknown, unknown>) =>
  !isList(type) &&
  args.length === 1 &&
  args[0]?.name === 'id' &&
  getNamedType(type).name.toLowerCase() === name.toLowerCase();

describe('the map of costs', () => {
  it('names fields that there are', () => {
    const fields = types.flatMap(type => [
      `${type.name}.*`,
      ...fieldsOf(type).flatMap(({ name }) => [name, `${type.name}.${name}`]),
    ]);
    for (const name of Object.keys(COSTS)) expect(fields).toContain(name);
    for (const name of [...Object.keys(CHEAP_ROOTS), ...INDEXED_LISTS]) expect(fields).toContain(name);
  });

  it('has every query and subscription, but for those that are known to be cheap', () => {
    const roots = [schema.getQueryType(), schema.getSubscriptionType()].filter(type => !!type);
    const unknown = roots.flatMap(type =>
      fieldsOf(type)
        .filter(field => {
          const name = `${type.name}.${field.name}`;
          if (COSTS[name] || CHEAP_ROOTS[name] || isOneNoun(field)) return false;
          return !(isPaged(field) && INDEXED_LISTS.includes(name));
        })
        .map(({ name }) => `${type.name}.${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has every list without pages through which more can be read, so that this is counted for each', () => {
    const unknown = types
      .filter(
        ({ name }) => !/(Connection|Payload)$/.test(name) && !['Query', 'Mutation', 'Subscription'].includes(name),
      )
      .flatMap(type =>
        fieldsOf(type)
          .filter(({ type: of }) => isList(of) && leadsToReading(of))
          .filter(field => typeof costOfField(type.name, field.name).times !== 'number')
          .map(({ name }) => `${type.name}.${name}`),
      );
    expect(unknown).toEqual([]);
  });

  it('counts the events of every payload as the read of a stream that they are', () => {
    const payloads = types.filter(({ name }) => name.endsWith('Payload'));
    const withEvents = payloads.filter(type => type.getFields().events);
    expect(withEvents.length).toBeGreaterThan(50);
    for (const { name } of withEvents) expect(costOfField(name, 'events').own).toBe(10);
    const command = 'mutation { requestErrand(input: { commandId: "x", kind: HUKOU, residentId: "y" }) {';
    expect(costOf(`${command} consistencyToken } }`)).toBe(11);
    expect(costOf(`${command} events { id } } }`)).toBe(21);
  });

  it('makes what reads a whole stream dearer than a field, and what looks through many rows dearer still', () => {
    const plain = costOf('{ dispute(id: "x") { id } }') as number;
    expect(plain).toBe(2);
    expect(costOf('{ dispute(id: "x") { asOf(revision: 1) { id } } }')).toBe(12);
    expect(costOf('{ dispute(id: "x") { history(first: 5) { nodes { id } } } }')).toBe(21);
    expect(costOf('{ totals(asOf: "2022-11-15") { checksum } }')).toBe(101);
  });

  it('lets nobody ask for many lives at once, however little of each', () => {
    const life = (alias: number) => `a${alias}: residentTimeline(residentId: "x", first: 1) { readAt }`;
    expect(costOf(`{ ${life(0)} }`)).toBe(1001);
    expect(costOf(`{ ${Array.from({ length: 30 }, (_, alias) => life(alias)).join(' ')} }`)).toBeGreaterThan(20_000);
  });

  it('makes a search of texts as dear as what it looks through, however the text is given', () => {
    expect(costOf('{ disputes(first: 1) { readAt } }')).toBe(2);
    const searched = 'query Q($text: String) { disputes(first: 1, text: $text) { readAt } }';
    for (const variables of [{}, { text: '纠纷' }, { text: null }]) expect(costOf(searched, variables)).toBe(101);
  });

  it('counts them as often as the list around them says', () => {
    const query = 'query Q($n: Int!) { disputes(first: $n) { nodes { id asOf(revision: 1) { id } } } }';
    expect(costOf(query, { n: 100 })).toBe(1 + 100 * (1 + 1 + 10 + 1));
  });
});
