import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep, takeApplication } from '../../harness/doorstep.js';
import { acceptedCase, type MediationCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const OVERDUE = `query Q($kind: OverdueKind!, $orgUnitId: ID, $first: Int, $after: String) {
  overdue(kind: $kind, orgUnitId: $orgUnitId, first: $first, after: $after) {
    nodes { kind dueDate daysLate of { __typename id } } pageInfo { hasNextPage endCursor } } }`;

describe('what is overdue', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let first: string;
  let second: string;
  let mediated: MediationCase;

  const on = (day: string) => satchel.clock.set(new Date(at(day, '10:00')));
  const page = async (personId: string, variables: object) =>
    (await satchel.read(personId, OVERDUE, { ...variables })).overdue;
  const overdue = async (personId: string, kind: string, orgUnitId?: string) =>
    (await page(personId, { kind, orgUnitId })).nodes;
  const apply = async (): Promise<string> => {
    const certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId });
    return certificateId;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    first = await apply();
    mediated = await acceptedCase(satchel, people);
    on('2022-08-31');
    second = await apply();
  });
  afterAll(() => satchel.close());

  it('is a certificate from the day after its term until it has ended', async () => {
    on('2022-10-29');
    expect(await overdue(door.chief, 'CERT')).toEqual([]);
    on('2022-11-01');
    const line = (id: string, dueDate: string, daysLate: number) => ({
      kind: 'CERT',
      dueDate,
      daysLate,
      of: { __typename: 'Certificate', id },
    });
    const both = [line(first, '2022-10-29', 3), line(second, '2022-10-30', 2)];
    for (const personId of [door.officer, door.chief, people.countyChief, people.auditor])
      expect(await overdue(personId, 'CERT')).toEqual(both);
    const { nodes, pageInfo } = await page(door.chief, { kind: 'CERT', first: 1 });
    expect(nodes).toEqual([both[0]]);
    expect((await page(door.chief, { kind: 'CERT', after: pageInfo.endCursor })).nodes).toEqual([both[1]]);
    await door.do('cancelCertificate', { certificateId: first, reason: 'WITHDRAWN' });
    expect(await overdue(door.chief, 'CERT')).toEqual([both[1]]);
  });

  it('is a mediation while it goes on after its period, and a follow-up while it can be made', async () => {
    on('2022-10-31');
    const [line, ...others] = await overdue(people.chief, 'MEDIATION');
    expect(others).toEqual([]);
    expect(line).toMatchObject({ kind: 'MEDIATION', of: { __typename: 'Dispute', id: mediated.id } });
    expect(line.dueDate < '2022-10-31').toBe(true);
    await mediated.do('terminateMediation', { reason: 'NO_AGREEMENT' });
    expect(await overdue(people.chief, 'MEDIATION')).toEqual([]);

    await mediated.do('scheduleFollowUp', { dueDate: '2022-11-05' });
    on('2022-11-05');
    expect(await overdue(people.chief, 'FOLLOW_UP')).toEqual([]);
    on('2022-11-06');
    expect(await overdue(people.chief, 'FOLLOW_UP')).toEqual([
      { kind: 'FOLLOW_UP', dueDate: '2022-11-05', daysLate: 1, of: { __typename: 'Dispute', id: mediated.id } },
    ]);
    await mediated.do('notifyRemedies', { routes: ['JUDICIAL'] });
    await mediated.do('closeDispute', { outcome: 'FAILED' });
    expect(await overdue(people.chief, 'FOLLOW_UP')).toHaveLength(1);
    await mediated.do('reopenDispute', { reason: 'DISPUTE_RECURRED' });
    expect(await overdue(people.chief, 'FOLLOW_UP')).toEqual([]);
  });

  it('is told to who has to do with it', async () => {
    expect(await overdue(people.chief, 'CERT')).toEqual([]);
    expect(await overdue(people.chief, 'CERT', people.otherStation)).toEqual([]);
    expect(await overdue(people.auditor, 'CERT', people.otherStation)).toHaveLength(1);
    expect(await overdue(people.auditor, 'CERT', people.station)).toEqual([]);
    expect(await overdue(door.chief, 'MEDIATION')).toEqual([]);
    const analyst = await satchel.ask(people.analyst, OVERDUE, { kind: 'CERT' });
    expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
