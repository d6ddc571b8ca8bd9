import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../src/access/vault/openVault.js';
import { lensOf } from '../../src/access/vault/sealFields.js';
import type { Vault } from '../../src/access/vault/vault.js';
import { type FsckReport, fsck } from '../../src/audit/fsck/fsck.js';
import { closeDatabase, openDatabase } from '../../src/database/libsql.js';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import type { EventStore, RawEvent } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { isSealed, type Sealed } from '../../src/kernel/personal.js';
import { loadSampleCounty } from '../../src/sample/index.js';
import { eventDefinitions, upcasters } from '../../src/server/registry.js';
import { alterBytes, alterEnvelope, alterEvents, storedEvent } from '../harness/alteredEvents.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { TestSatchel } from '../harness/testSatchel.js';

/** A resident of the sample county: an event whose data is known well. */
const isRegistration = ({ bytes }: RawEvent) => bytes.includes('"type":"ResidentRegistered"');

describe('fsck', () => {
  let county: TestSatchel;
  let events: readonly RawEvent[];
  /** Positions of two events of different streams, with personal values in them. */
  let registration: number;
  let otherRegistration: number;
  let data: string;
  let file: string;
  let vaultFile: string;
  const open: { close(): unknown }[] = [];
  const opened = <T extends { close(): unknown }>(what: T): T => {
    open.push(what);
    return what;
  };

  const check = async (store: EventStore, vault?: Vault): Promise<FsckReport> =>
    fsck({ store, definitions: eventDefinitions, upcasters, open: vault && (await lensOf(vault)).open });
  const vaultHere = async () =>
    opened(await openVault({ at: vaultFile, masterKey: county.config.masterKey as Buffer }));
  /** Of the copy that a test has altered. */
  const checkCopy = async () =>
    check(opened(openSqliteEventStore({ file, upcasters, readOnly: true })), await vaultHere());
  const rulesOf = ({ first }: FsckReport) => first?.misfits.map(({ rule }) => rule);
  const alterData = (position: number, change: (data: Record<string, unknown>) => object) =>
    alterEnvelope(file, position, event => ({ ...event, data: change(event.data as Record<string, unknown>) }));
  /** Name of a personal field, and what stands in it. */
  const sealedField = ({ data }: EventEnvelope): [string, Sealed] =>
    Object.entries(data as object).find((entry): entry is [string, Sealed] => isSealed(entry[1]))!;

  beforeAll(async () => {
    county = await TestSatchel.start();
    await county.record((satchel, clock) => loadSampleCounty(satchel, clock, { size: 0 }));
    const all: RawEvent[] = [];
    for await (const batch of county.stores.events.readAllRaw()) all.push(...batch);
    events = all;
    const found = all.filter(isRegistration).map(({ position }) => Number(position));
    [registration, otherRegistration] = [found[0]!, found[1]!];
    await county.stop();
  });
  afterAll(() => county.close());
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'satchel-fsck-'));
    cpSync(county.directory, data, { recursive: true });
    [file, vaultFile] = [join(data, 'events.db'), join(data, 'vault.db')];
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    rmSync(data, { recursive: true });
  });

  it('finds that a county fits, opens every sealed value, and changes nothing', async () => {
    const report = await checkCopy();
    expect(report).toMatchObject({ events: events.length, unfit: 0, position: String(events.length) });
    expect(report.first).toBeUndefined();
    expect(report.streams).toBe(new Set(events.map(({ streamId }) => streamId)).size);
    expect(report.sealed).toMatchObject({ erased: 0, unopened: 0 });
    expect(report.sealed.opened).toBeGreaterThan(300);
  });

  it('looks at sealed values from outside when there is no vault', async () => {
    const report = await check(opened(openSqliteEventStore({ file, upcasters, readOnly: true })));
    expect(report).toMatchObject({ unfit: 0, sealed: { opened: 0, erased: 0 } });
    expect(report.sealed.unopened).toBeGreaterThan(300);
  });

  it('counts what was erased, which is as it should be', async () => {
    const [, { keyId }] = sealedField(storedEvent(file, registration));
    await (await vaultHere()).destroyKey(keyId);
    const { unfit, sealed } = await checkCopy();
    expect(unfit).toBe(0);
    expect(sealed.erased).toBeGreaterThan(0);
  });

  it('misses a key that the vault never had, and says whose', async () => {
    const [name, { keyId }] = sealedField(storedEvent(file, registration));
    const vault = openDatabase(vaultFile);
    vault.exec(`DELETE FROM keys WHERE key_id = '${keyId}'`);
    closeDatabase(vault);
    const report = await checkCopy();
    expect(report.first).toMatchObject({ position: String(registration), revision: 0 });
    expect(report.first?.misfits[0]).toEqual({ rule: 'KEY_MISSING', detail: `${keyId} at ${name}` });
    expect([...report.broken.keys()]).toEqual(['KEY_MISSING']);
  });

  it('names the first event after one that was taken away, and counts on', async () => {
    alterEvents(file, run => run('DELETE FROM events WHERE position = ?', registration));
    const report = await checkCopy();
    expect(report.events).toBe(events.length - 1);
    // The sample county comes back to a resident at once.
    expect(report.first).toMatchObject({
      position: String(registration + 1),
      misfits: [
        { rule: 'POSITION', detail: `${registration + 1} after ${registration - 1}` },
        { rule: 'REVISION', detail: '1 instead of 0' },
      ],
    });
    expect(report.unfit).toBe(1);
  });

  it('names the first of several, and counts each by its rule', async () => {
    alterBytes(file, otherRegistration, Buffer.from('{'));
    alterBytes(file, registration, Buffer.from('[]'));
    const report = await checkCopy();
    expect(report).toMatchObject({ unfit: 2, first: { position: String(Math.min(registration, otherRegistration)) } });
    expect(report.broken).toEqual(new Map([['BYTES', 2]]));
  });

  describe('finds an event that is not as it must be:', () => {
    /** What was done to it, and the rules that it breaks then. */
    const damages: readonly [name: string, rules: readonly string[], damage: () => void][] = [
      [
        'a revision that does not follow',
        ['REVISION', 'ENVELOPE'],
        () => alterEvents(file, run => run('UPDATE events SET revision = 900 WHERE position = ?', registration)),
      ],
      [
        'an id that is none',
        ['EVENT_ID', 'ENVELOPE'],
        () => alterEvents(file, run => run("UPDATE events SET event_id = 'one' WHERE position = ?", registration)),
      ],
      [
        'bytes with a space behind them',
        ['BYTES'],
        () => alterBytes(file, registration, Buffer.concat([events[registration - 1]!.bytes, Buffer.from(' ')])),
      ],
      [
        'the same in another order',
        ['BYTES'],
        () => {
          const { type, ...rest } = storedEvent(file, registration);
          alterBytes(file, registration, Buffer.from(JSON.stringify({ type, ...rest })));
        },
      ],
      [
        'a letter that is no UTF-8',
        ['BYTES'],
        () => {
          const bytes = Buffer.from(events[registration - 1]!.bytes);
          bytes[bytes.indexOf('OFFICER')] = 0xff;
          alterBytes(file, registration, bytes);
        },
      ],
      ['nothing that can be read', ['BYTES'], () => alterBytes(file, registration, Buffer.from('{"type":'))],
      [
        'the bytes of another event',
        ['ENVELOPE'],
        () => alterBytes(file, registration, events[otherRegistration - 1]!.bytes),
      ],
      [
        'a type that is not known',
        ['UNKNOWN'],
        () => alterEnvelope(file, registration, event => ({ ...event, type: 'ResidentForgotten' })),
      ],
      [
        'a version that is not known',
        ['UNKNOWN'],
        () => alterEnvelope(file, registration, event => ({ ...event, schemaVersion: 99 })),
      ],
      ['data with more than there is', ['DATA'], () => alterData(registration, rest => ({ ...rest, colour: 'red' }))],
      [
        'a personal value in the clear',
        ['IN_THE_CLEAR'],
        () => alterData(registration, rest => ({ ...rest, name: '张三' })),
      ],
      [
        'a sealed value of which a letter was changed',
        ['SEAL'],
        () =>
          alterData(registration, rest => {
            const { ciphertext, ...sealed } = rest.name as Sealed;
            const changed = (ciphertext.startsWith('A') ? 'B' : 'A') + ciphertext.slice(1);
            return { ...rest, name: { ...sealed, ciphertext: changed } };
          }),
      ],
      [
        'a sealed value that is too short',
        ['SEAL'],
        () => alterData(registration, rest => ({ ...rest, name: { ...(rest.name as Sealed), nonce: 'AAAA' } })),
      ],
      [
        'a sealed value of someone else',
        ['SEAL'],
        () => {
          const other = storedEvent(file, otherRegistration).data as Record<string, unknown>;
          alterData(registration, rest => ({ ...rest, name: other.name }));
        },
      ],
    ];

    it.each(damages)('%s', async (_name, rules, damage) => {
      damage();
      const report = await checkCopy();
      expect(report.first).toMatchObject({ position: String(registration) });
      expect(rulesOf(report)).toEqual(rules);
      // A later event of the same stream may follow no more.
      expect(report.unfit).toBe(rules.includes('REVISION') ? report.broken.get('REVISION') : 1);
      expect(report.events).toBe(events.length);
    });
  });

  describe('on EventStoreDB', () => {
    let standIn: EventStoreDbStandIn;
    let store: EventStore;
    /** Where the first registration stands there. */
    let index: number;
    const there = () => standIn.log.events;

    beforeEach(async () => {
      standIn = await startEventStoreDbStandIn();
      store = opened(
        await openEventStoreDb({ connectionString: `esdb://127.0.0.1:${standIn.port}?tls=false`, upcasters }),
      );
      for (const event of events)
        await store.append({ streamId: event.streamId, expectedRevision: event.revision - 1, events: [event] });
      index = there().findIndex(({ metadata }) => metadata.get('type') === 'ResidentRegistered');
    });
    afterEach(() => standIn.stop());

    it('finds the same as on SQLite', async () => {
      const [here, copy] = [await check(store, await vaultHere()), await checkCopy()];
      expect({ ...here, position: undefined }).toEqual({ ...copy, position: undefined });
      expect(here.position).toMatch(/^\d+\/\d+$/);
    });

    it('finds an event that the server calls by another type', async () => {
      there()[index] = { ...there()[index]!, metadata: new Map([...there()[index]!.metadata, ['type', 'NeedRaised']]) };
      const report = await check(store, await vaultHere());
      expect(report).toMatchObject({ unfit: 1, first: { misfits: [{ rule: 'ENVELOPE', detail: 'type' }] } });
    });

    it('finds an event that stands twice, and one that is gone from a stream', async () => {
      const [gone] = there().splice(index + 1, 1);
      const last = there().at(-1)!;
      there().push({ ...there()[index]!, commit: last.commit + 1000n, prepare: last.prepare + 1000n });
      const report = await check(store, await vaultHere());
      const follows = events.some(({ streamId, revision }) => streamId === gone!.streamId && revision > gone!.revision);
      expect(report.broken.get('EVENT_ID')).toBe(1);
      expect(report.broken.get('REVISION')).toBe(follows ? 2 : 1);
      expect(report.broken.get('POSITION')).toBeUndefined();
    });
  });
});
