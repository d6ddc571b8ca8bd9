import pg from 'pg';
import { DatabaseUnusable } from './libsql.js';
import { parsePostgresAddress } from './postgresAddress.js';
import { storable } from './storable.js';

/** Connections to one PostgreSQL database. This is the only file that knows which driver is behind it. */
export type Pool = pg.Pool;

export const POSTGRES_RULE =
  'must be postgres://user:password@host:port/database, with signs such as @ and / in the password percent-encoded';

const CONNECT_TIMEOUT_MS = 5_000;
const { INT8, NUMERIC } = pg.types.builtins;

/** Whole numbers arrive as text, since they may be too large for a number; those of a read model are counts. */
const parserOf = ((oid: number, format?: 'text') =>
  oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

/** Every parameter is made storable, those of reads too: they then find what was stored. */
class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's own declaration has a dozen forms
  override query(statement: any, parameters?: any, ...rest: any[]): any {
    const storables = Array.isArray(parameters) ? parameters.map(storable) : parameters;
    return (super.query as (...given: unknown[]) => unknown).call(this, statement, storables, ...rest);
  }
}

/** What the database must be like, asked before anything is written. */
const PROBE = `SELECT current_setting('server_encoding') AS encoding,
  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate"`;

async function problemOf(pool: Pool): Promise<string | undefined> {
  const { encoding, mayCreate } = (await pool.query(PROBE)).rows[0] as { encoding: string; mayCreate: boolean };
  if (encoding !== 'UTF8') return `holds text as ${encoding}; make the database with ENCODING 'UTF8'`;
  if (!mayCreate) return 'does not let this user make tables; make the user the owner of the database';
  return undefined;
}

/** By SQLSTATE or the operating system's code; the message of the driver is left out where the code says enough. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === '28P01' || code === '28000') return `refuses the user or the password (${code}); check both`;
  if (code === '3D000') return 'is not there; create the database, or give the name of another';
  const why = code ?? message;
  // Five digits and letters are an answer of the server; anything else never got so far.
  if (/^[0-9A-Z]{5}$/.test(why)) return `cannot be used (${message})`;
  return `cannot be reached (${why}); check the address, and that PostgreSQL runs there`;
}

export interface PoolOptions {
  /** Longest time for one statement, in milliseconds; 0 for no limit. */
  readonly statementTimeoutMs?: number;
}

/**
 * Connects once, so that what is wrong is said at the start.
 * @throws DatabaseUnusable naming the address without its password
 */
export async function openPool(connectionString: string, { statementTimeoutMs = 0 }: PoolOptions = {}): Promise<Pool> {
  const address = parsePostgresAddress(connectionString);
  if (!address) throw new DatabaseUnusable('The address of the PostgreSQL database', POSTGRES_RULE);
  const pool = new pg.Pool({
    connectionString,
    Client,
    types: { getTypeParser: parserOf },
    application_name: 'satchel',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(statementTimeoutMs > 0 && { statement_timeout: statementTimeoutMs }),
  });
  // Of a connection that nobody uses just now; whoever asks next gets another, or the error.
  pool.on('error', () => undefined);
  let problem: string | undefined;
  try {
    problem = await problemOf(pool);
  } catch (error) {
    await pool.end();
    throw new DatabaseUnusable(address.shown, reasonOf(error), { cause: error });
  }
  if (problem === undefined) return pool;
  await pool.end();
  throw new DatabaseUnusable(address.shown, problem);
}
