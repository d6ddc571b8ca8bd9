import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsLocationOf, locationsOf } from '../../../src/cli/locations.js';
import { loadConfig } from '../../../src/config.js';
import { SimulatedClock } from '../../../src/kernel/clock.js';
import { newUuid } from '../../../src/kernel/ids.js';
import { loadSampleCounty, sampleCounty } from '../../../src/sample/index.js';
import { sampleQueries } from '../../../src/sample/queries.js';
import { openEvents } from '../../../src/server/openEvents.js';
import { openSatchel } from '../../../src/server/satchel.js';
import { emptyPlace, newMasterKey, type SatchelPlace } from '../../harness/satchelPlace.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from '../../harness/satchelProcess.js';
import { newId } from '../../harness/testSatchel.js';

const WRITERS = 4;
/** What each writer has recorded before a backup begins. */
const HEAD_START = 5;

const idOf = (role: string): string => sampleCounty.people.find(person => person.role === role)!.id;

interface BackupManifest {
  readonly events: { readonly count: number; readonly position: string; readonly digest: string };
}

describe('a backup of a server that is at work', { timeout: 90_000 }, () => {
  const masterKey = newMasterKey();
  const places: SatchelPlace[] = [];
  let program: SatchelProgram;
  let scratch: string;
  let original: SatchelPlace;
  let serving: SatchelProcess;

  const place = async (): Promise<SatchelPlace> => {
    const made = await emptyPlace(masterKey);
    places.push(made);
    return made;
  };
  const serve = (at: SatchelPlace) => program.start(['serve'], at.settings);
  const end = async (server: SatchelProcess) => {
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  };
  /** Runs it to its end, which must be a good one; what it printed. */
  const run = async (at: SatchelPlace, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await program.run(args, at.settings);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const tokenOf = async (at: SatchelPlace, role: string) => (await run(at, 'token', idOf(role))).trim();
  const ask = async (url: string, token: string, query: string, variables: object = {}): Promise<object> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as object;
  };
  /** Waits until its read models hold every event. */
  const caughtUp = (url: string, token: string) =>
    expect
      .poll(() => ask(url, token, '{ projections { current } }'), { timeout: 20_000 })
      .toMatchObject({ data: { projections: expect.not.arrayContaining([{ current: false }]) } });
  const backup = async (name: string): Promise<{ folder: string; manifest: BackupManifest }> => {
    const folder = join(scratch, name);
    const said = await run(original, 'backup', folder);
    expect(said).toContain('The master key is not part of it');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as BackupManifest;
    expect(said).toContain(manifest.events.digest);
    return { folder, manifest };
  };
  const restore = async (folder: string, { events }: BackupManifest): Promise<SatchelPlace> => {
    const restored = await place();
    expect(await run(restored, 'restore', folder)).toContain(`${events.digest}  ${events.count} events`);
    return restored;
  };
  const digests = (stdout: string) =>
    new Map([...stdout.matchAll(/^([0-9a-f]{64}) {2}(\w+)/gm)].map(([, digest, view]) => [view, digest]));
  const eventsAt = (at: SatchelPlace) => openEvents(eventsLocationOf(loadConfig(at.settings)), { readOnly: true });
  const streamsAt = async (at: SatchelPlace): Promise<ReadonlySet<string>> => {
    const store = await eventsAt(at);
    const streams = new Set<string>();
    for await (const batch of store.readAllRaw()) for (const { streamId } of batch) streams.add(streamId);
    await store.close();
    return streams;
  };

  /** Officers, each with a name under a key of its own, until told to stop; ids of those that were acknowledged. */
  function register(url: string, token: string) {
    const registered: string[] = [];
    let stopped = false;
    const query =
      'mutation Do($input: RegisterOfficerInput!) { registerOfficer(input: $input) { errors { code message } } }';
    const write = async (writer: number) => {
      for (let n = 0; !stopped; n++) {
        const id = newId('officer');
        const who = {
          id,
          name: `民警${writer}之${n}`,
          orgUnitId: sampleCounty.douba.id,
          role: 'OFFICER',
          post: '民警',
        };
        const answer = await ask(url, token, query, { input: { commandId: newUuid(), ...who } });
        expect(answer).toEqual({ data: { registerOfficer: { errors: [] } } });
        registered.push(id);
      }
    };
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    return {
      registered,
      reached: (count: number) => expect.poll(() => registered.length, { timeout: 20_000 }).toBeGreaterThan(count),
      async stop() {
        stopped = true;
        await writers;
      },
    };
  }

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-backup-'));
    original = await place();
    const clock = new SimulatedClock(new Date(0));
    const satchel = await openSatchel({
      ...locationsOf(loadConfig(original.settings)),
      clock,
      mutationWait: 10_000,
      readAfterTimeout: 10_000,
      onError: error => {
        throw error;
      },
    });
    await loadSampleCounty(satchel, clock, { size: 0, until: new Date() });
    await satchel.close();
    serving = serve(original);
    await serving.url;
  });
  afterAll(async () => {
    serving.child.kill('SIGKILL');
    for (const each of places) await each.remove();
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  let busy: Awaited<ReturnType<typeof backup>>;
  let before: readonly string[];

  it('is taken while commands are recorded, and holds up none of them', async () => {
    const load = register(await serving.url, await tokenOf(original, 'ADMIN'));
    await load.reached(WRITERS * HEAD_START);
    before = [...load.registered];
    busy = await backup('busy');
    const during = load.registered.length;
    await load.reached(during);
    await load.stop();
    expect(during).toBeGreaterThan(before.length);
  });

  it('is restored elsewhere, with every event that was acknowledged before, and every key', async () => {
    const restored = await restore(busy.folder, busy.manifest);
    const streams = await streamsAt(restored);
    expect(before.filter(id => !streams.has(id))).toEqual([]);
    expect(await run(restored, 'fsck')).toMatch(/Sealed values: \d+ open with their key, 0 erased\nEverything fits/);

    const server = serve(restored);
    await caughtUp(await server.url, await tokenOf(original, 'ADMIN'));
    await end(server);
    // What the server built from it, and what a rebuild makes of it.
    const rebuilt = await run(restored, 'rebuild');
    for (const line of rebuilt.trim().split('\n')) expect(line).toMatch(/ as before$/);
    expect(digests(rebuilt)).toEqual(digests(await rebuildUpTo(busy.manifest.events.count)));
  });

  /** A rebuild from the first events of the original, on the embedded engines: a view has the same digest on any. */
  async function rebuildUpTo(count: number): Promise<string> {
    const data = mkdtempSync(join(scratch, 'first-'));
    const [source, target] = [await eventsAt(original), await openEvents({ data }, { disposable: true })];
    let left = count;
    for await (const batch of source.readAllRaw()) {
      const first = batch.slice(0, left);
      left -= first.length;
      await target.appendInOrder(
        first.map(event => ({ streamId: event.streamId, expectedRevision: event.revision - 1, events: [event] })),
      );
    }
    await source.close();
    await target.close();
    copyFileSync(join(busy.folder, 'vault.db'), join(data, 'vault.db'));
    const { code, stdout } = await program.run(['rebuild'], { SATCHEL_DATA: data, SATCHEL_MASTER_KEY: masterKey });
    expect({ code, left }).toEqual({ code: 0, left: 0 });
    return stdout;
  }

  it('answers as the server does that it was taken of, once that is quiet', async () => {
    const { folder, manifest } = await backup('quiet');
    expect(manifest.events.count).toBeGreaterThan(busy.manifest.events.count);
    const restored = await restore(folder, manifest);
    const server = serve(restored);
    // A token of the one is good for the other: its key is in the vault.
    const token = await tokenOf(original, 'COUNTY_CHIEF');
    const [one, other] = [await serving.url, await server.url];
    for (const url of [one, other]) await caughtUp(url, token);
    const queries = sampleQueries.filter(({ query }) => query.startsWith('query'));
    const officers = { query: '{ officers(first: 100) { nodes { id name role } } }', role: 'COUNTY_CHIEF' };
    const tokens = new Map<string, string>();
    for (const { query, role = 'COUNTY_CHIEF' } of [officers, ...queries]) {
      const asked = tokens.get(role) ?? (await tokenOf(original, role));
      tokens.set(role, asked);
      const answer = await ask(one, asked, query);
      expect(answer).not.toHaveProperty('errors');
      expect(await ask(other, asked, query)).toEqual(answer);
    }
    await end(server);
    await end(serving);
    expect(digests(await run(restored, 'rebuild'))).toEqual(digests(await run(original, 'rebuild')));
  });
});
