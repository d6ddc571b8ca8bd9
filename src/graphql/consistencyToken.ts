import { isPosition, type Position } from '../kernel/position.js';
import { apiError } from './errors.js';

const PREFIX = 'p:';

/** What a client holds to read its own writes: opaque to it, a position to us. */
export const encodeToken = (position: Position): string => Buffer.from(PREFIX + position).toString('base64url');

export function decodeToken(token: string): Position {
  const text = Buffer.from(token, 'base64url').toString();
  const position = text.slice(PREFIX.length);
  if (!text.startsWith(PREFIX) || !isPosition(position))
    throw apiError('BAD_CONSISTENCY_TOKEN', 'satchel-read-after must hold a consistencyToken that a mutation gave out');
  return position;
}
