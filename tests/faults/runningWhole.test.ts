import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparePositions } from '../../src/kernel/position.js';
import { digestsOf } from '../../src/projections/digest.js';
import { views } from '../../src/server/registry.js';
import { FILES } from '../../src/server/stores.js';
import { caseEvents } from '../harness/caseEvents.js';
import { beforeTheSession, doubaSession, tell } from '../harness/doubaMediation.js';
import { registerResident } from '../harness/residents.js';
import { sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';
import { compileProgram, runProgram } from './childProcess.js';
import { deed, layFoundation, perform, station } from './deeds.js';

describe('a running Satchel', () => {
  let satchel: TestSatchel;
  beforeEach(async () => {
    satchel = await TestSatchel.start();
  });
  afterEach(() => satchel.close());

  const caughtUp = async () => {
    const { store, projections } = satchel.services;
    expect(await projections.reached(await store.head(), 20_000)).toBe(true);
  };

  it('builds the same read model again when it was deleted', async () => {
    const people = await sampleStation(satchel);
    const held = await beforeTheSession(satchel, people);
    await tell(satchel, held, doubaSession(held));
    const query = `query Q($id: ID!) { dispute(id: $id) { id status revision title caseNo parties { side }
      sessions { openedAt recordings { recordingId } } history(first: 100) { totalCount } } }`;
    const before = await satchel.read(people.officer, query, { id: held.id });
    const digests = await digestsOf(satchel.services.db, views);
    await satchel.restart(() => {
      for (const left of ['', '-wal', '-shm']) rmSync(join(satchel.directory, FILES.readModel + left), { force: true });
    });
    await caughtUp();
    expect(await digestsOf(satchel.services.db, views)).toEqual(digests);
    expect(await satchel.read(people.officer, query, { id: held.id })).toEqual(before);
  });

  it('never records anything before what it follows, though its clock jumps back', async () => {
    const people = await sampleStation(satchel);
    const noon = new Date('2022-10-18T04:00:00Z');
    satchel.clock.set(noon);
    const residentId = await registerResident(satchel, people.officer, { name: '居民甲' });
    const update = (village: string) => satchel.done(people.officer, 'updateContact', { residentId, village });
    for (const [at, village] of [
      ['2022-10-18T03:00:00Z', '豆坝村'],
      ['2021-01-01T00:00:00Z', '大堡村'],
      ['2022-10-18T05:00:00Z', '平洛村'],
    ] as const) {
      satchel.clock.set(new Date(at));
      await update(village);
    }
    const { resident } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { resident(id: $id) { lastRecordedAt history { nodes { recordedAt occurredAt } } } }',
      { id: residentId },
    );
    expect(resident.history.nodes).toEqual([
      { recordedAt: '2022-10-18T04:00:00.000Z', occurredAt: '2022-10-18T04:00:00.000Z' },
      { recordedAt: '2022-10-18T04:00:00.000Z', occurredAt: '2022-10-18T03:00:00.000Z' },
      { recordedAt: '2022-10-18T04:00:00.000Z', occurredAt: '2021-01-01T00:00:00.000Z' },
      { recordedAt: '2022-10-18T05:00:00.000Z', occurredAt: '2022-10-18T05:00:00.000Z' },
    ]);
    expect(resident.lastRecordedAt).toBe('2022-10-18T05:00:00.000Z');
  });

  it('sees what another process records in the same stores, and tells its subscribers', async () => {
    await layFoundation(satchel);
    const chief = newId('officer');
    await satchel.bySystem('registerOfficer', {
      id: chief,
      name: '所长甲',
      orgUnitId: station,
      role: 'STATION_CHIEF',
      post: '所长',
    });
    const first = await perform(satchel, deed('here/0', 0));
    await satchel.services.projections.reached(first.position, 10_000);
    const events = await caseEvents(satchel, chief, first.streamId);
    expect((await events.next(1))[0].event.type).toBe('ResidentRegistered');
    const next = events.next(3);

    const program = await compileProgram('commandingProcess');
    const { directory, config } = satchel;
    const key = (config.masterKey as Buffer).toString('base64');
    // Its first writer does what was begun here: one deed that is known, then three that are new.
    const other = runProgram(program, [directory, key, '3', '20', 'there']);
    const goingOn = runProgram(program, [directory, key, '1', '4', 'here']);
    for (const { exited } of [other, goingOn]) expect(await exited).toEqual({ code: 0, signal: null });
    rmSync(dirname(program), { recursive: true });

    const told = [...(await other.told), ...(await goingOn.told)].map(line => JSON.parse(line).done);
    const last = told
      .map(({ position }) => position)
      .sort(comparePositions)
      .at(-1);
    const token = Buffer.from(`p:${last}`).toString('base64url');
    const answer = await satchel.ask(
      chief,
      '{ residents(first: 100) { nodes { id revision } readAt } }',
      {},
      { 'satchel-read-after': token },
    );
    expect(answer.data?.residents.nodes).toHaveLength(1 + 3 * 5);
    expect(answer.data?.residents.nodes.every(({ revision }: { revision: number }) => revision === 3)).toBe(true);
    expect((await next).map(({ event }) => event.revision)).toEqual([1, 2, 3]);
    await events.close();
  });
});
