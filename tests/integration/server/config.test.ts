import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../src/config.js';
import { renderSettingsTable, settings } from '../../../src/settings.js';

const problemsOf = (env: Record<string, string>, overrides?: Record<string, string>) => {
  try {
    loadConfig(env, overrides);
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map(problem => problem.name);
  }
};

describe('settings', () => {
  it('have defaults that keep their own rules', () => {
    expect(loadConfig({ PATH: '/bin', SATCHEL_TEST_EVENTSTOREDB: 'x' })).toMatchObject({
      data: './data',
      host: '127.0.0.1',
      port: 4000,
      masterKey: undefined,
      bodyLimit: 1_048_576,
      queryDepth: 12,
      corsOrigins: [],
      graphiql: true,
      introspection: true,
    });
  });

  it('come from the command line before the environment, and are as good as absent when empty', () => {
    expect(loadConfig({ SATCHEL_PORT: '1', SATCHEL_BODY_LIMIT: '' }, { SATCHEL_PORT: '2' })).toMatchObject({
      port: 2,
      bodyLimit: 1_048_576,
    });
  });

  it('stop the start with every variable and its rule at once', () => {
    const start = () => loadConfig({ SATCHEL_PORT: '70000', SATCHEL_PROT: '1', SATCHEL_LOG_LEVEL: 'loud' });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(
      /SATCHEL_PROT is not a setting[\s\S]*SATCHEL_PORT must be a port[\s\S]*SATCHEL_LOG_LEVEL must be one of/,
    );
  });

  it.each([
    ['SATCHEL_PORT', '-1'],
    ['SATCHEL_PORT', '4000.5'],
    ['SATCHEL_BODY_LIMIT', '1'],
    ['SATCHEL_BODY_LIMIT', '1GiB'],
    ['SATCHEL_QUERY_DEPTH', '0'],
    ['SATCHEL_REQUEST_TIMEOUT', '30s'],
    ['SATCHEL_GRAPHIQL', 'true'],
    ['SATCHEL_METRICS', '9464'],
    ['SATCHEL_TRACES', 'collector:4318'],
    ['SATCHEL_TRACES', 'http://user:secret@collector/v1/traces'],
    ['SATCHEL_TRACES_RATIO', '1.5'],
    ['SATCHEL_METRICS', 'localhost:70000'],
    ['SATCHEL_CORS_ORIGIN', '*'],
    ['SATCHEL_CORS_ORIGIN', 'https://desk.example/path'],
    ['SATCHEL_EVENTSTORE', 'http://127.0.0.1:2113'],
    ['SATCHEL_EVENTSTORE', 'esdb://127.0.0.1?shout=loud'],
    ['SATCHEL_MASTER_KEY', 'short'],
    ['SATCHEL_MASTER_KEY_FILE', '/nowhere/at/all'],
  ])('refuse %s=%s', (name, text) => {
    expect(problemsOf({ [name]: text })).toEqual([name]);
  });

  it('show page and schema to other machines only when told', () => {
    expect(loadConfig({ SATCHEL_HOST: '0.0.0.0' })).toMatchObject({ graphiql: false, introspection: false });
    expect(loadConfig({ SATCHEL_HOST: '0.0.0.0', SATCHEL_GRAPHIQL: 'on' })).toMatchObject({ graphiql: true });
    expect(loadConfig({}).metrics).toBe('api');
    expect(loadConfig({ SATCHEL_HOST: '0.0.0.0' }).metrics).toBe('off');
    expect(loadConfig({ SATCHEL_HOST: '0.0.0.0', SATCHEL_METRICS: 'on' }).metrics).toBe('api');
    expect(loadConfig({ SATCHEL_METRICS: '[::1]:9464' }).metrics).toEqual({ host: '::1', port: 9464 });
    expect(loadConfig({ SATCHEL_HOST: 'localhost', SATCHEL_GRAPHIQL: 'off' })).toMatchObject({ graphiql: false });
  });

  it('read the master key in each of its forms, and never repeat it', () => {
    const key = randomBytes(32);
    const file = join(mkdtempSync(join(tmpdir(), 'satchel-key-')), 'key');
    writeFileSync(file, `${key.toString('base64')}\n`);
    for (const env of [
      { SATCHEL_MASTER_KEY: key.toString('hex') },
      { SATCHEL_MASTER_KEY: key.toString('base64') },
      { SATCHEL_MASTER_KEY: key.toString('base64url') },
      { SATCHEL_MASTER_KEY_FILE: file },
    ])
      expect(loadConfig(env).masterKey?.equals(key)).toBe(true);
    const both = { SATCHEL_MASTER_KEY: key.toString('hex'), SATCHEL_MASTER_KEY_FILE: file };
    expect(problemsOf(both)).toEqual(['SATCHEL_MASTER_KEY_FILE']);
    const wrong = key.toString('hex').slice(2);
    expect(() => loadConfig({ SATCHEL_MASTER_KEY: wrong })).toThrow(/32 random bytes/);
    expect(() => loadConfig({ SATCHEL_MASTER_KEY: wrong })).not.toThrow(new RegExp(wrong));
  });

  it('never repeat what may be the password of the event store', () => {
    for (const address of ['esdb://admin:hush@ush@host', 'esdb://admin:hush#ush@host', 'esdb://hush:ush:x@host?a=hush'])
      expect(() => loadConfig({ SATCHEL_EVENTSTORE: address })).toThrow(
        /^(?![\s\S]*ush)[\s\S]*SATCHEL_EVENTSTORE is no address/,
      );
    expect(renderSettingsTable()).toContain('| `SATCHEL_EVENTSTORE` | none (secret) |');
  });

  it('read the address of the event store from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'satchel-address-')), 'address');
    writeFileSync(file, 'esdb://admin:hush@events.example\n');
    expect(loadConfig({ SATCHEL_EVENTSTORE_FILE: file }).eventStore).toBe('esdb://admin:hush@events.example');
    expect(loadConfig({}).eventStore).toBeUndefined();
    const both = { SATCHEL_EVENTSTORE_FILE: file, SATCHEL_EVENTSTORE: 'esdb://events.example' };
    expect(problemsOf(both)).toEqual(['SATCHEL_EVENTSTORE_FILE']);
    writeFileSync(file, 'esdb://admin:hush#hush@events.example');
    expect(() => loadConfig({ SATCHEL_EVENTSTORE_FILE: file })).toThrow(/what the file holds is no address/);
    expect(() => loadConfig({ SATCHEL_EVENTSTORE_FILE: file })).not.toThrow(/hush/);
  });

  it('take the address of a PostgreSQL database, and never repeat it', () => {
    const address = 'postgres://satchel:se%40cret@db.example:5433/satchel?sslmode=verify-full';
    expect(loadConfig({ SATCHEL_DATABASE: address }).database).toBe(address);
    expect(loadConfig({}).database).toBeUndefined();
    for (const wrong of ['se@cret', 'postgres://satchel:se/cret@db.example/satchel', 'mysql://a:secret@b/c']) {
      expect(problemsOf({ SATCHEL_DATABASE: wrong })).toEqual(['SATCHEL_DATABASE']);
      expect(() => loadConfig({ SATCHEL_DATABASE: wrong })).not.toThrow(/cret/);
    }
  });

  it.each([
    ['vault', 'SATCHEL_VAULT'],
    ['control', 'SATCHEL_CONTROL'],
  ] as const)('take a file or a PostgreSQL database for the %s, and never repeat it', (store, name) => {
    const address = 'postgres://satchel:se%40cret@db.example/store';
    for (const place of [address, '/srv/satchel/store.db', 'store.db'])
      expect(loadConfig({ [name]: place })[store]).toBe(place);
    const file = join(mkdtempSync(join(tmpdir(), 'satchel-address-')), 'address');
    writeFileSync(file, `${address}\n`);
    expect(loadConfig({ [`${name}_FILE`]: file })[store]).toBe(address);
    expect(problemsOf({ [`${name}_FILE`]: file, [name]: address })).toEqual([`${name}_FILE`]);
    for (const wrong of ['postgres://satchel:se/cret@db.example/store', 'postgre://a:secret@b/c']) {
      expect(problemsOf({ [name]: wrong })).toEqual([name]);
      expect(() => loadConfig({ [name]: wrong })).not.toThrow(/cret/);
    }
  });

  it('stand in a table, each once', () => {
    const rows = renderSettingsTable().split('\n').slice(2);
    expect(rows).toHaveLength(settings.length);
    expect(new Set(rows.map(row => row.split('|')[1])).size).toBe(settings.length);
  });

  it('stand in the README as they are', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(readme).toContain(`<!-- settings -->\n${renderSettingsTable()}\n<!-- /settings -->`);
  });
});
