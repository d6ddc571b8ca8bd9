import type { MetricsPlace } from './settingParsers.js';
import { type Setting, settings, table } from './settings.js';

type Table = typeof table;
type Values = { readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never };

/** What the program is told, checked. */
export type Config = Omit<
  Values,
  | 'graphiql'
  | 'introspection'
  | 'metrics'
  | 'masterKeyFile'
  | 'eventStoreFile'
  | 'databaseFile'
  | 'vaultFile'
  | 'controlFile'
> & {
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** `api`: beside the API. */
  readonly metrics: 'api' | 'off' | Exclude<MetricsPlace, string>;
  /** Names of the settings that are on only because no other machine reaches the host. */
  readonly onWhileLocal: readonly string[];
};

/** A variable and the rule that it breaks. */
export interface SettingProblem {
  readonly name: string;
  readonly rule: string;
}

/** The settings are not as they must be: nothing has been started. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly SettingProblem[]) {
    super(['Satchel cannot start with these settings:', ...problems.map(p => `  ${p.name} ${p.rule}`)].join('\n'));
  }
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Reads every setting once, those in `overrides` (from the command line) before those in `env`. Empty is as good as absent.
 * @throws ConfigError naming every variable that is unknown or breaks its rule
 */
export function loadConfig(env: Texts, overrides: Texts = {}): Config {
  const given = new Map<string, string>();
  for (const [name, text] of [...Object.entries(env), ...Object.entries(overrides)])
    if (name.startsWith('SATCHEL_') && text) given.set(name, text);
  const problems = [...unknownNames(given), ...inBothForms(given)];
  const values = parse(given, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const {
    masterKeyFile,
    eventStoreFile,
    databaseFile,
    vaultFile,
    controlFile,
    graphiql,
    introspection,
    metrics,
    ...rest
  } = values;
  const isOn = (state: 'on' | 'off' | 'local') => state === 'on' || (state === 'local' && isLoopback(rest.host));
  const switches = [
    [table.graphiql, graphiql],
    [table.introspection, introspection],
    [table.metrics, metrics],
  ] as const;
  return {
    ...rest,
    masterKey: rest.masterKey ?? masterKeyFile,
    eventStore: rest.eventStore ?? eventStoreFile,
    database: rest.database ?? databaseFile,
    vault: rest.vault ?? vaultFile,
    control: rest.control ?? controlFile,
    graphiql: isOn(graphiql),
    introspection: isOn(introspection),
    metrics: typeof metrics === 'object' ? metrics : isOn(metrics) ? 'api' : 'off',
    onWhileLocal: switches.filter(([, state]) => state === 'local' && isOn(state)).map(([{ name }]) => name),
  };
}

type Given = ReadonlyMap<string, string>;

/** SATCHEL_TEST_… belongs to the tests, which may run beside a server in the same environment. */
const unknownNames = (given: Given): SettingProblem[] =>
  [...given.keys()]
    .filter(name => !name.startsWith('SATCHEL_TEST_') && !settings.some(known => known.name === name))
    .map(name => ({ name, rule: 'is not a setting that Satchel knows' }));

/** Secrets that may also be named by a file. */
const FORMS = [
  [table.masterKey, table.masterKeyFile],
  [table.eventStore, table.eventStoreFile],
  [table.database, table.databaseFile],
  [table.vault, table.vaultFile],
  [table.control, table.controlFile],
] as const;

const inBothForms = (given: Given): SettingProblem[] =>
  FORMS.filter(forms => forms.every(({ name }) => given.has(name))).map(([text, file]) => ({
    name: file.name,
    rule: `must not be set together with ${text.name}`,
  }));

function parse(given: Given, problems: SettingProblem[]): Values {
  const entries = Object.entries<Setting>(table).map(([key, { name, default: fallback, parser }]) => {
    const text = given.get(name) ?? fallback;
    if (text === undefined) return [key, undefined];
    const parsed = parser.safeParse(text);
    if (!parsed.success) problems.push({ name, rule: parsed.error.issues[0]?.message ?? 'is not valid' });
    return [key, parsed.data];
  });
  return Object.fromEntries(entries) as Values;
}
