import { apiError } from '../../graphql/errors.js';
import { isPosition, type Position } from '../../kernel/position.js';

/** Which totals a client has: those of a unit, as the log made them up to a position, by their digest. */
export interface TotalsCursor {
  readonly unitId: string;
  readonly position: Position;
  readonly digest: string;
}

export const encodeTotalsCursor = ({ unitId, position, digest }: TotalsCursor): string =>
  Buffer.from(JSON.stringify([unitId, position, digest])).toString('base64url');

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** @throws GraphQLError BAD_CURSOR for one that the totals of this unit did not give out */
export function decodeTotalsCursor(cursor: string, ofUnit: string): TotalsCursor {
  const [unitId, position, digest] = partsOf(cursor);
  if (unitId === ofUnit && typeof position === 'string' && isPosition(position) && typeof digest === 'string')
    return { unitId, position, digest };
  const rule = 'is no cursor of the totals of this unit: give the last one that this subscription gave out';
  throw apiError('BAD_CURSOR', `Argument "after" ${rule}`, { inputPath: ['after'] });
}
