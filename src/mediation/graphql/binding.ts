import type { Role } from '../../access/roles.js';
import { bindNoun } from '../../graphql/bindNoun.js';
import { disputeCommands } from '../commands/index.js';
import { dispute } from '../dispute.js';
import { disputeView } from '../views.js';
import { DisputeType } from './dispute.js';

/** Who may look at a case: those who work on it, and those who check how. */
const DISPUTE_READERS: readonly Role[] = [
  'OFFICER',
  'AUXILIARY',
  'STATION_CHIEF',
  'MEDIATOR',
  'COURT',
  'JUSTICE_OFFICE',
  'COUNTY_CHIEF',
  'AUDITOR',
];

export const disputeBinding = bindNoun({
  aggregate: dispute,
  view: disputeView,
  commands: disputeCommands,
  readers: DISPUTE_READERS,
  type: DisputeType,
});
