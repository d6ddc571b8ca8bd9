import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LIU } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const REGISTER =
  'mutation R($input: RegisterResidentInput!) { registerResident(input: $input) { resident { id } errors { code } } }';
const PHONE = '13800001234';
const WORDS = '样例原话，只说过一次';

describe('the log of a server that tells everything', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let token: string;
  const lines = () =>
    satchel
      .logged()
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));

  beforeAll(async () => {
    satchel = await TestSatchel.start(undefined, { SATCHEL_LOG_LEVEL: 'trace' });
    people = await sampleStation(satchel);
    token = await satchel.token(people.officer);
  });
  afterAll(() => satchel.close());

  const send = (body: object, path = '/graphql') =>
    fetch(`${satchel.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const input = (more: object = {}) => ({ commandId: crypto.randomUUID(), ...LIU, phone: PHONE, ...more });

  it('has each request by its id, and nothing of whom it was about, nor of who may ask', async () => {
    const done = await send({ query: REGISTER, variables: { input: input() } });
    expect(await done.json()).toMatchObject({ data: { registerResident: { errors: [] } } });
    // Refused by a rule, by the schema, and by nobody's fault but ours.
    await send({ query: REGISTER, variables: { input: input({ number: `${LIU.number.slice(0, -1)}0` }) } });
    await send({ query: REGISTER, variables: { input: { name: WORDS, vulnerabilities: [LIU.number] } } });
    await send({ query: `{ findResident(number: "${LIU.number}", purpose: "${WORDS}") { id } }` });
    await fetch(`${satchel.url}/graphql?query={resident(id:"${LIU.number}"){id}}`, {
      headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': 'true' },
    });
    const { store } = satchel.services;
    const readStream = store.readStream.bind(store);
    Object.assign(store, {
      readStream: () => {
        throw new Error('the disk /dev/secret is on fire');
      },
    });
    const failed = await send({ query: REGISTER, variables: { input: input({ id: newId('resident') }) } });
    Object.assign(store, { readStream });
    const client = createClient({
      url: `${satchel.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    await client.iterate({ query: REGISTER, variables: { input: input({ name: WORDS }) } }).next();
    await client.dispose();

    const answered = (response: Response) =>
      lines().find(
        ({ requestId, msg }) => requestId === response.headers.get('x-request-id') && msg === 'Request answered',
      );
    await expect.poll(() => answered(done)).toMatchObject({ method: 'POST', path: '/graphql', statusCode: 200 });
    await expect.poll(() => lines().some(({ transport }) => transport === 'ws')).toBe(true);
    const { errors } = (await failed.json()) as { errors: { extensions: { errorId: string } }[] };
    expect(lines()).toContainEqual(
      expect.objectContaining({
        requestId: failed.headers.get('x-request-id'),
        errorId: errors[0]?.extensions.errorId,
        err: expect.objectContaining({ message: expect.stringContaining('on fire') }),
      }),
    );
    const [, payload = '', signature = ''] = token.split('.');
    for (const secret of [LIU.name, LIU.number, LIU.number.slice(6, 14), PHONE, WORDS, payload, signature])
      expect(satchel.logged()).not.toContain(secret);
  });
});
