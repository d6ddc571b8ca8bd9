import type { z } from 'zod';
import {
  byteSize,
  documents,
  endpoint,
  eventStoreAddress,
  inFile,
  localSwitch,
  masterKey,
  metricsPlace,
  milliseconds,
  notEmpty,
  oneOf,
  origins,
  postgres,
  ratio,
  storePlace,
  wholeNumber,
} from './settingParsers.js';

/** One thing that can be set from outside. `Value` is what the program sees of it. */
export interface Setting<Value = unknown> {
  readonly name: `SATCHEL_${string}`;
  readonly description: string;
  /** As it would be written in the environment. */
  readonly default: string | undefined;
  readonly parser: z.ZodType<Value, string>;
  /** Never printed. */
  readonly secret: boolean;
}

const setting = <Value>(
  name: Setting['name'],
  defaultText: string | undefined,
  parser: z.ZodType<Value, string>,
  description: string,
  secret = false,
): Setting<Value> => ({ name, description, default: defaultText, parser, secret });

/** Every setting there is, by the name that the program uses. */
export const table = {
  data: setting('SATCHEL_DATA', './data', notEmpty, 'Directory that holds the stores'),
  eventStore: setting<string | undefined>(
    'SATCHEL_EVENTSTORE',
    undefined,
    eventStoreAddress,
    'Address of EventStoreDB, `esdb://user:password@host:2113`, to keep the events there and not in the data directory',
    true,
  ),
  eventStoreFile: setting<string | undefined>(
    'SATCHEL_EVENTSTORE_FILE',
    undefined,
    inFile(eventStoreAddress),
    'File that holds that address, instead of it',
  ),
  eventStoreCaFile: setting<string | undefined>(
    'SATCHEL_EVENTSTORE_CA_FILE',
    undefined,
    notEmpty,
    'Certificate of the authority that signed that of EventStoreDB, in PEM form',
  ),
  database: setting<string | undefined>(
    'SATCHEL_DATABASE',
    undefined,
    postgres,
    'PostgreSQL database for the read models, `postgres://…`; a file in the data directory, if left out',
    true,
  ),
  databaseFile: setting<string | undefined>(
    'SATCHEL_DATABASE_FILE',
    undefined,
    inFile(postgres),
    'File that holds that address, instead of it',
  ),
  vault: setting<string | undefined>(
    'SATCHEL_VAULT',
    undefined,
    storePlace,
    'Where the keys of personal data are, if not with the read models: another PostgreSQL database, `postgres://…`, or the path of a file',
    true,
  ),
  vaultFile: setting<string | undefined>(
    'SATCHEL_VAULT_FILE',
    undefined,
    inFile(storePlace),
    'File that holds that address, instead of it',
  ),
  control: setting<string | undefined>(
    'SATCHEL_CONTROL',
    undefined,
    storePlace,
    'Where policies keep what they wait for, if not with the read models: another PostgreSQL database, `postgres://…`, or the path of a file',
    true,
  ),
  controlFile: setting<string | undefined>(
    'SATCHEL_CONTROL_FILE',
    undefined,
    inFile(storePlace),
    'File that holds that address, instead of it',
  ),
  host: setting('SATCHEL_HOST', '127.0.0.1', notEmpty, 'Address to listen on; `0.0.0.0` for every network'),
  port: setting('SATCHEL_PORT', '4000', wholeNumber('a port', 0, 65_535), 'Port to listen on; `0` takes any free one'),
  masterKey: setting<Buffer | undefined>(
    'SATCHEL_MASTER_KEY',
    undefined,
    masterKey,
    'Key that wraps the keys of personal data: 32 bytes, hexadecimal or base64',
    true,
  ),
  masterKeyFile: setting<Buffer | undefined>(
    'SATCHEL_MASTER_KEY_FILE',
    undefined,
    inFile(masterKey),
    'File that holds the master key, instead of it',
  ),
  logLevel: setting(
    'SATCHEL_LOG_LEVEL',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'Least grave thing to log',
  ),
  graphiql: setting(
    'SATCHEL_GRAPHIQL',
    'local',
    localSwitch,
    'The page for trying queries at `/graphiql`: `on`, `off`, or `local` (on while the host is this machine alone)',
  ),
  introspection: setting(
    'SATCHEL_INTROSPECTION',
    'local',
    localSwitch,
    'Whether clients may ask for the schema: `on`, `off` or `local`',
  ),
  metrics: setting(
    'SATCHEL_METRICS',
    'local',
    metricsPlace,
    'Metrics for Prometheus at `/metrics`: beside the API (`on`, `off`, or `local`, on while the host is this machine ' +
      'alone), or at an address of their own, `127.0.0.1:9464`',
  ),
  traces: setting<string | undefined>(
    'SATCHEL_TRACES',
    undefined,
    endpoint,
    'Where traces are sent to, as OTLP over HTTP: `http://127.0.0.1:4318/v1/traces`; none are made, if left out',
  ),
  tracesRatio: setting('SATCHEL_TRACES_RATIO', '1', ratio, 'Part of the traces that is kept, from `0` to `1`'),
  bodyLimit: setting('SATCHEL_BODY_LIMIT', '1MiB', byteSize, 'Largest request, and largest message over WebSocket'),
  queryDepth: setting('SATCHEL_QUERY_DEPTH', '12', wholeNumber('a depth', 1, 100), 'Deepest nesting of a query'),
  queryCost: setting(
    'SATCHEL_QUERY_COST',
    '20000',
    wholeNumber('a cost', 1, 10_000_000),
    'Highest cost of a query: 1 for a field and up to 1000 for what reads much, times `first`, or about as many as there are, inside a list',
  ),
  queryTokens: setting(
    'SATCHEL_QUERY_TOKENS',
    '4000',
    wholeNumber('a count of tokens', 100, 100_000),
    'Longest query, in tokens (words and signs)',
  ),
  queryAliases: setting(
    'SATCHEL_QUERY_ALIASES',
    '30',
    wholeNumber('a count of aliases', 0, 1_000),
    'Most aliases in a query',
  ),
  trustedDocuments: setting(
    'SATCHEL_TRUSTED_DOCUMENTS',
    undefined,
    inFile(documents),
    'File of the only documents that clients may run: a JSON object of texts by id; any may be run, if left out',
  ),
  rateLimit: setting(
    'SATCHEL_RATE_LIMIT',
    '3000',
    wholeNumber('a count of operations', 0, 1_000_000),
    'Operations that one person may ask of one process in a minute, all at once if need be; `0` for no limit',
  ),
  requestTimeout: setting(
    'SATCHEL_REQUEST_TIMEOUT',
    '30000',
    milliseconds(),
    'Longest time for a request, in ms; what it still reads then is given up',
  ),
  readAfterTimeout: setting(
    'SATCHEL_READ_AFTER_TIMEOUT',
    '3000',
    milliseconds(60_000),
    'Longest wait of a read for its consistency token, in ms',
  ),
  mutationWait: setting(
    'SATCHEL_MUTATION_WAIT',
    '3000',
    milliseconds(60_000),
    'Longest wait of a mutation for its own views, in ms',
  ),
  subscriptionBuffer: setting(
    'SATCHEL_SUBSCRIPTION_BUFFER',
    '10000',
    wholeNumber('a count of events', 1, 1_000_000),
    'Events that a subscription may be behind by before it is closed with its last cursor',
  ),
  drainTimeout: setting(
    'SATCHEL_DRAIN_TIMEOUT',
    '10000',
    milliseconds(600_000),
    'Time that running requests get to finish at the end, in ms',
  ),
  corsOrigins: setting(
    'SATCHEL_CORS_ORIGIN',
    '',
    origins,
    'Web origins whose pages may call the API, between commas; none by default',
  ),
} as const;

/** In the order of the README's table. */
export const settings: readonly Setting[] = Object.values(table);

/** The settings as a Markdown table, for the README. */
export function renderSettingsTable(): string {
  const rows = settings.map(({ name, default: fallback, description, secret }) => {
    const shown = secret ? 'none (secret)' : fallback ? `\`${fallback}\`` : 'none';
    return `| \`${name}\` | ${shown} | ${description} |`;
  });
  return ['| Variable | Default | What it is |', '| --- | --- | --- |', ...rows].join('\n');
}
