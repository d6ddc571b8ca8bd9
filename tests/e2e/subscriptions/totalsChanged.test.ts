import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { registerOfficer, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Subscriber, subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const TOTALS = 'metrics { metric quantity } stations officersWithBackpack mediationTeams asOf readAt orgUnit { id }';
const CHANGES = `subscription ($after: String, $orgUnitId: ID) {
  totalsChanged(after: $after, orgUnitId: $orgUnitId) { cursor totals { ${TOTALS} } } }`;

const covers = ({ totals }: Anything): number =>
  totals.metrics.find(({ metric }: Anything) => metric === 'HUKOU_COVER').quantity;

describe.each(TRANSPORTS)('totalsChanged over %s', transport => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;
  const open: Subscriber[] = [];

  const follow = async (personId: string, variables: object = {}): Promise<Subscriber> => {
    const subscriber = await subscribe(satchel, transport, personId, { query: CHANGES, variables: { ...variables } });
    open.push(subscriber);
    return subscriber;
  };
  const give = (quantity: number) => door.do('giveHukouCover', { visitId, quantity });
  /** What comes until so many covers are counted. */
  const until = async (changes: Subscriber, quantity: number): Promise<readonly Anything[]> => {
    const seen: Anything[] = [];
    while (seen.length === 0 || covers(seen.at(-1)) < quantity) seen.push(...(await changes.next(1)));
    return seen;
  };
  const refusal = async (personId: string, variables: object): Promise<Anything> => {
    const failed = await (await follow(personId, variables)).next(1).catch((error: Error) => JSON.parse(error.message));
    return failed[0];
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z');
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    visitId = await door.visit();
    await give(1);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const subscriber of open.splice(0)) await subscriber.close();
  });
  afterAll(() => satchel.close());

  it('tells the totals as the query of today does, then others when they are others', async () => {
    const changes = await follow(people.analyst);
    const [now] = await changes.next(1);
    const { totals } = await satchel.read(people.analyst, `{ totals(asOf: "2022-08-30") { ${TOTALS} } }`);
    expect(now.totals).toEqual(totals);
    expect(now.totals).toMatchObject({ stations: 2, officersWithBackpack: 1, orgUnit: { id: people.county } });
    await give(2);
    expect(covers((await until(changes, 3)).at(-1))).toBe(3);
  });

  it('counts a burst a few times, and ends with what is so', async () => {
    const { db } = satchel.services;
    const read = vi.spyOn(db, 'selectFrom');
    const before = (await (await follow(people.countyChief)).next(1))[0];
    const changes = await follow(people.analyst, { after: before.cursor });
    const [VISITS, EACH] = [6, 10];
    const BURST = VISITS * EACH;
    const visits = await Promise.all(Array.from({ length: VISITS }, () => door.visit()));
    const live = until(changes, covers(before) + BURST);
    await Promise.all(
      visits.map(async visitId => {
        for (let times = 0; times < EACH; times++) await door.do('giveHukouCover', { visitId, quantity: 1 });
      }),
    );
    const seen = await live;
    expect(covers(seen.at(-1))).toBe(covers(before) + BURST);
    expect(seen.length).toBeLessThan(BURST / 2);
    const counts = read.mock.calls.filter(([table]) => (table as unknown as string) === 'mediation_team').length;
    expect(counts).toBeLessThan(BURST / 2);
    read.mockRestore();
  });

  it('tells nothing again to who has it by the cursor, over a restart too', async () => {
    const [had] = await (await follow(people.analyst)).next(1);
    await satchel.restart();
    const changes = await follow(people.analyst, { after: had.cursor });
    const next = changes.next(1);
    // Work that counts for nothing, then some that does.
    await door.do('recordNote', { visitId, text: '样例记录' });
    await give(5);
    const [change] = await next;
    expect(covers(change)).toBe(covers(had) + 5);
    await give(1);
    await until(changes, covers(had) + 6);
    await changes.close();
    // What happens while nobody listens is told as soon as somebody does.
    await give(1);
    const again = await follow(people.analyst, { after: change.cursor });
    expect(covers((await until(again, covers(had) + 7)).at(-1))).toBe(covers(had) + 7);
  });

  it('is of the unit asked for alone', async () => {
    const changes = await follow(people.countyChief, { orgUnitId: people.station });
    const [before] = await changes.next(1);
    expect([covers(before), before.totals.stations]).toEqual([0, 1]);
    await give(1);
    const next = changes.next(1);
    const visit = newId('visit');
    const trip = { id: visit, kind: 'HOUSEHOLD', officerIds: [people.officer], divisionCode: '621224110' };
    await satchel.done(people.officer, 'startVisit', trip);
    await satchel.done(people.officer, 'giveHukouCover', { visitId: visit, quantity: 4 });
    const change = (await next)[0];
    expect(covers(change)).toBe(covers(before) + 4);
  });

  it('tells of units, backpacks and teams as well', async () => {
    const changes = await follow(people.analyst);
    const [before] = await changes.next(1);
    const next = changes.next(1);
    const unit = {
      id: newId('orgunit'),
      name: '新派出所',
      level: 'STATION',
      divisionCode: '621224',
      parentId: people.county,
    };
    await satchel.done(people.admin, 'registerOrgUnit', unit);
    expect((await next)[0].totals.stations).toBe(before.totals.stations + 1);
    const holder = changes.next(1);
    const pack = { officerId: people.officer, backpackId: newId('backpack'), serial: `KX-${transport.length}` };
    await satchel.done(people.chief, 'issueBackpack', pack);
    expect((await holder)[0].totals.officersWithBackpack).toBe(before.totals.officersWithBackpack + 1);
  });

  it('tells figures that have gone and come back to who has others, from a process that had read further', async () => {
    const { projections, store } = satchel.services;
    const officerId = await registerOfficer(satchel, people, {
      name: '民警丙',
      orgUnitId: people.station,
      role: 'OFFICER',
    });
    const changes = await follow(people.analyst);
    await changes.next(1);
    // What the feed of this process waits for before it counts, with the patience that it alone has.
    const reached = projections.reached.bind(projections);
    let countAgain: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      countAgain = resolve;
    });
    vi.spyOn(projections, 'reached').mockImplementation(async (position, timeoutMs) => {
      if (timeoutMs === 1_000) await held;
      return reached(position, timeoutMs);
    });
    const backpackId = newId('backpack');
    await satchel.done(people.chief, 'issueBackpack', { officerId, backpackId, serial: 'KX-9' });
    const elsewhere = JSON.stringify([people.county, await store.head(), 'as-with-it']);
    await satchel.done(people.chief, 'returnBackpack', { officerId, backpackId, reason: 'TRANSFER' });
    countAgain();
    const after = Buffer.from(elsewhere).toString('base64url');
    const other = await follow(people.analyst, { after });
    const [now] = await other.next(1);
    const { totals } = await satchel.read(people.analyst, `{ totals(asOf: "2022-08-30") { ${TOTALS} } }`);
    expect(now.totals).toEqual(totals);
  });

  it('is not for mediators, who see no unit', async () => {
    const mediator = newId('mediator');
    const post = { category: 'VETERAN_HOUSEHOLD_HEAD', name: '调解员样本', orgUnitId: people.station, adult: true };
    await satchel.done(people.chief, 'appointMediator', { id: mediator, ...post });
    expect(await refusal(mediator, {})).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    const { errors } = await satchel.ask(mediator, '{ totals(asOf: "2022-08-30") { checksum } }');
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('refuses a unit out of scope, and a cursor that is none of its own', async () => {
    expect(await refusal(people.officer, { orgUnitId: people.county })).toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
    const [{ cursor }] = await (await follow(people.countyChief, { orgUnitId: people.station })).next(1);
    for (const after of ['nonsense', '12', cursor]) {
      const error = await refusal(people.analyst, { after });
      expect(error).toMatchObject({ extensions: { code: 'BAD_CURSOR', inputPath: ['after'] } });
      expect(error.message).toMatch(/^Argument "after" is no cursor of the totals of this unit/);
    }
    const [unit, position, digest] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const later = position.replace(/^\d+/, (digits: string) => `9${digits}`);
    const after = Buffer.from(JSON.stringify([unit, later, digest])).toString('base64url');
    expect(await refusal(people.countyChief, { after, orgUnitId: people.station })).toMatchObject({
      extensions: { code: 'CURSOR_AHEAD' },
    });
  });
});
