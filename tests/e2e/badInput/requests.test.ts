import { beforeAll, describe, expect, it } from 'vitest';
import { registerResident } from '../../harness/residents.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import type { TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';
import { leavesNothingBehind, onlyErrorOf, TELLING } from './refusals.js';

const RESIDENTS = `query Q($first: Int, $after: String, $divisionCode: String) {
  residents(first: $first, after: $after, divisionCode: $divisionCode) { nodes { id } pageInfo { endCursor hasNextPage } } }`;

const LISTS = [
  'residents',
  'visits',
  'needs',
  'certificates',
  'errands',
  'disputes',
  'officers',
  'orgUnits',
  'mediators',
  'mediationTeams',
];

describe('a request that is not as it must be', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let cursor: string;

  const page = (variables: object) => satchel.ask(people.officer, RESIDENTS, { ...variables });
  const post = async (body: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${satchel.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await satchel.token(people.officer)}`,
        ...headers,
      },
      body,
    });
    return { status: response.status, ...((await response.json()) as object) };
  };

  withStation(opened => {
    ({ satchel, people } = opened);
  });
  beforeAll(async () => {
    for (const divisionCode of ['621224110', '621224110', '621224112'])
      await registerResident(satchel, people.officer, { name: TELLING, divisionCode });
    cursor = (await page({ first: 1 })).data?.residents.pageInfo.endCursor;
  });
  leavesNothingBehind(() => satchel);

  it('a cursor of this list goes on, whatever the size of the page', async () => {
    expect((await page({ first: 2, after: cursor })).data?.residents.nodes).toHaveLength(2);
  });

  it('a cursor of the same list with other filters', async () => {
    const answer = await page({ after: cursor, divisionCode: '621224110' });
    expect(onlyErrorOf(answer, cursor)).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it.each(LISTS.filter(list => list !== 'residents'))('a cursor of residents for %s', async list => {
    const query = `query Q($after: String) { ${list}(after: $after) { nodes { id } } }`;
    const answer = await satchel.ask(people.officer, query, { after: cursor });
    expect(onlyErrorOf(answer, cursor)).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('a cursor of a list for a history, and the other way round', async () => {
    const query =
      'query Q($id: ID!, $after: String) { officer(id: $id) { history(first: 1, after: $after) { pageInfo { endCursor } } } }';
    const id = people.officer;
    expect(onlyErrorOf(await satchel.ask(id, query, { id, after: cursor }), cursor)).toMatchObject({
      code: 'BAD_CURSOR',
    });
    expect(onlyErrorOf(await satchel.ask(id, query, { id, after: '' }))).toMatchObject({ code: 'BAD_CURSOR' });
    const { officer } = await satchel.read(id, query, { id });
    const after = officer.history.pageInfo.endCursor;
    expect(onlyErrorOf(await page({ after }), after)).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it.each([TELLING, 'e30', 'bnVsbA', '', Buffer.from('["x",{"a":1},[]]').toString('base64url')])(
    'a cursor that nobody gave out: %s',
    async after => {
      expect(onlyErrorOf(await page({ after }))).toMatchObject({ code: 'BAD_CURSOR' });
      expect(JSON.stringify(await page({ after }))).not.toContain(TELLING);
    },
  );

  it.each(LISTS)('pages of 0 and of 101 %s', async list => {
    for (const first of [0, 101, -1]) {
      const answer = await satchel.ask(people.officer, `{ ${list}(first: ${first}) { nodes { id } } }`);
      expect(onlyErrorOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', message: 'first must be between 1 and 100' });
    }
    await satchel.read(people.officer, `{ ${list}(first: 100) { nodes { id } } }`);
  });

  it('histories of 0 and of 101 events', async () => {
    for (const first of [0, 101]) {
      const query = `query Q($id: ID!) { officer(id: $id) { history(first: ${first}) { nodes { id } } } }`;
      expect(onlyErrorOf(await satchel.ask(people.officer, query, { id: people.officer }))).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
  });

  it('a query that is too deep', async () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'id' : `orgUnit { parent { ${'parent { '.repeat(depth)} id ${'} '.repeat(depth)} } }`;
    const answer = await satchel.ask(people.officer, `{ officers { nodes { ${nested(10)} } } }`);
    expect(onlyErrorOf(answer)).toMatchObject({
      code: 'QUERY_TOO_DEEP',
      message: 'The query is 15 levels deep; 12 are allowed',
    });
  });

  it('a body of 5 MiB', async () => {
    const answer = await post(
      JSON.stringify({ query: '{ viewer { role } }', variables: { text: TELLING.repeat(350_000) } }),
    );
    expect(answer.status).toBe(413);
    expect(onlyErrorOf(answer, TELLING)).toMatchObject({ code: 'BODY_TOO_LARGE' });
  });

  it.each([`{"query": "{ viewer { role } }", "variables": {"name": "${TELLING}"`, TELLING, '', '[]', 'null', '7'])(
    'a body that is no JSON, or no request: %s',
    async body => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(onlyErrorOf(answer, TELLING)).toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  it('a body of another type', async () => {
    const answer = await post(`query=${TELLING}`, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
    expect(onlyErrorOf(answer, TELLING)).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('a query that is none', async () => {
    for (const query of [`{ viewer(name: "${TELLING}`, `{ "${TELLING}" }`, `${TELLING}`]) {
      const answer = await post(JSON.stringify({ query }));
      expect(onlyErrorOf(answer, TELLING)).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
    }
  });

  it('a day that no calendar has, and a clock that there is not', async () => {
    const query = 'query Q($day: Date!) { totals(asOf: $day) { metrics { quantity } } }';
    expect(onlyErrorOf(await satchel.ask(people.officer, query, { day: '2022-02-30' }), '2022-02-30')).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('must be a real calendar day'),
    });
    expect(onlyErrorOf(await satchel.ask(people.officer, query, { day: TELLING }), TELLING)).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it.each([
    ['disputes', 'reportedFrom', 'reportedTo'],
    ['visits', 'from', 'to'],
    ['appointments', 'from', 'to'],
    ['giftRegister', 'from', 'to'],
  ])('a period of %s that ends before it begins', async (list, from, to) => {
    const page = (first: string, last: string) =>
      satchel.ask(people.officer, `{ ${list}(${from}: "${first}", ${to}: "${last}") { readAt } }`);
    const { errors } = await page('2022-10-02', '2022-10-01');
    expect(errors).toMatchObject([
      { message: `${to} must not be before ${from}`, extensions: { argument: to, rule: 'PERIOD_REVERSED' } },
    ]);
    expect((await page('2022-10-02', '2022-10-02')).errors).toBeUndefined();
  });

  it('totals of a day in the far future', async () => {
    const query = 'query Q($day: Date!) { totals(asOf: $day) { metrics { quantity } } }';
    const { errors } = await satchel.ask(people.officer, query, { day: '2999-12-31' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'asOf', rule: 'FAR_FUTURE' });
  });

  it.each([TELLING, 'nonsense', ...['p:-1', 'p:1e9', 'q:1'].map(text => Buffer.from(text).toString('base64url'))])(
    'a consistency token that nobody gave out: %s',
    async text => {
      const token = encodeURIComponent(text);
      const answer = await post(JSON.stringify({ query: '{ viewer { role } }' }), { 'satchel-read-after': token });
      expect(answer.status).toBe(400);
      expect(onlyErrorOf(answer, token)).toMatchObject({ code: 'BAD_CONSISTENCY_TOKEN' });
    },
  );
});

describe('a consistency token of the future', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(
    opened => {
      ({ satchel, people } = opened);
    },
    '2021-04-01T01:00:00Z',
    { SATCHEL_READ_AFTER_TIMEOUT: '20' },
  );
  leavesNothingBehind(() => satchel);

  it('is STALE, for a query and for a command, which is then not done', async () => {
    const future = { 'satchel-read-after': Buffer.from('p:999999').toString('base64url') };
    const mutation = `mutation { registerResident(input: { commandId: "${crypto.randomUUID()}", name: "${TELLING}" }) {
      events { id } } }`;
    for (const query of ['{ viewer { role } }', mutation]) {
      const answer = await satchel.ask(people.officer, query, {}, future);
      expect(answer.status).toBe(503);
      expect(onlyErrorOf(answer, TELLING)).toMatchObject({ code: 'STALE' });
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        asked: '999999',
        readAt: await satchel.services.store.head(),
      });
    }
  });
});
