import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from '../../src/audit/fsck/idTable.js';

// The last bytes say where a search begins: few of them, so that many keys meet.
const key = fc
  .tuple(fc.uint8Array({ minLength: 15, maxLength: 15 }), fc.integer({ min: 0, max: 3 }))
  .map(([bytes, last]) => Buffer.from([...bytes, last]));
const entries = fc.array(fc.tuple(key, fc.integer({ min: 0, max: 2 ** 32 - 2 })), { maxLength: 3000, size: 'max' });

describe('a table of ids', () => {
  it('holds what a Map holds, however many there are', () => {
    fc.assert(
      fc.property(entries, fc.array(key, { maxLength: 50 }), (written, others) => {
        const [table, model] = [new IdTable(), new Map<string, number>()];
        for (const [id, number] of written) {
          table.set(id, number);
          model.set(id.toString('hex'), number);
        }
        expect(table.size).toBe(model.size);
        for (const id of [...written.map(([each]) => each), ...others])
          expect(table.get(id)).toBe(model.get(id.toString('hex')));
      }),
      { numRuns: 30 },
    );
  });
});
