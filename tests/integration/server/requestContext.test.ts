import { describe, expect, it } from 'vitest';
import { InvalidToken, type Tokens } from '../../../src/access/tokens.js';
import { SYSTEM, type Viewer } from '../../../src/access/viewer.js';
import type { Services } from '../../../src/graphql/context.js';
import { contextOf } from '../../../src/server/requestContext.js';

const officer: Viewer = { ...SYSTEM, actorId: 'officer-1', role: 'OFFICER' };
const request = {
  authorization: 'Bearer a.b.c',
  requestId: '1',
  transport: 'ws',
  signal: new AbortController().signal,
} as const;

/** A context whose token and person are as the test says at the time. */
const contextWhere = (
  verifyToken: Tokens['verifyToken'],
  resolveViewer = async () => officer,
  now: () => number = Date.now,
) =>
  contextOf({
    services: {} as Services,
    tokens: { verifyToken, issueToken: () => Promise.reject(new Error('not here')) },
    resolveViewer,
    limit: () => undefined,
    now,
  })(request);

const identity = { expiresAt: 4_000_000_000, issuer: 'satchel:local', subject: 'officer-1' };

describe('who asks, while an operation goes on', () => {
  it('is nobody once the token has expired', async () => {
    const expiresAt = 1_000;
    let now = expiresAt - 1;
    let looks = 0;
    const verify = async () => {
      looks++;
      if (now >= expiresAt) throw new InvalidToken('EXPIRED');
      return identity;
    };
    const context = await contextWhere(verify, undefined, () => now);
    for (let times = 0; times < 5; times++) expect(await context.viewerNow()).toEqual(officer);
    // When it began, and once for the second that it is: expiry counts in seconds.
    expect(looks).toBe(2);
    now = expiresAt;
    expect(await context.viewerNow()).toBeUndefined();
  });

  it('is whom the record has by then, and not nobody when the record cannot be read', async () => {
    let resolve = async () => officer;
    const context = await contextWhere(
      async () => identity,
      () => resolve(),
    );
    resolve = async () => ({ ...officer, role: 'ANALYST' });
    expect((await context.viewerNow())?.role).toBe('ANALYST');
    resolve = () => Promise.reject(new Error('disk'));
    await expect(context.viewerNow()).rejects.toThrow('disk');
  });
});

describe('an operation whose time is up', () => {
  it('gets nothing more to read from, and what it has asked for already reads no more', async () => {
    const controller = new AbortController();
    const noDatabase = {} as Services['db'];
    const binding = { aggregate: { category: 'officer' }, readers: ['OFFICER'] };
    const context = await contextOf({
      services: { db: noDatabase, nouns: new Map([['officer', binding]]) } as unknown as Services,
      tokens: { verifyToken: async () => identity, issueToken: () => Promise.reject(new Error('not here')) },
      resolveViewer: async () => officer,
      limit: () => undefined,
    })({ ...request, signal: controller.signal });
    const { loaders } = context;
    // It is read with others of the same turn, and by then the time is up.
    const asked = loaders.snapshot('officer-1');
    controller.abort();
    const overdue = { extensions: { code: 'REQUEST_TIMEOUT' } };
    await expect(asked).rejects.toMatchObject(overdue);
    expect(() => context.services).toThrow(expect.objectContaining(overdue));
    expect(() => context.loaders).toThrow(expect.objectContaining(overdue));
  });
});
