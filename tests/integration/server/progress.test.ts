import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { progressBar } from '../../../src/cli/progress.js';

/** A stream that is a terminal or is not, and keeps what was written. */
function fakeStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = new PassThrough({ encoding: 'utf8' }).on('data', text => written.push(String(text)));
  const terminal = { isTTY, columns: 100, cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  return { stream: Object.assign(stream, terminal) as unknown as NodeJS.WriteStream, written };
}

describe('progress', () => {
  it('is a plain line for each tenth where there is no terminal', () => {
    const { stream, written } = fakeStream(false);
    const progress = progressBar({ name: 'Rebuilding', total: 200, unit: 'events', stream });
    for (let done = 0; done <= 200; done++) progress.update(done);
    progress.stop();
    expect(written).toHaveLength(11);
    expect(written.at(0)).toBe('Rebuilding: 0 of 200 events\n');
    expect(written.at(-1)).toBe('Rebuilding: 200 of 200 events\n');
  });

  it('is done at once when there is nothing to do', () => {
    const { stream, written } = fakeStream(false);
    progressBar({ name: 'Rebuilding', total: 0, unit: 'events', stream }).update(0);
    expect(written).toEqual(['Rebuilding: 0 of 0 events\n']);
  });

  it('is a bar on a terminal', () => {
    const { stream, written } = fakeStream(true);
    const progress = progressBar({ name: 'Rebuilding', total: 4, unit: 'events', stream });
    progress.update(4);
    progress.stop();
    expect(written.join('')).toMatch(/Rebuilding .*100% · 4 of 4 events/);
  });
});
