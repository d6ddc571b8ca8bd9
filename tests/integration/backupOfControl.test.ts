import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../src/access/vault/openVault.js';
import { takeBackup } from '../../src/backup/takeBackup.js';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { type Position, START } from '../../src/kernel/position.js';
import { openControl } from '../../src/policies/control/openControl.js';
import type { StoredControl } from '../../src/policies/control/port.js';
import { newStream, sampleAppend, sampleUpcasters } from '../contract/sampleAppend.js';
import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';

const dueAt = '2022-10-29T16:00:00.000Z';
const timer = { policy: 'p', streamId: 'letter-1', key: 'term' };
const stored = { ...timer, dueAt, tryAt: dueAt, orgUnitId: 'orgunit-1' };

describe('the control store in a backup', () => {
  let data: string;
  let folder: string;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'satchel-control-backup-'));
    folder = join(data, 'backup');
    await (await openVault({ at: join(data, 'vault.db'), masterKey: randomBytes(32) })).close();
  });
  afterEach(() => rmSync(data, { recursive: true }));

  const fill = async (store: EventStore): Promise<Position> => {
    await store.appendInOrder(Array.from({ length: 5 }, () => sampleAppend({ stream: newStream('letter'), count: 2 })));
    return store.head();
  };
  /** A policy has come as far as these events, and waits for a moment. */
  async function follow(position: Position): Promise<void> {
    const control = await openControl(join(data, 'control.db'));
    const epoch = await control.takeOver();
    await control.beginAnew(epoch, 'p', 1);
    const begun = { policy: 'p', version: 1, position: START };
    await control.advance(epoch, [begun], position, [{ ...timer, set: { dueAt, orgUnitId: 'orgunit-1' } }]);
    await control.close();
  }
  /** As the server does that is at work while the events are copied. */
  async function goOn(from: Position): Promise<void> {
    const control = await openControl(join(data, 'control.db'));
    const was = { policy: 'p', version: 1, position: from };
    await control.advance(await control.takeOver(), [was], from.replace(/^\d+/, '99999999'), [timer]);
    await control.close();
  }
  async function inBackup(): Promise<StoredControl> {
    const control = await openControl(join(folder, 'control.db'), { make: false });
    const contents = await control.readAll();
    await control.close();
    return contents;
  }

  it('has come no further than the events that are with it, however long they take to copy', async () => {
    const store = openSqliteEventStore({ file: join(data, 'events.db'), upcasters: sampleUpcasters });
    const head = await fill(store);
    await store.close();
    await follow(head);
    let working: Promise<void> | undefined;
    const onBegin = () => {
      working = goOn(head);
      return () => {};
    };
    const manifest = await takeBackup({ source: { data }, folder, onBegin });
    await working;
    expect(manifest).toMatchObject({ control: { from: 'SQLite', timers: 1 }, events: { position: head } });
    expect(await inBackup()).toEqual({
      checkpoints: [{ policy: 'p', version: 1, position: head }],
      timers: [stored],
    });
  });

  it('of events on EventStoreDB reads those of the backup, which have other places, from the first one', async () => {
    const standIn = await startEventStoreDbStandIn();
    const address = `esdb://127.0.0.1:${standIn.port}?tls=false`;
    const store = await openEventStoreDb({ connectionString: address, upcasters: sampleUpcasters });
    await follow(await fill(store));
    await takeBackup({ source: { data, eventStore: { address } }, folder, onBegin: () => () => {} });
    expect(await inBackup()).toEqual({
      checkpoints: [{ policy: 'p', version: 1, position: START }],
      timers: [stored],
    });
    await store.close();
    await standIn.stop();
  });
});
