import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VaultUnusable } from '../../../src/access/vault/errors.js';
import { type OpenReadModel, openSqliteReadModel } from '../../../src/database/openReadModel.js';
import { StoreCorrupt, StoreUnavailable } from '../../../src/eventstore/errors.js';
import type { RecordedEvent } from '../../../src/eventstore/port.js';
import { SimulatedClock } from '../../../src/kernel/clock.js';
import type { Position } from '../../../src/kernel/position.js';
import type { PolicyStatus } from '../../../src/policies/runner.js';
import { alwaysLeads, type Leader } from '../../../src/projections/leadership.js';
import type { ProjectionStatus } from '../../../src/projections/runnerOptions.js';
import { type ReadinessSources, readinessOf } from '../../../src/server/readiness.js';
import { troubleLog } from '../../../src/server/troubleLog.js';

const NOW = new Date('2022-10-18T04:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();

let readModel: OpenReadModel;
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'satchel-readiness-'));
  readModel = openSqliteReadModel(join(directory, 'readmodel.db'));
});
afterAll(async () => {
  await readModel.close();
  rmSync(directory, { recursive: true });
});

interface StandIns {
  readonly head?: Position;
  /** When the first event was recorded that the read model lacks. */
  readonly recordedAt?: string;
  readonly visit?: Partial<ProjectionStatus>;
  readonly leader?: Partial<Leader>;
  readonly leads?: boolean;
  readonly headFails?: Error;
  readonly vaultFails?: Error;
  readonly hasRoom?: boolean;
  readonly policies?: Partial<PolicyStatus>;
  readonly refusesAppends?: boolean;
}

/** A Satchel whose store, vault and projections are stand-ins, on a real database. */
function standIns(given: StandIns): ReadinessSources {
  const {
    head = '100',
    recordedAt = ago(0),
    visit = {},
    leader,
    leads = true,
    headFails,
    vaultFails,
    hasRoom = true,
    policies = {},
    refusesAppends = false,
  } = given;
  const status = { name: 'visit', version: 1, position: head, parkedStreams: 0, ...visit };
  const store = {
    hasRoom: () => hasRoom,
    refusesAppends: () => refusesAppends,
    head: async () => {
      if (headFails) throw headFails;
      return head;
    },
    async *readAll() {
      yield [{ recordedAt } as RecordedEvent];
    },
  };
  const leadership = {
    ...alwaysLeads,
    leads,
    leader: async () =>
      leader && { name: 'api-1 (process 7)', itself: false, epoch: 1, silentFor: 0, alive: true, ...leader },
  };
  return {
    policies: {
      status: () => ({
        running: false,
        position: head,
        nextTryAt: undefined,
        postponedSince: undefined,
        heldUp: undefined,
        silentFor: 0,
        ...policies,
      }),
    },
    services: {
      db: readModel.db,
      clock: new SimulatedClock(NOW),
      projections: { status: () => [status], leadership },
      store: store as unknown as ReadinessSources['services']['store'],
    },
    stores: {
      vault: {
        ping: async () => {
          if (vaultFails) throw vaultFails;
        },
      },
    },
  };
}

const visitIn = async (given: StandIns) => {
  const { ready, degraded, parts } = await readinessOf(standIns(given));
  return { ready, degraded, ...parts?.visit };
};

