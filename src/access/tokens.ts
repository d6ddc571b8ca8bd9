import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../kernel/clock.js';
import { Unauthenticated } from './errors.js';

const ISSUER = 'satchel:local';
const AUDIENCE = 'satchel';
const ALGORITHM = 'EdDSA';

export type InvalidTokenReason = 'MALFORMED' | 'EXPIRED' | 'SIGNATURE' | 'AUDIENCE';

const MESSAGES: Readonly<Record<InvalidTokenReason, string>> = {
  MALFORMED: 'The token is not a JSON Web Token as Satchel issues them',
  EXPIRED: 'The token has expired; ask for a new one',
  SIGNATURE: 'The token is not signed with the key of this installation',
  AUDIENCE: 'The token was issued by another, or for something else than Satchel',
};

/** The token is not good; nothing of it is repeated. */
export class InvalidToken extends Unauthenticated {
  constructor(readonly reason: InvalidTokenReason) {
    super(MESSAGES[reason]);
  }
}

/** Who a token says its holder is. Role and unit come from the log. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Whom a good token names, and until when it is good. */
export interface VerifiedIdentity extends Identity {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface TokenRequest {
  /** Id of the officer or mediator. */
  readonly subject: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface Tokens {
  issueToken(request: TokenRequest): Promise<string>;
  /** @throws InvalidToken */
  verifyToken(jwt: string): Promise<VerifiedIdentity>;
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

function reasonOf(error: unknown): InvalidTokenReason {
  if (error instanceof errors.JWTExpired) return 'EXPIRED';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed)
    return 'SIGNATURE';
  if (error instanceof errors.JWTClaimValidationFailed && ['aud', 'iss'].includes(error.claim)) return 'AUDIENCE';
  return 'MALFORMED';
}

/** Verified tokens remembered, by hash: checking a signature costs as much as a small request. */
const REMEMBERED = 10_000;

/**
 * Tokens by a key of this installation's own (Ed25519).
 * @param secret 32 bytes, for this alone
 */
export function localTokens(secret: Buffer, clock: Clock = systemClock): Tokens {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const remembered = new LRUCache<string, VerifiedIdentity>({ max: REMEMBERED });
  const seconds = () => Math.floor(clock.now().getTime() / 1000);

  const check = async (jwt: string): Promise<VerifiedIdentity> => {
    const { payload } = await jwtVerify<{ sub: string; exp: number }>(jwt, publicKey, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: clock.now(),
    });
    return { issuer: ISSUER, subject: payload.sub, expiresAt: payload.exp };
  };

  return {
    issueToken: ({ subject, expiresIn }) => {
      const issuedAt = seconds();
      return new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + expiresIn)
        .sign(privateKey);
    },
    verifyToken: async jwt => {
      const hash = createHash('sha256').update(jwt).digest('base64url');
      const known = remembered.get(hash);
      if (known && known.expiresAt <= seconds()) throw new InvalidToken('EXPIRED');
      const verified =
        known ??
        (await check(jwt).catch((error: unknown) => {
          throw new InvalidToken(reasonOf(error));
        }));
      remembered.set(hash, verified);
      return verified;
    },
  };
}
