import type { Role } from './roles.js';

/** Who asks, as the log has it now: the token names only the person. */
export interface Viewer {
  /** Id of the officer or mediator, or `system`. */
  readonly actorId: string;
  readonly role: Role;
  readonly orgUnitId: string;
  /** Units whose nouns the viewer may see: the own one and those below; `ALL` for Satchel itself. */
  readonly scope: ReadonlySet<string> | 'ALL';
  /** Other ids under which the person takes part, such as the mediator that the officer also is. */
  readonly alsoKnownAs: readonly string[];
}

/** Satchel acting by itself: numbering, access records, the first registration. */
export const SYSTEM: Viewer = {
  actorId: 'system',
  role: 'SYSTEM',
  orgUnitId: 'system',
  scope: 'ALL',
  alsoKnownAs: [],
};
