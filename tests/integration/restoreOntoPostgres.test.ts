import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isVaultThere } from '../../src/access/vault/copyVault.js';
import { openVault } from '../../src/access/vault/openVault.js';
import { restoreBackup } from '../../src/backup/restoreBackup.js';
import { takeBackup } from '../../src/backup/takeBackup.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { START } from '../../src/kernel/position.js';
import { copyControl, isControlThere } from '../../src/policies/control/copyControl.js';
import { openControl } from '../../src/policies/control/openControl.js';
import { newStream, sampleAppend, sampleUpcasters } from '../contract/sampleAppend.js';
import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';

const REFUSING_VAULTS = `
  CREATE FUNCTION refuse_vault() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'satchel_vault')
    THEN RAISE EXCEPTION 'no vault for now'; END IF; END $$;
  CREATE EVENT TRIGGER refuse_vault ON ddl_command_end EXECUTE FUNCTION refuse_vault()`;

describe('a restore onto PostgreSQL that ends between control store and vault', () => {
  const masterKey = randomBytes(32);
  let postgres: TestPostgres;
  let scratch: string;
  let backup: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-restore-'));
    const data = join(scratch, 'source');
    backup = join(scratch, 'backup');
    await (await openVault({ at: join(data, 'vault.db'), masterKey })).close();
    const store = openSqliteEventStore({ file: join(data, 'events.db'), upcasters: sampleUpcasters });
    await store.appendInOrder([sampleAppend({ stream: newStream('letter'), count: 2 })]);
    await store.close();
    const control = await openControl(join(data, 'control.db'));
    await control.beginAnew(await control.takeOver(), 'p', 1);
    await control.close();
    await takeBackup({ source: { data }, folder: backup, onBegin: () => () => {} });
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  const targetIn = async (name: string) => ({
    data: join(scratch, name),
    database: await postgres.makeDatabase(name),
    masterKey,
  });
  const restore = (target: Awaited<ReturnType<typeof targetIn>>, resume = false) =>
    restoreBackup({ folder: backup, target, resume, onBegin: () => () => {} });
  const query = async (connectionString: string, statement: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const isWhole = async ({ database }: { readonly database: string }) => {
    expect(await isVaultThere(database)).toBe(true);
    const control = await openControl(database, { make: false });
    const { checkpoints } = await control.readAll().finally(() => control.close());
    expect(checkpoints).toMatchObject([{ policy: 'p', version: 1, position: START }]);
  };

  it('leaves nothing, and can be done again', async () => {
    const target = await targetIn('again');
    await query(target.database, REFUSING_VAULTS);
    await expect(restore(target)).rejects.toThrow('no vault for now');
    expect(await isControlThere(target.database)).toBe(false);
    await query(target.database, 'DROP EVENT TRIGGER refuse_vault');
    await restore(target);
    await isWhole(target);
  });

  it('because it was killed goes on with --resume, and only with it', async () => {
    const standIn = await startEventStoreDbStandIn();
    const address = `esdb://127.0.0.1:${standIn.port}?tls=false`;
    const target = { ...(await targetIn('killed')), eventStore: { address } };
    await copyControl(join(scratch, 'source', 'control.db'), target.database);
    await expect(restore(target)).rejects.toThrow('holds a control store already');
    await restore(target, true);
    await isWhole(target);
    await standIn.stop();
  });
});
