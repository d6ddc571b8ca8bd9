import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { digestsOf } from '../../src/projections/digest.js';
import { emptyView } from '../../src/projections/tables.js';
import { views } from '../../src/server/registry.js';
import { visitView } from '../../src/visits/views.js';
import { type Doorstep, doorstep } from '../harness/doorstep.js';
import { metricsAt } from '../harness/metrics.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { compileSatchel, type SatchelProgram, settingsOf } from '../harness/satchelProcess.js';
import { type Anything, TestSatchel } from '../harness/testSatchel.js';

const WAIT = { timeout: 20_000 };
const VISIT = 'query V($id: ID!) { visit(id: $id) { id revision parked history { totalCount } } }';
const LIST = '{ visits(first: 10) { nodes { id revision parked } readAt } }';
const PARKED = '{ parkedStreams { streamId projection events type revision position reason parkedAt } }';
const RETRY = `mutation Retry($input: RetryParkedStreamInput!) { retryParkedStream(input: $input) {
  taken parkedStreams { streamId events reason } } }`;

/** What no fold should meet: the read model of visits cannot take in this type, until it is mended. */
function poison(type: string): void {
  const { fold } = visitView;
  vi.spyOn(visitView, 'fold').mockImplementation((row, event, ...rest) => {
    if (event.type === type) throw new TypeError(`no idea what ${JSON.stringify(event.data)} means`);
    return fold(row, event, ...rest);
  });
}

