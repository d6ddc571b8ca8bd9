import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseMasterKey } from './access/vault/masterKey.js';
import { isPostgresAddress, POSTGRES_RULE, parsePostgresAddress } from './database/postgresAddress.js';
import { parseAddress } from './eventstore/eventstoredb/address.js';
import { trustedDocuments } from './graphql/trustedDocuments.js';

// What each kind of setting may be written as. A message names the rule and never repeats the value, which may be secret.

export const wholeNumber = (what: string, min: number, max: number) => {
  const rule = `must be ${what}: a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, rule)
    .transform(Number)
    .refine(value => value >= min && value <= max, rule);
};

export const milliseconds = (max = 3_600_000) => wholeNumber('a time in milliseconds', 0, max);

const UNITS = { '': 1, KiB: 1024, MiB: 1024 ** 2 } as const;

export const byteSize = z.string().transform((text, context) => {
  const [, digits, unit] = /^(\d{1,9}) ?(|KiB|MiB)$/.exec(text) ?? [];
  const bytes = Number(digits) * UNITS[unit as keyof typeof UNITS];
  if (bytes >= 1024 && bytes <= 64 * UNITS.MiB) return bytes;
  context.addIssue('must be a size from 1 KiB to 64 MiB, such as 1048576, 512KiB or 1MiB');
  return z.NEVER;
});

export const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  z.string().pipe(z.enum(values, `must be one of ${values.join(', ')}`));

const KEY_RULE = 'must be 32 random bytes, written as 64 hexadecimal digits or as base64';

export const masterKey = z.string().transform((text, context) => {
  const key = parseMasterKey(text);
  if (key) return key;
  context.addIssue(KEY_RULE);
  return z.NEVER;
});

/** Checked before anything is opened; the adapter reads it again. Its messages never repeat what may be a password. */
export const eventStoreAddress = z.string().transform((text, context) => {
  try {
    parseAddress(text);
    return text;
  } catch (error) {
    context.addIssue(`is no address of an event store. ${(error as Error).message}`);
    return z.NEVER;
  }
});

/** What a file holds, by the rule of the setting that it stands for. */
export const inFile = <Value>(parser: z.ZodType<Value, string>): z.ZodType<Value, string> =>
  z.string().transform((path, context) => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8').trim();
    } catch {
      context.addIssue('must be a file that can be read');
      return z.NEVER;
    }
    const parsed = parser.safeParse(text);
    if (parsed.success) return parsed.data;
    context.addIssue(`what the file holds ${parsed.error.issues[0]?.message}`);
    return z.NEVER;
  });

export const postgres = z.string().refine(text => parsePostgresAddress(text) !== undefined, POSTGRES_RULE);

const PLACE_RULE = 'must be the path of a file, or an address of PostgreSQL, postgres://…';
/** Whatever looks like an address is one, or wrong: as the name of a file it would put a password into errors. */
export const storePlace = z
  .string()
  .refine(text => isPostgresAddress(text) || !text.includes('://'), PLACE_RULE)
  .refine(text => !isPostgresAddress(text) || parsePostgresAddress(text) !== undefined, POSTGRES_RULE);

const ORIGIN = /^https?:\/\/[^/\s,]+$/;
export const origins = z
  .string()
  .transform(text => (text === '' ? [] : text.split(',').map(origin => origin.trim())))
  .refine(list => list.every(origin => ORIGIN.test(origin)), 'must be origins between commas: https://desk.example');

export const documents = z.string().transform((text, context) => {
  const trusted = trustedDocuments(text);
  if (trusted) return trusted;
  context.addIssue('must be a JSON object of documents by id');
  return z.NEVER;
});

export const notEmpty = z.string().min(1, 'must not be empty');

/** `local`: on for as long as only this machine can reach the server. */
export const localSwitch = oneOf('on', 'off', 'local');

/** Where the metrics are served: beside the API, or at an address of their own. */
export type MetricsPlace = 'on' | 'off' | 'local' | { readonly host: string; readonly port: number };

const METRICS_RULE = 'must be on, off, local, or an address such as 127.0.0.1:9464';

export const metricsPlace = z.string().transform((text, context): MetricsPlace => {
  if (text === 'on' || text === 'off' || text === 'local') return text;
  const [, bracketed, plain, port] = /^(?:\[([\da-f:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  context.addIssue(METRICS_RULE);
  return z.NEVER;
});

export const endpoint = z.string().refine(text => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}, 'must be an address such as http://127.0.0.1:4318/v1/traces, without user and password');

export const ratio = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1)$/, 'must be a part from 0 to 1, such as 0.05')
  .transform(Number);
