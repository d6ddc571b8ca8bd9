import { StoreMisconfigured } from '../errors.js';

/** Options of a connection string that Satchel leaves to its operator. Times in milliseconds but for the gossip. */
export interface AddressOptions {
  /** True by default. */
  readonly tls: boolean;
  readonly tlsCaFile?: string;
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  readonly maxDiscoverAttempts?: number;
  readonly discoveryInterval?: number;
  /** Seconds. */
  readonly gossipTimeout?: number;
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
}

type Draft = { -readonly [Key in keyof AddressOptions]: AddressOptions[Key] };
type Take = (draft: Draft, value: string, name: string) => void;

const text =
  (key: 'tlsCaFile' | 'userCertFile' | 'userKeyFile' | 'connectionName'): Take =>
  (draft, value) => {
    draft[key] = value;
  };

const whole =
  (
    key: 'maxDiscoverAttempts' | 'discoveryInterval' | 'gossipTimeout' | 'keepAliveInterval' | 'keepAliveTimeout',
    least: number,
  ): Take =>
  (draft, value, name) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least) throw wrong(name, `a whole number from ${least} on`);
    draft[key] = Number(value);
  };

const only =
  (...allowed: string[]): Take =>
  (_draft, value, name) => {
    if (!allowed.includes(value.toLowerCase())) throw wrong(name, allowed.join(' or '));
  };

const OPTIONS = new Map<string, Take>([
  [
    'tls',
    (draft, value, name) => {
      only('true', 'false')(draft, value, name);
      draft.tls = value.toLowerCase() === 'true';
    },
  ],
  // The client cannot leave certificates unchecked, and would only say so in passing.
  ['tlsverifycert', only('true')],
  ['tlscafile', text('tlsCaFile')],
  ['usercertfile', text('userCertFile')],
  ['userkeyfile', text('userKeyFile')],
  ['connectionname', text('connectionName')],
  ['maxdiscoverattempts', whole('maxDiscoverAttempts', 1)],
  ['discoveryinterval', whole('discoveryInterval', 1)],
  ['gossiptimeout', whole('gossipTimeout', 1)],
  // The client warns on the console below this.
  ['keepaliveinterval', whole('keepAliveInterval', 10_000)],
  ['keepalivetimeout', whole('keepAliveTimeout', 1)],
  // A receipt that is looked for must not be missed on a node that lags behind.
  ['nodepreference', only('leader')],
]);

/** @throws StoreMisconfigured naming the option, and never its value */
export function parseOptions(query: string | undefined): AddressOptions {
  const draft: Draft = { tls: true };
  const seen = new Set<string>();
  for (const pair of query ? query.split('&') : []) {
    const [rawName = '', rawValue = '', ...rest] = pair.split('=');
    const name = rawName.toLowerCase().replaceAll(/[_-]/g, '');
    const take = OPTIONS.get(name);
    if (take === undefined) {
      throw new StoreMisconfigured(
        `The address of EventStoreDB has an option that is not known; there are ${[...OPTIONS.keys()].join(', ')}`,
      );
    }
    if (rest.length > 0 || seen.has(name)) throw wrong(name, 'given once, as option=value');
    seen.add(name);
    take(draft, decode(rawValue, name), name);
  }
  return draft;
}

function decode(value: string, name: string): string {
  try {
    const decoded = decodeURIComponent(value);
    if (decoded !== '') return decoded;
  } catch {
    // Said below, without the value.
  }
  throw wrong(name, 'a percent-encoded value');
}

const wrong = (name: string, expected: string): StoreMisconfigured =>
  new StoreMisconfigured(`Option ${name} in the address of EventStoreDB must be ${expected}`);
