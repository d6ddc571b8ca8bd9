import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope } from '../../src/access/authorise.js';
import { Unauthenticated } from '../../src/access/errors.js';
import { type ViewerDirectory, viewerDirectory } from '../../src/organisation/viewers.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const VIEWER = '{ viewer { actorId role orgUnit { id } officer { id } mediators { id } scope { id } } }';

describe('who a viewer is', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let elder: string;
  let hostAsMediator: string;
  let directory: ViewerDirectory;

  const appoint = async (input: object) => {
    const id = newId('mediator');
    const { station: orgUnitId } = people;
    await satchel.done(people.admin, 'appointMediator', { id, orgUnitId, adult: true, ...input });
    return id;
  };
  const resolve = (subject: string, issuer = 'satchel:local') => directory.resolve({ issuer, subject });

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    elder = await appoint({ name: '村民甲', category: 'VETERAN_VILLAGE_CADRE' });
    hostAsMediator = await appoint({ officerId: people.officer, category: 'OFFICER' });
    directory = viewerDirectory(satchel.services.db);
  });
  afterAll(() => satchel.close());

  it('is an officer, in role and unit in force, who may be a mediator too', async () => {
    const { viewer } = await satchel.read(people.officer, VIEWER);
    expect(viewer).toEqual({
      actorId: people.officer,
      role: 'OFFICER',
      orgUnit: { id: people.station },
      officer: { id: people.officer },
      mediators: [{ id: hostAsMediator }],
      scope: [{ id: people.station }],
    });
  });

  it('is a mediator of the village, who sees no unit’s work', async () => {
    const { viewer } = await satchel.read(elder, VIEWER);
    expect(viewer).toMatchObject({
      actorId: elder,
      role: 'MEDIATOR',
      orgUnit: { id: people.station },
      officer: null,
      mediators: [{ id: elder }],
      scope: [],
    });
    expect(await satchel.read(elder, '{ mediators { nodes { id } } officers { nodes { id } } }')).toEqual({
      mediators: { nodes: [] },
      officers: { nodes: [] },
    });
  });

  it('sees the own unit and all below it', async () => {
    const county = await resolve(people.countyChief);
    expect(county).toMatchObject({ role: 'COUNTY_CHIEF', orgUnitId: people.county });
    for (const unit of [people.county, people.station, people.otherStation]) expect(inScope(county, unit)).toBe(true);
    const station = await resolve(people.chief);
    expect(station.scope).toEqual(new Set([people.station]));
  });

  it('sees, in a justice office or a tribunal, that unit alone', async () => {
    const office = newId('orgunit');
    await satchel.done(people.admin, 'registerOrgUnit', {
      id: office,
      name: '豆坝司法所',
      level: 'JUSTICE_OFFICE',
      parentId: people.county,
    });
    const clerk = newId('officer');
    const post = { orgUnitId: office, role: 'JUSTICE_OFFICE', post: '司法助理员' };
    await satchel.done(people.admin, 'registerOfficer', { id: clerk, name: '司法员甲', ...post });
    directory.invalidate();
    expect((await resolve(clerk)).scope).toEqual(new Set([office]));
  });

  it('is nobody when the record does not know the person', async () => {
    await expect(resolve(newId('officer'))).rejects.toThrow(Unauthenticated);
    await expect(resolve(people.officer, 'https://id.example')).rejects.toThrow(Unauthenticated);
    const answer = await satchel.ask(newId('officer'), VIEWER);
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is remembered until something is said of people or units', async () => {
    const before = await resolve(people.otherOfficer);
    expect(await resolve(people.otherOfficer)).toBe(before);
    const post = { orgUnitId: people.station, role: 'STATION_CHIEF', post: '所长' };
    await satchel.done(people.admin, 'assignToUnit', { officerId: people.otherOfficer, ...post });
    directory.invalidate(new Set(['visit', 'dispute']));
    expect(await resolve(people.otherOfficer)).toBe(before);
    directory.invalidate(new Set(['visit', 'officer']));
    expect(await resolve(people.otherOfficer)).toMatchObject({ role: 'STATION_CHIEF', orgUnitId: people.station });
    // The server, which is told of what is projected, knows without being asked.
    const { viewer } = await satchel.read(people.otherOfficer, VIEWER);
    expect(viewer.role).toBe('STATION_CHIEF');
  });

  it('does not act as a mediator while suspended', async () => {
    await satchel.done(people.admin, 'suspendMediator', { mediatorId: elder, reason: 'PARTIALITY' });
    await satchel.done(people.admin, 'suspendMediator', { mediatorId: hostAsMediator, reason: 'OWN_REQUEST' });
    expect((await satchel.ask(elder, VIEWER)).status).toBe(401);
    expect((await satchel.read(people.officer, VIEWER)).viewer.mediators).toEqual([]);
    await satchel.done(people.admin, 'reinstateMediator', { mediatorId: elder, reason: 'REMEDIED' });
    expect((await satchel.ask(elder, VIEWER)).status).toBe(200);
  });
});
