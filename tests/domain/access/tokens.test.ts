import { createPrivateKey, randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { Unauthenticated } from '../../../src/access/errors.js';
import { InvalidToken, localTokens } from '../../../src/access/tokens.js';
import { SimulatedClock } from '../../../src/kernel/clock.js';

const secret = randomBytes(32);
const clock = new SimulatedClock(new Date('2022-10-18T01:30:00.000Z'));
const tokens = localTokens(secret, clock);
const request = { subject: 'officer-0192', expiresIn: 3600 };

const refusal = async (jwt: string, by = tokens): Promise<InvalidToken> => {
  const error = await by.verifyToken(jwt).then(
    () => undefined,
    caught => caught,
  );
  expect(error).toBeInstanceOf(InvalidToken);
  expect(error).toBeInstanceOf(Unauthenticated);
  if (jwt) expect(String(error.message) + JSON.stringify(error)).not.toContain(jwt.slice(0, 12));
  return error;
};

/** Signed with the installation's own key, with one thing about it other than Satchel makes it. */
const signed = (change: (jwt: SignJWT) => SignJWT, alg = 'EdDSA', by = secret) => {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = createPrivateKey({ key: Buffer.concat([head, by]), format: 'der', type: 'pkcs8' });
  const now = Math.floor(clock.now().getTime() / 1000);
  const jwt = new SignJWT()
    .setProtectedHeader({ alg })
    .setIssuer('satchel:local')
    .setAudience('satchel')
    .setSubject('officer-0192')
    .setIssuedAt(now)
    .setExpirationTime(now + 60);
  return change(jwt).sign(key);
};

describe('a token', () => {
  it('names issuer and subject, and nothing else of the person', async () => {
    const jwt = await tokens.issueToken(request);
    expect(await tokens.verifyToken(jwt)).toMatchObject({ issuer: 'satchel:local', subject: 'officer-0192' });
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sub']);
  });

  it('holds as long as it says, checked for the first time or again', async () => {
    const own = new SimulatedClock(clock.now());
    const [seenBefore, jwt] = [localTokens(secret, own), await tokens.issueToken(request)];
    for (const instant of ['2022-10-18T01:30:00Z', '2022-10-18T02:29:59Z']) {
      own.set(new Date(instant));
      await expect(seenBefore.verifyToken(jwt)).resolves.toMatchObject({
        issuer: 'satchel:local',
        subject: 'officer-0192',
      });
      await expect(localTokens(secret, own).verifyToken(jwt)).resolves.toMatchObject({ subject: 'officer-0192' });
    }
    own.set(new Date('2022-10-18T02:30:00Z'));
    expect((await refusal(jwt, localTokens(secret, own))).reason).toBe('EXPIRED');
    expect((await refusal(jwt, seenBefore)).reason).toBe('EXPIRED');
  });

  it('refused once is refused again, and lends nothing to another', async () => {
    const forged = await localTokens(randomBytes(32), clock).issueToken(request);
    await tokens.verifyToken(await tokens.issueToken(request));
    for (let times = 0; times < 2; times++) expect((await refusal(forged)).reason).toBe('SIGNATURE');
  });

  it.each(['', 'x', 'a.b.c', '{}', 'Bearer', '..'])('malformed: %s', async jwt => {
    expect((await refusal(jwt)).reason).toBe('MALFORMED');
  });

  it('forged is refused: another key, an altered claim, no signature, another algorithm', async () => {
    const jwt = await tokens.issueToken(request);
    expect((await refusal(await localTokens(randomBytes(32), clock).issueToken(request))).reason).toBe('SIGNATURE');
    const [head, , signature] = jwt.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'officer-9999' })).toString('base64url');
    expect((await refusal(`${head}.${claims}.${signature}`)).reason).toBe('SIGNATURE');
    const unsigned = new UnsecuredJWT({ sub: 'officer-0192' }).setIssuer('satchel:local').setAudience('satchel');
    expect((await refusal(unsigned.encode())).reason).toBe('SIGNATURE');
    const keyed = await new SignJWT({ sub: 'officer-0192' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('satchel')
      .setIssuer('satchel:local')
      .sign(secret);
    expect((await refusal(keyed)).reason).toBe('SIGNATURE');
  });

  it('for someone else, or of someone else, is refused', async () => {
    expect((await refusal(await signed(jwt => jwt.setAudience('other')))).reason).toBe('AUDIENCE');
    expect((await refusal(await signed(jwt => jwt.setIssuer('https://example.org')))).reason).toBe('AUDIENCE');
  });

  it('without a subject or an end is none', async () => {
    await expect(tokens.verifyToken(await signed(jwt => jwt))).resolves.toBeDefined();
    const claims = { iss: 'satchel:local', aud: 'satchel', iat: 1 };
    for (const some of [
      { ...claims, exp: 4102444800 },
      { ...claims, sub: 'officer-0192' },
    ]) {
      const jwt = await signed(() => new SignJWT(some).setProtectedHeader({ alg: 'EdDSA' }));
      expect((await refusal(jwt)).reason).toBe('MALFORMED');
    }
  });

  it('is the same key again from the same secret', async () => {
    const jwt = await localTokens(secret, clock).issueToken(request);
    await expect(localTokens(Buffer.from(secret), clock).verifyToken(jwt)).resolves.toBeDefined();
  });
});