describe('a read model that cannot take in an event', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let program: SatchelProgram;

  beforeAll(async () => {
    program = await compileSatchel();
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
  });
  afterAll(async () => {
    program.remove();
    await satchel.close();
  });
  afterEach(() => void vi.restoreAllMocks());

  const visitAs = async (id: string) => (await satchel.read(door.officer, VISIT, { id })).visit;
  const note = (visitId: string): Promise<Anything> =>
    door.do('recordNote', { visitId, text: '老人身体尚可' }, 'visit { id revision }');
  const readiness = async () => {
    const response = await fetch(`${satchel.url}/readyz`);
    return { status: response.status, ...((await response.json()) as Anything) };
  };
  const retry = (streamId: string, person = people.admin) => satchel.ask(person, RETRY, { input: { streamId } });

  it('goes on without that stream, says so to all who ask, and has it again when it is mended', async () => {
    const [stuck, other] = [await door.visit(), await door.visit()];
    expect(await readiness()).toMatchObject({ status: 200, ready: true, degraded: false });
    poison('VisitNoteRecorded');

    // Recorded, but not to be read: no noun, and a token that says so too.
    const first = await note(stuck);
    expect(first).toMatchObject({ visit: null, errors: [], consistencyToken: expect.any(String) });
    const behind = await door.do(
      'distributeMaterial',
      { visitId: stuck, topic: 'ANTI_FRAUD', quantity: 5 },
      'visit { id }',
    );
    expect(behind).toMatchObject({ visit: null, errors: [] });
    for (const { consistencyToken } of [first, behind]) {
      const { errors } = await satchel.ask(door.officer, LIST, {}, { 'satchel-read-after': consistencyToken });
      expect(errors).toMatchObject([{ extensions: { code: 'STALE', parked: true } }]);
    }
    // Whoever sends it again is answered the same.
    expect(await satchel.stores.events.head()).toBe(satchel.services.projections.position);

    // What can be read of it is true as of its revision, and says that it is not all.
    expect(await visitAs(stuck)).toEqual({ id: stuck, revision: 0, parked: true, history: { totalCount: 3 } });
    const moved = await door.do(
      'distributeMaterial',
      { visitId: other, topic: 'ANTI_FRAUD', quantity: 2 },
      'visit { revision }',
    );
    expect(moved.visit).toEqual({ revision: 1 });
    const { visits } = await satchel.read(door.officer, LIST);
    expect(visits.readAt).toBe(await satchel.stores.events.head());
    expect(new Map(visits.nodes.map((node: Anything) => [node.id, [node.revision, node.parked]]))).toEqual(
      new Map([
        [stuck, [0, true]],
        [other, [1, false]],
      ]),
    );

    expect(await readiness()).toMatchObject({
      status: 200,
      ready: true,
      degraded: true,
      parts: { visit: { state: 'PARKED', text: expect.stringMatching(/^0 \w+ behind, 1 stream parked$/) } },
    });
    const counted = await metricsAt(`${satchel.url}/metrics`);
    expect(counted.get('satchel_parked_streams{projection="visit"}')).toBe(1);
    expect(counted.get('satchel_parked_streams{projection="dispute"}')).toBe(0);
    const { parkedStreams } = await satchel.read(people.auditor, PARKED);
    expect(parkedStreams).toMatchObject([
      { streamId: stuck, projection: 'visit', events: 2, type: 'VisitNoteRecorded', revision: 1 },
    ]);
    expect(parkedStreams[0].reason).toMatch(/^TypeError at .*parking\.test\.ts/);
    expect(JSON.stringify(parkedStreams)).not.toMatch(/no idea|老人/);

    // It outlasts the process, and is not tried again by itself.
    await satchel.restart();
    expect((await satchel.read(people.admin, PARKED)).parkedStreams).toMatchObject([{ streamId: stuck, events: 2 }]);

    const inVain = await retry(stuck);
    expect(inVain.data?.retryParkedStream).toMatchObject({ taken: 0, parkedStreams: [{ streamId: stuck, events: 2 }] });
    vi.restoreAllMocks();
    expect((await retry(stuck)).data?.retryParkedStream).toEqual({ taken: 2, parkedStreams: [] });
    expect(await visitAs(stuck)).toEqual({ id: stuck, revision: 2, parked: false, history: { totalCount: 3 } });
    expect(await readiness()).toMatchObject({ status: 200, degraded: false });
    expect((await note(stuck)).visit).toEqual({ id: stuck, revision: 3 });

    const now = await digestsOf(satchel.services.db, views);
    const term = (await satchel.stores.leadership.tryLead())!;
    for (const view of views) await emptyView(satchel.services.db, view, term);
    await satchel.restart();
    expect(await satchel.services.projections.reached(await satchel.stores.events.head(), 10_000)).toBe(true);
    expect(await digestsOf(satchel.services.db, views)).toEqual(now);
  });

  it('is looked at again when another program has taken the events in, though nothing is recorded', async () => {
    const id = await door.visit();
    poison('VisitNoteRecorded');
    await note(id);
    await note(id);
    vi.restoreAllMocks();
    expect(await readiness()).toMatchObject({ degraded: true });
    expect(await visitAs(id)).toMatchObject({ revision: 0, parked: true });

    const retried = await program.run(['retry'], settingsOf(satchel));
    expect(retried).toMatchObject({ code: 0, stdout: `${id}  2 events taken in\n`, stderr: '' });
    await expect.poll(readiness, WAIT).toMatchObject({ status: 200, degraded: false });
    expect(satchel.services.projections.parked).toEqual([]);
    expect(await visitAs(id)).toMatchObject({ revision: 2, parked: false });
    expect((await note(id)).visit).toEqual({ id, revision: 3 });
  }, 60_000);

  it('is retried by several at once, who share the work', async () => {
    const id = await door.visit();
    poison('VisitNoteRecorded');
    for (let n = 0; n < 3; n++) await note(id);
    vi.restoreAllMocks();
    const retries = [
      ...Array.from({ length: 4 }, () => satchel.services.retryStream(id)),
      program.run(['retry'], settingsOf(satchel)),
    ];
    const [one, two, three, four, ended] = (await Promise.all(retries)) as Anything[];
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const here = [one, two, three, four];
    expect(here.map(({ failed }) => failed)).toEqual([[], [], [], []]);
    const elsewhere = Number(/(\d+) events taken in/.exec(ended.stdout)?.[1] ?? 0);
    expect(here.reduce((sum, { taken }) => sum + taken, elsewhere)).toBe(3);
    expect(await visitAs(id)).toMatchObject({ revision: 3, parked: false });
  }, 60_000);

  it('takes in what it can of a stream when it meets another one', async () => {
    const id = await door.visit();
    poison('VisitNoteRecorded');
    await note(id);
    await door.do('distributeMaterial', { visitId: id, topic: 'ANTI_FRAUD', quantity: 5 });
    await note(id);
    vi.restoreAllMocks();
    poison('MaterialDistributed');
    expect((await retry(id)).data?.retryParkedStream).toMatchObject({ taken: 1, parkedStreams: [{ events: 2 }] });
    expect(await visitAs(id)).toMatchObject({ revision: 1, parked: true });
    const { parkedStreams } = await satchel.read(people.admin, PARKED);
    expect(parkedStreams).toMatchObject([
      { type: 'MaterialDistributed', revision: 2, reason: expect.stringContaining('TypeError') },
    ]);
    vi.restoreAllMocks();
    expect((await retry(id)).data?.retryParkedStream).toEqual({ taken: 2, parkedStreams: [] });
    expect(await visitAs(id)).toMatchObject({ revision: 3, parked: false });
  });

  it('does not take the blame of a store that is away for a while', async () => {
    const { open } = await lensOf(satchel.stores.vault);
    expect(open).toBeTypeOf('function');
    const id = await door.visit();
    let away = true;
    const { fold } = visitView;
    vi.spyOn(visitView, 'fold').mockImplementation((...given) => {
      if (away) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
      return fold(...given);
    });
    const waiting = note(id);
    await expect.poll(() => satchel.services.projections.status().some(({ stopped }) => stopped)).toBe(true);
    away = false;
    expect((await waiting).visit).toEqual({ id, revision: 1 });
    expect(satchel.services.projections.parked).toEqual([]);
  });

  it('is for administrators to retry, and for auditors to see', async () => {
    for (const person of [people.officer, people.countyChief, people.analyst])
      expect((await satchel.ask(person, PARKED)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await retry(people.station, people.auditor)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await retry(people.station)).errors).toMatchObject([{ extensions: { code: 'NOT_PARKED' } }]);
  });
});
