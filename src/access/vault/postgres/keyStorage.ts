import { openPool, type Pool, type Probe } from '../../../database/postgres.js';
import { parsePostgresAddress } from '../../../database/postgresAddress.js';
import type { KeyStorage, KeyStorageOptions } from '../keyStorage.js';
import { prepareSchema, SCHEMA } from './schema.js';

/** Few do: most keys are in memory, and what is asked for at the same moment is asked for together. */
const CONNECTIONS = 4;

const LOAD_KEYS = `SELECT key_id, wrapped FROM ${SCHEMA}.keys WHERE key_id = ANY($1)`;
// In the order of their ids: two that make the same keys would otherwise wait for each other for ever.
const ADD_KEYS = `INSERT INTO ${SCHEMA}.keys (key_id, wrapped, created_at)
  SELECT key_id, wrapped, $3 FROM unnest($1::text[], $2::bytea[]) AS given (key_id, wrapped)
  ORDER BY key_id COLLATE "C" ON CONFLICT DO NOTHING`;
const BURY_KEY = `INSERT INTO ${SCHEMA}.keys AS k (key_id, created_at, destroyed_at) VALUES ($1, $2, $2)
  ON CONFLICT (key_id) DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at WHERE k.destroyed_at IS NULL`;
const LOAD_SECRET = `SELECT wrapped FROM ${SCHEMA}.secrets WHERE name = $1`;
const ADD_SECRET = `INSERT INTO ${SCHEMA}.secrets (name, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING`;
const ALL_KEYS = `SELECT key_id, wrapped, created_at, destroyed_at FROM ${SCHEMA}.keys ORDER BY key_id`;
const ALL_SECRETS = `SELECT name, wrapped FROM ${SCHEMA}.secrets`;
const FILL = `WITH added AS (
    INSERT INTO ${SCHEMA}.keys (key_id, wrapped, created_at, destroyed_at)
    SELECT * FROM unnest($1::text[], $2::bytea[], $3::timestamptz[], $4::timestamptz[])
  ) INSERT INTO ${SCHEMA}.secrets (name, wrapped) SELECT * FROM unnest($5::text[], $6::bytea[])`;
const DURABILITY = `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit`;

interface StoredRow {
  readonly wrapped: Buffer | null;
  readonly created_at: Date;
  readonly destroyed_at: Date | null;
}

/** Personal data hangs on these keys: a commit that does not wait for the disk would lose them with the power. */
const isDurable: Probe = async pool => {
  const settings = (await pool.query(DURABILITY)).rows[0] as Readonly<Record<string, string>>;
  const off = Object.keys(settings).find(name => settings[name] === 'off');
  return off && `does not wait for the disk, and keys could be lost; set ${off} to on there`;
};

/** @throws what `openPostgresKeyStorage` throws; no connection is left open */
async function openPreparedPool(address: string, place: string, options: KeyStorageOptions): Promise<Pool> {
  const pool = await openPool(address, isDurable, { connections: CONNECTIONS });
  try {
    await prepareSchema(pool, place, options);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/**
 * Keys in a schema of their own in a PostgreSQL database.
 * @throws DatabaseUnusable naming the address without its password
 * @throws VaultUnusable when the vault is of a newer version, not there and not to be made, or would not be durable
 */
export async function openPostgresKeyStorage(address: string, options: KeyStorageOptions): Promise<KeyStorage> {
  const place = parsePostgresAddress(address)?.shown ?? 'The address of the vault';
  const pool = await openPreparedPool(address, place, options);
  return {
    place,
    async loadKeys(keyIds) {
      const { rows } = await pool.query(LOAD_KEYS, [keyIds]);
      return new Map((rows as { key_id: string; wrapped: Buffer | null }[]).map(row => [row.key_id, row.wrapped]));
    },
    async addKeys(wrapped, createdAt) {
      await pool.query(ADD_KEYS, [[...wrapped.keys()], [...wrapped.values()], createdAt]);
    },
    async buryKey(keyId, destroyedAt) {
      await pool.query(BURY_KEY, [keyId, destroyedAt]);
    },
    loadSecret: async name => (await pool.query(LOAD_SECRET, [name])).rows[0]?.wrapped as Buffer | undefined,
    async addSecret(name, wrapped) {
      await pool.query(ADD_SECRET, [name, wrapped]);
    },
    async readAll() {
      const keys = (await pool.query(ALL_KEYS)).rows as (StoredRow & { key_id: string })[];
      const secrets = (await pool.query(ALL_SECRETS)).rows as { name: string; wrapped: Buffer }[];
      return {
        keys: keys.map(({ key_id: keyId, wrapped, created_at, destroyed_at }) => ({
          keyId,
          wrapped,
          createdAt: created_at.toISOString(),
          destroyedAt: destroyed_at?.toISOString() ?? null,
        })),
        secrets: new Map(secrets.map(({ name, wrapped }) => [name, wrapped])),
      };
    },
    async fill({ keys, secrets }) {
      // One statement, so all or none.
      await pool.query(FILL, [
        keys.map(({ keyId }) => keyId),
        keys.map(({ wrapped }) => wrapped),
        keys.map(({ createdAt }) => createdAt),
        keys.map(({ destroyedAt }) => destroyedAt),
        [...secrets.keys()],
        [...secrets.values()],
      ]);
    },
    async ping() {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
}
