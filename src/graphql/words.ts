import { hasRole, idsOf, inScope } from '../access/authorise.js';
import { STATION_ROLES } from '../access/roles.js';
import type { Viewer } from '../access/viewer.js';
import { ERASED, maskValue } from '../kernel/masking.js';
import type { Personal } from '../kernel/personal.js';
import type { RequestContext } from './context.js';
import { reveal } from './maskData.js';

/** Something that is written down with words that are sealed. */
export interface Written {
  /** Id of the noun. */
  readonly id: string;
  readonly orgUnitId: string | undefined;
  /** Who takes part in it, beside those of the unit. */
  readonly participantIds?: readonly string[];
  /** The resident whom the words are about, if known. */
  readonly subjectId?: string | undefined;
}

/** Whether the viewer works on it: serves at the station that it belongs to, or takes part in it. */
const worksOn = (viewer: Viewer, { orgUnitId, participantIds = [] }: Written): boolean =>
  hasRole(viewer, STATION_ROLES) &&
  (inScope(viewer, orgUnitId) || idsOf(viewer).some(id => participantIds.includes(id)));

/**
 * Sealed words as a field shows them: to who works on what they are of, and then that is on record first, once an hour;
 * `［已封存］` to others.
 */
export async function wordsOf(
  value: Personal<string> | undefined,
  written: Written,
  { viewer, services }: RequestContext,
): Promise<string | undefined> {
  const words = await reveal(services.lens, value);
  if (words === undefined || words === ERASED) return words;
  if (!worksOn(viewer, written)) return maskValue('TEXT', words);
  const { id: objectId, subjectId } = written;
  await services.recordWordsRead(subjectId === undefined ? { objectId } : { objectId, subjectId }, viewer);
  return words;
}
