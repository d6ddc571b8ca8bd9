import { describe, expect, it, vi } from 'vitest';
import { digestsOf } from '../../src/projections/digest.js';
import { retryStream } from '../../src/projections/parking/retryStream.js';
import type { View } from '../../src/projections/view.js';
import { views } from '../../src/server/registry.js';
import { besideSatchelPerTest, choosyView, mendedView, POISONED_NAME, quiet } from './choosyProjections.js';

const own = besideSatchelPerTest();

describe('projections', () => {
  it('set aside an event that they cannot take in and the later ones of its stream, and take in all others', async () => {
    const beside = own();
    const errors: Error[] = [];
    const runner = beside.runnerOf([...views, choosyView], error => errors.push(error));
    await runner.start();
    const poisoned = await beside.station(POISONED_NAME);
    await beside.record('importOpeningBalance', {
      orgUnitId: poisoned,
      metric: 'MATERIAL',
      quantity: 1,
      unit: 'FEN',
      qualifier: 'EXACT',
      asOf: '2020-12-31',
      citation: '台账',
    });
    await beside.station('城关派出所');
    await beside.caughtUp(runner);
    expect(await beside.names()).toEqual(['城关派出所', '康县公安局'].sort());
    expect(runner.parked).toMatchObject([
      {
        projection: choosyView.table,
        streamId: poisoned,
        events: 2,
        revision: 0,
        type: 'OrgUnitRegistered',
        reason: expect.stringMatching(/^Error at .*choosyProjections\.ts/),
      },
    ]);
    // Whatever the fold said of the values stays with the fold.
    expect(JSON.stringify([runner.parked, errors.map(({ message }) => message)])).not.toContain('this name is poison');
    expect(errors.map(({ name }) => name)).toEqual(['StreamParked']);
    expect(runner.status().filter(({ stopped }) => stopped)).toEqual([]);
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(beside.services.db, views));
  });

  it('know after a restart what they have set aside, and take it in when it is mended', async () => {
    const beside = own();
    const poisoned = await beside.station(POISONED_NAME);
    const services = { store: beside.services.store, db: beside.db, lens: beside.lens };
    const first = beside.runnerOf([...views, choosyView], quiet);
    await first.start();
    await beside.caughtUp(first);
    await first.stop();
    const again = beside.runnerOf([...views, choosyView], quiet);
    await again.start();
    await beside.station('城关派出所');
    await beside.caughtUp(again);
    expect(again.isParked(poisoned)).toBe(true);
    // Not mended yet: it stays, and nothing else is touched.
    const failed = await retryStream({ ...services, views: [...views, choosyView] }, poisoned);
    expect(failed).toMatchObject({ taken: 0, failed: [{ view: choosyView.table }] });
    expect(await retryStream({ ...services, views: [...views, mendedView] }, poisoned)).toEqual({
      taken: 1,
      failed: [],
    });
    // The runner that knows nothing of it goes on from what is stored.
    await beside.station('王坝派出所');
    await beside.caughtUp(again);
    await expect.poll(() => again.isParked(poisoned)).toBe(false);
    expect(await beside.names()).toEqual(['城关派出所', '康县公安局', POISONED_NAME, '王坝派出所'].sort());
    await again.stop();
  });

  it('set aside what the database refuses, out of a whole batch', async () => {
    const beside = own();
    const measured: View = {
      ...choosyView,
      table: 'measured_stand_in',
      columns: { size: 'integer' },
      fold: (_row, event, key) => {
        const { name } = event.data as { name: string };
        return { id: key, size: name === POISONED_NAME ? 0.5 : name.length };
      },
    };
    const ids: string[] = [];
    for (const name of ['一所', POISONED_NAME, '三所', '四所', '五所']) ids.push(await beside.station(name));
    const told = vi.fn();
    const runner = beside.runnerOf([...views, measured], quiet, { onProjected: told });
    await runner.start();
    await beside.caughtUp(runner);
    expect(runner.parked.map(({ projection, streamId }) => [projection, streamId])).toEqual([[measured.table, ids[1]]]);
    // What the other views took in of such an event is told like any other: what was read before is not held on to.
    told.mockClear();
    ids.push(await beside.station(POISONED_NAME));
    await beside.caughtUp(runner);
    await expect.poll(() => told.mock.calls).toEqual([[new Set(['orgunit'])]]);
    const kept = await beside.db.selectFrom(measured.table).select('id').execute();
    expect(kept.map(({ id }) => id).sort()).toEqual(
      [beside.county, ...ids.filter(id => id !== ids[1] && id !== ids.at(-1))].sort(),
    );
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(beside.services.db, views));
  });

  it('stop loudly when they cannot take in more and more streams, and leave the others running', async () => {
    const beside = own();
    const broken: View = {
      ...choosyView,
      fold: () => {
        throw new Error('always');
      },
    };
    for (const name of ['一所', '二所', '三所']) await beside.station(name);
    const errors: Error[] = [];
    const runner = beside.runnerOf([...views, broken], error => errors.push(error), { mostParkedStreams: 2 });
    await runner.start();
    const head = await beside.services.store.head();
    await expect.poll(() => errors.map(({ name }) => name)).toContain('ProjectionBroken');
    // Whoever waits for everything is told at once that it will not come.
    await beside.station('四所');
    expect(await runner.reached(await beside.services.store.head(), 60_000)).toBe(false);
    expect(
      runner
        .status()
        .filter(({ stopped }) => stopped)
        .map(({ name }) => name),
    ).toEqual([broken.table]);
    await expect
      .poll(() => runner.status().filter(({ position, stopped }) => !stopped && position !== head).length)
      .toBe(views.length);
    await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(beside.services.db, views));
  });
});
