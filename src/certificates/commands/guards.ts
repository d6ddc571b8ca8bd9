import type { DecisionContext } from '../../commands/command.js';
import type { VisitFact } from '../../commands/lookup.js';
import { visitBreaches } from '../../commands/visitRules.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Certificate, hasEnded, isCarried } from '../certificate.js';
import type { CertificateStatus } from '../codes.js';
import type { CertificateRule } from '../rules.js';

export const notEnded = (state: Certificate) => unless(!hasEnded(state), 'ALREADY_ENDED');

/** In one of these states, otherwise the rule; of what has ended only that it has. */
const inState =
  (code: CertificateRule, ...statuses: readonly CertificateStatus[]) =>
  (state: Certificate) =>
    hasEnded(state)
      ? notEnded(state)
      : unless(
          statuses.some(status => status === state.status),
          code,
        );

/** At the door, or sent back for a supplement. */
export const takingDown = inState('ALREADY_SUBMITTED', 'APPLIED_AT_DOOR', 'SUPPLEMENT_REQUIRED');
export const submitted = inState('NOT_SUBMITTED', 'SUBMITTED');
export const accepted = inState('NOT_ACCEPTED', 'ACCEPTED');
export const produced = inState('NOT_PRODUCED', 'PRODUCED');

/** In the hands of the station, and of nobody else. */
export const atStation = (state: Certificate) =>
  isCarried(state) ? unless(false, 'RETURN_FIRST') : inState('NOT_AT_STATION', 'AT_STATION')(state);

/** In the backpack of an officer. */
export const carried = inState('NOT_CARRIED', 'LOADED_IN_BACKPACK', 'DELIVERING', 'DELIVERY_FAILED');

/** What is wrong with the visit on which a certificate is taken to the door. */
export const onVisit = (
  { orgUnitId }: Certificate,
  id: string | undefined,
  visit: VisitFact | undefined,
  { actorId }: DecisionContext['actor'],
) => visitBreaches({ field: 'visitId', id, visit, orgUnitId, actorId });
