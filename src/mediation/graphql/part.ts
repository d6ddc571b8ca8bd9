import { inScope, personIdsOf } from '../../access/authorise.js';
import { type Role, STATION_ROLES } from '../../access/roles.js';
import type { Viewer } from '../../access/viewer.js';
import type { RequestContext } from '../../graphql/context.js';
import { reveal } from '../../graphql/maskData.js';
import { SEALED_TEXT } from '../../kernel/masking.js';
import type { Personal } from '../../kernel/personal.js';
import { currentMediators } from '../mediators.js';
import type { Dispute } from '../state.js';

const TAKES_PART: readonly Role[] = ['MEDIATOR', 'OFFICER', 'STATION_CHIEF'];

/** Whether the viewer runs the case: is one of its mediators now, which whoever hosts a session has to be. */
export const runsCase = (viewer: Viewer, dispute: Dispute): boolean =>
  currentMediators(dispute).some(({ mediatorId }) => personIdsOf(viewer).includes(mediatorId));

/**
 * Whether the viewer works on the case and so reads what was said: the station that it belongs to, and its mediators.
 * Courts, auditors and analysts see that something was said, and when.
 */
export const readsCaseText = (viewer: Viewer, dispute: Dispute): boolean =>
  (STATION_ROLES.includes(viewer.role) && inScope(viewer, dispute.orgUnitId)) ||
  (TAKES_PART.includes(viewer.role) && runsCase(viewer, dispute));

/** A part of a case, past or present, with the case as it is now: by that, who may read it is judged. */
export abstract class CasePart<Part> {
  constructor(
    protected readonly part: Part,
    protected readonly dispute: Dispute,
  ) {}

  /** What was said or written, for who works on the case; `［已封存］` for others. */
  protected async text(
    value: Personal<string> | undefined,
    { viewer, services }: RequestContext,
  ): Promise<string | undefined> {
    if (value === undefined) return undefined;
    return readsCaseText(viewer, this.dispute) ? reveal(services.lens, value) : SEALED_TEXT;
  }
}
