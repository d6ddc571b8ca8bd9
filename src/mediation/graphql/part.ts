import { inScope, personIdsOf } from '../../access/authorise.js';
import { type Role, STATION_ROLES } from '../../access/roles.js';
import type { Viewer } from '../../access/viewer.js';
import type { RequestContext } from '../../graphql/context.js';
import { reveal } from '../../graphql/maskData.js';
import { ERASED, SEALED_TEXT } from '../../kernel/masking.js';
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

/** A case as it is now: by that, who may read it is judged, and under its id a look at its words is recorded. */
export interface CaseNow extends Dispute {
  readonly id: string;
}

/**
 * What was said or written, for who works on the case, and then that is on record first, once an hour; `［已封存］` for
 * others.
 */
export async function caseText(
  value: Personal<string> | undefined,
  dispute: CaseNow,
  { viewer, services }: RequestContext,
): Promise<string | undefined> {
  if (value === undefined) return undefined;
  if (!readsCaseText(viewer, dispute)) return SEALED_TEXT;
  const words = await reveal(services.lens, value);
  if (words !== undefined && words !== ERASED) await services.recordWordsRead({ objectId: dispute.id }, viewer);
  return words;
}

/** A part of a case, past or present, with the case as it is now. */
export abstract class CasePart<Part> {
  constructor(
    protected readonly part: Part,
    protected readonly dispute: CaseNow,
  ) {}

  protected text(value: Personal<string> | undefined, context: RequestContext): Promise<string | undefined> {
    return caseText(value, this.dispute, context);
  }
}
