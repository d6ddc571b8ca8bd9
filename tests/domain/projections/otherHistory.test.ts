import { expect, it } from 'vitest';
import { LogPutBack, NoSuchPosition } from '../../../src/eventstore/errors.js';
import { otherHistory } from '../../../src/projections/history.js';

it.each([
  { what: 'ends before what was read', error: new LogPutBack('a log', '9', '7'), code: 'READ_MODEL_AHEAD' },
  { what: 'has grown differently', error: new LogPutBack('a log', '7', '9'), code: 'OTHER_HISTORY' },
  { what: 'has nothing to go on from', error: new NoSuchPosition('a log has no event there'), code: 'OTHER_HISTORY' },
])('of a log that $what a read model tells the way out', ({ error, code }) => {
  const told = otherHistory('readmodel.db', error);
  expect(told.code).toBe(code);
  expect(told.message).toContain('readmodel.db');
  expect(told.message).toContain('satchel rebuild --from-nothing');
});