describe('readiness', () => {
  it.each([
    ['at the head', '5000', 0, true, 'UP_TO_DATE', '0 events behind'],
    ['a thousand events behind', '4000', 1, true, 'BEHIND', '1000 events behind'],
    ['a thousand and one', '3999', 1, false, 'LATE', '1001 events behind for 1 s'],
    ['one event behind, for as long as that may take', '4999', 30, true, 'BEHIND', '1 events behind'],
    ['one event behind, for longer', '4999', 31, false, 'LATE', '1 events behind for 31 s'],
    ['nine hundred events behind, for weeks', '4100', 1_814_400, false, 'LATE', '900 events behind for 1814400 s'],
  ])('of a read model that is %s', async (_what, position, age, ready, state, text) => {
    const visit = await visitIn({ head: '5000', recordedAt: ago(age), visit: { position } });
    expect(visit).toEqual({ ready, degraded: false, state, text });
  });

  it.each([
    ['1/1', '1048577/1048577', true, 'BEHIND', '1048576 bytes behind'],
    ['1/1', '1048578/1048578', false, 'LATE', '1048577 bytes behind for 0 s'],
  ])('goes by bytes where positions count them: from %s to %s', async (position, head, ready, state, text) => {
    expect(await visitIn({ head, visit: { position } })).toEqual({ ready, degraded: false, state, text });
  });

  it('is degraded by parked streams, and no better for them when late', async () => {
    const parked = { parkedStreams: 2 };
    expect(await visitIn({ visit: parked })).toEqual({
      ready: true,
      degraded: true,
      state: 'PARKED',
      text: '0 events behind, 2 streams parked',
    });
    expect(await visitIn({ recordedAt: ago(31), visit: { ...parked, position: '99' } })).toMatchObject({
      ready: false,
      state: 'LATE',
    });
  });

  it.each([
    [true, 'WAITING'],
    [false, 'STOPPED'],
  ])('tells who stands still in words of its own, not of a driver: waiting %s', async (isWaiting, state) => {
    const stopped = 'connect ECONNREFUSED 10.0.0.5:5432';
    const readiness = await readinessOf(standIns({ visit: { stopped, isWaiting } }));
    expect(readiness).toMatchObject({ ready: false, parts: { visit: { state } } });
    expect(JSON.stringify(readiness)).not.toMatch(/ECONN|10\.0\.0\.5/);
    expect(readiness.parts?.visit?.text).toContain('the log of the server');
  });

  it.each([
    ['itself', { itself: true }, true, 'LEADS', 'api-1 (process 7), this process'],
    ['another', {}, true, 'LEADS', 'api-1 (process 7), alive'],
    ['one that is silent', { alive: false, silentFor: 12.3 }, false, 'SILENT', 'api-1 (process 7), silent for 12 s'],
    ['nobody', undefined, false, 'NOBODY', 'nobody leads'],
  ])('says who leads: %s', async (_what, leader, ready, state, text) => {
    const readiness = await readinessOf(standIns({ leads: false, ...(leader && { leader }) }));
    expect(readiness).toMatchObject({ ready, parts: { leader: { state, text } } });
  });

  it.each([
    ['go on', { running: true }, false, { state: 'UP_TO_DATE' }],
    ['are held up', { running: true, heldUp: 'no address 10.0.0.5' }, true, { state: 'HELD_UP' }],
    ['hang', { running: true, silentFor: 31 }, true, { state: 'HELD_UP', text: expect.stringContaining('31 s') }],
    ['could not record what is due', { running: true, postponedSince: ago(60) }, true, { state: 'HELD_UP' }],
    ['are run by another process', { running: false, silentFor: 300 }, false, undefined],
  ])('is ready all the same, and says so, while policies %s', async (_what, policies, degraded, part) => {
    const readiness = await readinessOf(standIns({ policies }));
    expect(readiness).toMatchObject({ ready: true, degraded });
    if (part) expect(readiness.parts?.policies).toMatchObject(part);
    else expect(readiness.parts).not.toHaveProperty('policies');
    expect(JSON.stringify(readiness)).not.toContain('10.0.0.5');
  });

  it('is gone while nothing can be recorded, though all can be read', async () => {
    expect(await readinessOf(standIns({ hasRoom: false }))).toMatchObject({
      ready: false,
      parts: { events: { state: 'FULL' }, visit: { state: 'UP_TO_DATE' } },
    });
  });

  it('is degraded since what was to be recorded was not taken, and goes on to be asked', async () => {
    expect(await readinessOf(standIns({ refusesAppends: true }))).toMatchObject({
      ready: true,
      degraded: true,
      parts: { events: { state: 'REFUSING' }, visit: { state: 'UP_TO_DATE' } },
    });
  });

  it.each([
    ['AWAY', { headFails: new StoreUnavailable('esdb://secret@10.0.0.5 is away') }, 'events'],
    ['DAMAGED', { headFails: new StoreCorrupt('/srv/satchel/events.db is damaged') }, 'events'],
    ['DAMAGED', { vaultFails: new VaultUnusable('/srv/satchel/vault.db', 'is damaged') }, 'vault'],
  ])('says which store cannot be used, %s, without where it is, and tells the log why', async (state, fails, part) => {
    const told: unknown[] = [];
    const readiness = await readinessOf(standIns(fails), error => told.push(error));
    expect(readiness).toMatchObject({ ready: false, parts: { [part]: { state } } });
    expect(JSON.stringify(readiness)).not.toMatch(/srv|secret|10\.0\.0\.5/);
    expect(told).toEqual(Object.values(fails));
  });
});

describe('the log of what makes Satchel not ready', () => {
  it('has each trouble once for as long as it lasts, and its end', () => {
    const lines: string[] = [];
    const tell = troubleLog({
      error: (_what: object, message: string) => lines.push(message),
      info: (message: string) => lines.push(message),
    } as unknown as Parameters<typeof troubleLog>[0]);
    tell();
    for (const error of [new Error('a'), new Error('a'), new Error('b'), undefined, undefined, new Error('b')])
      tell(error);
    expect(lines.map(line => line.startsWith('Not ready'))).toEqual([true, true, false, true]);
  });
});
