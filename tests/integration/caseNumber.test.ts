import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../src/access/vault/openVault.js';
import { sealerOf } from '../../src/access/vault/sealFields.js';
import type { Vault } from '../../src/access/vault/vault.js';
import type { EventStore, RecordedEvent } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { SimulatedClock } from '../../src/kernel/clock.js';
import { newUuid } from '../../src/kernel/ids.js';
import { allocateCaseNumber, caseNumberStream } from '../../src/organisation/caseNumber/allocateCaseNumber.js';
import { idFor } from '../domain/spec.js';

const AT = '2022-10-18T02:00:00.000Z';
const station = idFor('orgunit', 'station');
const other = idFor('orgunit', 'other');

describe('case numbers', () => {
  let directory: string;
  let vault: Vault;
  let store: EventStore;
  let allocate: (unitId: string, year: number, commandId: string, caseId?: string) => Promise<number>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'satchel-caseno-'));
    vault = await openVault({ at: join(directory, 'vault.db'), masterKey: randomBytes(32) });
    store = openSqliteEventStore({
      file: join(directory, 'events.db'),
      upcasters: new Map([['CaseNumberAllocated', []]]),
    });
    const next = allocateCaseNumber({ store, sealer: await sealerOf(vault), clock: new SimulatedClock(new Date(AT)) });
    allocate = (unitId, year, commandId, caseId = idFor('dispute', 'one')) =>
      next({ unitId, year, caseId, commandId, occurredAt: AT });
  });
  afterEach(async () => {
    await store.close();
    await vault.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const numbersOf = async (unit: string, year: number) => {
    const events: RecordedEvent[] = [];
    for await (const batch of store.readStream(caseNumberStream(unit, year))) events.push(...batch);
    return events;
  };

  it('count from 1, for each unit and year', async () => {
    expect(await allocate(station, 2022, newUuid())).toBe(1);
    expect(await allocate(station, 2022, newUuid())).toBe(2);
    expect(await allocate(station, 2023, newUuid())).toBe(1);
    expect(await allocate(other, 2022, newUuid())).toBe(1);
  });

  it('are recorded by Satchel itself, as caused by the command', async () => {
    const commandId = newUuid();
    await allocate(station, 2022, commandId);
    const [event] = await numbersOf(station, 2022);
    expect(event).toMatchObject({
      type: 'CaseNumberAllocated',
      actorId: 'system',
      causationId: commandId,
      correlationId: commandId,
      occurredAt: AT,
      data: { unitId: station, year: 2022, number: 1 },
    });
  });

  it('are the same again for the same command', async () => {
    const commandId = newUuid();
    expect(await allocate(station, 2022, commandId)).toBe(1);
    await allocate(station, 2022, newUuid());
    expect(await allocate(station, 2022, commandId)).toBe(1);
    expect(await numbersOf(station, 2022)).toHaveLength(2);
  });

  it('are given anew to a command id that comes again for another case', async () => {
    const commandId = newUuid();
    expect(await allocate(station, 2022, commandId)).toBe(1);
    expect(await allocate(station, 2022, commandId, idFor('dispute', 'two'))).toBe(2);
  });

  it('are given anew to a command that comes again in another year', async () => {
    const commandId = newUuid();
    await allocate(station, 2022, newUuid());
    expect(await allocate(station, 2022, commandId)).toBe(2);
    expect(await allocate(station, 2023, commandId)).toBe(1);
  });

  it('are each given once to commands that come together', async () => {
    const commands = Array.from({ length: 20 }, newUuid);
    const numbers = await Promise.all([...commands, ...commands].map(commandId => allocate(station, 2022, commandId)));
    expect(numbers.slice(20)).toEqual(numbers.slice(0, 20));
    expect(numbers.slice(0, 20).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const events = await numbersOf(station, 2022);
    expect(events.map(event => (event.data as { number: number }).number)).toEqual(events.map((_, n) => n + 1));
  });
});
