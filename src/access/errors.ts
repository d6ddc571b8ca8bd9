import type { Role } from './roles.js';

/** The viewer's role may not do this, whatever the object; or the object is seen, and handled by others. */
export class Forbidden extends Error {
  readonly code = 'FORBIDDEN';
  override readonly name = 'Forbidden';
  /** @param who roles that may, or who may in words */
  constructor(what: string, who: readonly Role[] | string) {
    super(`${what} is for ${typeof who === 'string' ? who : who.join(', ')}`);
  }
}

/** There is no such thing, or the viewer may not know of it: the two look the same. */
export class NotFound extends Error {
  readonly code = 'NOT_FOUND';
  override readonly name = 'NotFound';
  /** @param id stays here: what was typed as an id may be anything */
  constructor(readonly id: string) {
    super('Nothing of this id is there for you');
  }
}

/** No token, or one that is not good, or of someone whom the record does not know. */
export class Unauthenticated extends Error {
  readonly code = 'UNAUTHENTICATED';
  override readonly name = 'Unauthenticated';
}
