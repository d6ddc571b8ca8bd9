import type { Socket } from 'node:net';
import pg from 'pg';
import { HangWatch } from './hangWatch.js';
import { DatabaseUnusable } from './libsql.js';
import { POSTGRES_RULE, parsePostgresAddress } from './postgresAddress.js';
import { storable } from './storable.js';

/** Connections to one PostgreSQL database. This is the only file that knows which driver is behind it. */
export type Pool = pg.Pool;

const CONNECT_TIMEOUT_MS = 5_000;
/** Silence after which the server is asked whether it answers at all, and how long it may take to. */
const ANSWER_TIMEOUT_MS = 5_000;
const { INT8, NUMERIC } = pg.types.builtins;

/** Whole numbers arrive as text, since they may be too large for a number; those of a read model are counts. */
const parserOf = ((oid: number, format?: 'text') =>
  oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

interface ClientConfig extends pg.ClientConfig {
  readonly answerTimeoutMs: number;
}

/** Of the driver, which does not declare it. */
interface OnSocket {
  readonly connection: { readonly stream: Socket };
}

/** Ends a connection at once, whatever is under way on it. */
const cut = (client: pg.Client): void => {
  const error = Object.assign(new Error('The database does not answer'), { code: 'ETIMEDOUT' });
  (client as unknown as OnSocket).connection.stream.destroy(error);
};

/** Whether the server answers a new connection now; a refusal is an answer, too. */
async function answers(config: ClientConfig): Promise<boolean> {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: config.answerTimeoutMs,
    query_timeout: config.answerTimeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT');
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    cut(client);
  }
}

/**
 * Every parameter is made storable, those of reads too: they then find what was stored. When the server hangs, what is
 * under way fails as if the connection had been lost.
 */
class Client extends pg.Client {
  private readonly hangWatch: HangWatch;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // The pool hands on what it was given, by `connectionTo`.
    const given = config as ClientConfig;
    this.hangWatch = new HangWatch(
      given.answerTimeoutMs,
      () => answers(given),
      () => cut(this),
    );
    this.on('drain', () => this.hangWatch.end()).on('end', () => this.hangWatch.end());
    // A connection that the server ends between two statements: the next one fails, and tells. Unheard, it would end
    // the process.
    this.on('error', () => undefined);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the driver's own declaration has a dozen forms
  override query(statement: any, parameters?: any, ...rest: any[]): any {
    const storables = Array.isArray(parameters) ? parameters.map(storable) : parameters;
    this.hangWatch.begin();
    return (super.query as (...given: unknown[]) => unknown).call(this, statement, storables, ...rest);
  }
}

const connectionTo = (connectionString: string, answerTimeoutMs = ANSWER_TIMEOUT_MS): ClientConfig => ({
  answerTimeoutMs,
  connectionString,
  types: { getTypeParser: parserOf },
  application_name: 'satchel',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
});

/** What a database must be like, asked before anything is written: nothing when it will do. */
export type Probe = (pool: Pool) => Promise<string | undefined>;

const holdsText: Probe = async pool => {
  const [{ encoding }] = (await pool.query("SELECT current_setting('server_encoding') AS encoding")).rows;
  return encoding === 'UTF8' ? undefined : `holds text as ${encoding}; make the database with ENCODING 'UTF8'`;
};

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
  /** How many there are at the most; 10 by default. */
  readonly connections?: number;
  /** After so long without an answer the server is asked whether it answers at all, in milliseconds; 5,000 by default. */
  readonly answerTimeoutMs?: number;
}

/**
 * Connects once, so that what is wrong is said at the start.
 * @throws DatabaseUnusable naming the address without its password
 */
export async function openPool(connectionString: string, probe: Probe, options: PoolOptions = {}): Promise<Pool> {
  const { statementTimeoutMs = 0, connections = 10 } = options;
  const address = parsePostgresAddress(connectionString);
  if (!address) throw new DatabaseUnusable('The address of the PostgreSQL database', POSTGRES_RULE);
  const pool = new pg.Pool({
    ...connectionTo(connectionString, options.answerTimeoutMs),
    max: connections,
    Client,
    ...(statementTimeoutMs > 0 && { statement_timeout: statementTimeoutMs }),
  });
  // Of a connection that nobody uses just now; whoever asks next gets another, or the error.
  pool.on('error', () => undefined);
  let problem: string | undefined;
  try {
    problem = (await holdsText(pool)) ?? (await probe(pool));
  } catch (error) {
    await pool.end();
    throw new DatabaseUnusable(address.shown, reasonOf(error), { cause: error });
  }
  if (problem === undefined) return pool;
  await pool.end();
  throw new DatabaseUnusable(address.shown, problem);
}

/** One connection for what must outlast a statement: locks of the session, and notifications. */
export interface Session {
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Hears of each notification on the channel that is sent from now on, for as long as the session lasts. */
  listen(channel: string, listener: (payload: string) => void): Promise<void>;
  /** Aborts once the connection is gone, and its locks with it. */
  readonly over: AbortSignal;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** After so long without a statement the server ends the session, and frees its locks. */
  readonly idleTimeoutMs: number;
  /** After so long without an answer a statement fails. */
  readonly answerTimeoutMs: number;
}

/** @throws what `isOutage` knows, when the server cannot be reached now */
export async function openSession(connectionString: string, options: SessionOptions): Promise<Session> {
  const client = new Client({ ...connectionTo(connectionString), query_timeout: options.answerTimeoutMs });
  const over = new AbortController();
  const end = () => over.abort();
  client.once('error', end).once('end', end);
  try {
    await client.connect();
    await client.query(`SET idle_session_timeout = ${options.idleTimeoutMs}`);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return {
    query: async (text, parameters = []) => (await client.query(text, [...parameters])).rows,
    async listen(channel, listener) {
      client.on('notification', message => {
        if (message.channel === channel) listener(message.payload ?? '');
      });
      await client.query(`LISTEN ${channel}`);
    },
    over: over.signal,
    async close() {
      end();
      await client.end();
    },
  };
}
