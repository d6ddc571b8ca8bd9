import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localTokens } from '../../../src/access/tokens.js';
import { SimulatedClock } from '../../../src/kernel/clock.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';
import { leavesNothingBehind, onlyErrorOf, TELLING } from './refusals.js';

const MUTATION = `mutation { registerResident(input: { commandId: "0192f0aa-0000-7000-8000-000000000001", name: "${TELLING}" }) {
  events { id } errors { code } } }`;

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that is not good', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });
  leavesNothingBehind(() => satchel);

  /** Asked with a header as it stands, for a query and for a mutation. */
  const refused = async (authorization: string | undefined) => {
    const headers = authorization === undefined ? {} : { authorization };
    const [query, mutation] = await Promise.all(
      ['{ viewer { role } }', MUTATION].map(text => satchel.ask(undefined, text, {}, headers)),
    );
    for (const answer of [query, mutation]) {
      expect(answer?.status).toBe(401);
      expect(answer?.data).toBeUndefined();
    }
    const token = authorization?.split(' ')[1] ?? TELLING;
    expect(onlyErrorOf(mutation!, token, TELLING)).toEqual(onlyErrorOf(query!, token));
    return onlyErrorOf(query!, token);
  };
  const error = (message: string) => ({
    code: 'UNAUTHENTICATED',
    field: '',
    message: expect.stringContaining(message),
  });

  it('is missing', async () => {
    expect(await refused(undefined)).toEqual(error('Send a token'));
  });

  it.each(['Bearer 62262518991231001X', 'Basic b3V5YW5nOmJ1a2VzaHVv', 'Bearer', 'Bearer a.b', 'Bearer a.b.c d'])(
    'is none: %s',
    async authorization => {
      expect(await refused(authorization)).toEqual(error('must be: Bearer <token>'));
    },
  );

  it('is malformed', async () => {
    for (const token of ['a.b.c', `${base64url({ alg: 'EdDSA' })}.e30.c2ln`])
      expect(await refused(`Bearer ${token}`)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is forged: by another key, without a signature, or with another subject', async () => {
    const good = await satchel.token(people.officer);
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const foreign = await localTokens(randomBytes(32), satchel.clock).issueToken({
      subject: people.officer,
      expiresIn: 60,
    });
    const promoted = `${head}.${base64url({ ...claims, sub: people.admin })}.${signature}`;
    for (const token of [foreign, promoted, `${head}.${payload}.${'A'.repeat(86)}`])
      expect(await refused(`Bearer ${token}`)).toEqual(error('not signed with the key of this installation'));
    const unsigned = `${base64url({ alg: 'none' })}.${payload}.`;
    expect(await refused(`Bearer ${unsigned}`)).toEqual(error('must be: Bearer <token>'));
    const publicKeyAsSecret = `${base64url({ alg: 'HS256' })}.${payload}.${signature}`;
    expect(await refused(`Bearer ${publicKeyAsSecret}`)).toEqual(error('not signed with the key'));
  });

  it('has expired', async () => {
    const anHourAgo = new SimulatedClock(new Date(Date.now() - 3_600_000));
    const tokens = localTokens(await satchel.stores.vault.secret('token-signing'), anHourAgo);
    const issue = (expiresIn: number) => tokens.issueToken({ subject: people.officer, expiresIn });
    expect(await refused(`Bearer ${await issue(3_000)}`)).toEqual(error('has expired'));
    const authorization = `Bearer ${await issue(7_200)}`;
    expect((await satchel.ask(undefined, '{ viewer { role } }', {}, { authorization })).data).toEqual({
      viewer: { role: 'OFFICER' },
    });
  });

  it('is of someone who is not in the record', async () => {
    for (const id of [newId('officer'), newId('mediator'), people.station, TELLING])
      expect(await refused(`Bearer ${await satchel.token(id)}`)).toEqual(error('nobody whom it names is registered'));
  });
});
