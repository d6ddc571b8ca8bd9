import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { parseAddress } from '../../src/eventstore/eventstoredb/address.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment: Readonly<Record<string, string | number>>;
  readonly secrets: readonly (string | { readonly source: string; readonly target: string })[];
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const compose: Compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
const services = Object.entries(compose.services);
const NODES = ['eventstore-1', 'eventstore-2', 'eventstore-3'];

/** Each secret by the path at which the service finds it. */
const secretsOf = ({ secrets }: Service): ReadonlyMap<string, string> =>
  new Map(
    secrets.map(secret => {
      const { source, target } = typeof secret === 'string' ? { source: secret, target: secret } : secret;
      return [target.startsWith('/') ? target : `/run/secrets/${target}`, source];
    }),
  );
const inProfile = (profile: string) =>
  services.filter(([, { profiles }]) => profiles?.includes(profile)).map(([name]) => name);

describe('docker-compose.yml', () => {
  // As the package dclint ships it; the specification's own, https://github.com/compose-spec/compose-spec.
  const file = readFileSync('node_modules/dclint/schemas/compose.schema.json', 'utf8');
  // Draft 7, which Ajv takes by itself, but under a name that it does not know.
  const { $schema, ...schema } = JSON.parse(file);
  // The schema describes formats and keywords for editors, too.
  const isCompose = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

  it('is as the JSON Schema of the compose specification says', () => {
    isCompose(compose);
    expect(isCompose.errors).toBeNull();
    // The schema tells a mistake from what is right.
    const mistaken = { ...compose, services: { api: { ...compose.services.api, helthcheck: {} } } };
    expect(isCompose(mistaken)).toBe(false);
  });

  it('has a profile for each way to run Satchel, and one process without any', () => {
    expect(services.filter(([, { profiles }]) => !profiles).map(([name]) => name)).toEqual(['api']);
    expect(inProfile('scaled')).toEqual(['scaled', 'eventstore', 'postgres']);
    expect(inProfile('cluster')).toEqual(['api-1', 'api-2', ...NODES, 'cluster-postgres']);
  });

  it('names the version of every image', () => {
    for (const [name, { image, build }] of services) {
      expect(image, name).toMatch(/^[\w./-]+:\d+(\.\d+)+$/);
      expect(build, name).toBe(image?.startsWith('satchel:') ? '.' : undefined);
    }
  });

  it('knows of each service whether it is well, and starts those first that others need', () => {
    const inImage = readFileSync('Dockerfile', 'utf8').includes('HEALTHCHECK ');
    for (const [name, { healthcheck, build, depends_on = {}, profiles = [] }] of services) {
      expect(healthcheck !== undefined || (build === '.' && inImage), name).toBe(true);
      const servers = profiles.flatMap(inProfile).filter(other => /eventstore|postgres/.test(other));
      expect(Object.keys(depends_on).sort(), name).toEqual(build ? servers.sort() : []);
      for (const { condition } of Object.values(depends_on)) expect(condition).toBe('service_healthy');
    }
  });

  it('gives what keeps something a volume of its own, and each process a port of this machine alone', () => {
    const used = services.flatMap(([, { volumes }]) => volumes.map(volume => volume.split(':')[0] as string));
    expect(new Set(used).size).toBe(used.length);
    for (const [name, { volumes, environment }] of services)
      expect(volumes.length > 0, name).toBe(!('SATCHEL_DATABASE_FILE' in environment));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    expect(new Set(ports).size).toBe(ports.length);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:4000$/);
    for (const [name, { ports = [], build }] of services) expect(ports.length, name).toBe(build ? 1 : 0);
  });

  it('keeps every secret in a file, and gives it to those alone who need it', () => {
    for (const [name, secret] of Object.entries(compose.secrets))
      expect(secret, name).toEqual({ file: expect.stringMatching(/^\.\/secrets\/[\w./-]+$/) });
    const used = services.flatMap(([, service]) => [...secretsOf(service).values()]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const [name, service] of services) {
      const [secrets, texts] = [secretsOf(service), Object.entries(service.environment)];
      const named = texts.filter(([, text]) => String(text).startsWith('/run/secrets/'));
      for (const [variable, path] of named) expect(secrets.has(String(path)), `${name} ${variable}`).toBe(true);
      // What may hold a password is a file or is not there.
      for (const [variable] of texts)
        expect(variable, name).not.toMatch(/(PASSWORD|MASTER_KEY|SATCHEL_EVENTSTORE|SATCHEL_DATABASE)$/);
      const { profiles = [] } = service;
      for (const source of secrets.values())
        expect(source === 'master_key' || profiles.includes(source.split('_')[0] as string), source).toBe(true);
    }
  });

  it('has each node of the cluster know the others, by the name that is in its certificate', () => {
    for (const node of NODES) {
      const { environment } = compose.services[node] as Service;
      const others = NODES.filter(other => other !== node).map(other => `${other}:2113`);
      expect(environment).toMatchObject({
        EVENTSTORE_CLUSTER_SIZE: NODES.length,
        EVENTSTORE_GOSSIP_SEED: others.join(','),
        EVENTSTORE_NODE_HOST_ADVERTISE_AS: node,
        EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: node,
      });
    }
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('src/compose/secrets.sh, which needs openssl', () => {
  let directory: string;
  const script = (...args: string[]) => spawnSync('sh', ['src/compose/secrets.sh', ...args], { encoding: 'utf8' });
  /** Where the script has put what compose looks for. */
  const fileOf = (secret: string) =>
    join(directory, (compose.secrets[secret] as { file: string }).file.replace('./secrets/', ''));
  const textOf = (secret: string) => readFileSync(fileOf(secret), 'utf8').trim();
  beforeAll(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'satchel-compose-')), 'secrets');
    for (const profile of ['scaled', 'cluster']) expect(script(profile, directory)).toMatchObject({ status: 0 });
  });
  afterAll(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

  it('makes every file that compose names, readable in a container, and by nobody else on the machine', () => {
    for (const profile of ['.', 'scaled', 'cluster'])
      expect(statSync(join(directory, profile)).mode & 0o777).toBe(0o700);
    for (const [name] of Object.entries(compose.secrets)) {
      expect(existsSync(fileOf(name)), name).toBe(true);
      expect(statSync(fileOf(name)).mode & 0o777, name).toBe(0o644);
    }
    for (const profile of ['scaled', 'cluster'])
      expect(statSync(join(directory, profile, 'ca.key')).mode & 0o777).toBe(0o600);
  });

  it.each(['scaled', 'api-1', 'api-2', 'api'])('makes settings that Satchel takes, for %s', name => {
    const service = compose.services[name] as Service;
    const secrets = secretsOf(service);
    const settings = Object.entries(service.environment).map(([variable, path]) => [
      variable,
      fileOf(secrets.get(String(path)) as string),
    ]);
    const { eventStore, database, masterKey } = loadConfig(Object.fromEntries(settings));
    expect(masterKey).toHaveLength(32);
    const profile = service.profiles?.[0];
    if (!profile) return;
    const { hosts, credentials } = parseAddress(eventStore as string);
    expect(hosts).toEqual((profile === 'cluster' ? NODES : ['eventstore']).map(address => ({ address, port: 2113 })));
    expect(credentials).toEqual({ username: 'admin', password: textOf(`${profile}_eventstore_admin_password`) });
    const { hostname, username, password, pathname } = new URL(database as string);
    const { depends_on = {} } = service;
    expect(Object.keys(depends_on)).toContain(hostname);
    const { POSTGRES_USER, POSTGRES_DB } = (compose.services[hostname] as Service).environment;
    expect({ username, pathname }).toEqual({ username: POSTGRES_USER, pathname: `/${POSTGRES_DB}` });
    expect(password).toBe(textOf(`${profile}_postgres_password`));
  });

  it.each(['eventstore', ...NODES])(
    'makes a certificate for %s, signed by the authority that the others trust',
    node => {
      const secrets = secretsOf(compose.services[node] as Service);
      const text = (path: string) => textOf(secrets.get(path) as string);
      const certificate = new X509Certificate(text('/run/secrets/eventstore_certificate'));
      const authority = new X509Certificate(text('/etc/eventstore/trusted/ca.crt'));
      expect(certificate.verify(authority.publicKey)).toBe(true);
      expect(certificate.checkPrivateKey(createPrivateKey(text('/run/secrets/eventstore_key')))).toBe(true);
      for (const host of [node, 'localhost']) expect(certificate.checkHost(host)).toBe(host);
      for (const other of NODES.filter(each => each !== node)) expect(certificate.checkHost(other)).toBeUndefined();
      expect(certificate.subject).toBe('CN=eventstoredb-node');
      expect(authority.ca).toBe(true);
      expect(new Date(certificate.validTo).getTime() - Date.now()).toBeGreaterThan(800 * 86_400_000);
    },
  );

  it('makes nothing anew, and says so', () => {
    const texts = () => Object.keys(compose.secrets).map(textOf);
    const before = texts();
    expect(script('scaled', directory)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('left as they are'),
    });
    expect(texts()).toEqual(before);
    expect(script()).toMatchObject({ status: 1, stderr: expect.stringContaining('scaled|cluster') });
  });
});
