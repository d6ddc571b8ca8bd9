import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

/** The queries of the README, by their names. */
const queries = new Map(
  [...readFileSync('README.md', 'utf8').matchAll(/```graphql\n((?:query|mutation) (\w+)[\s\S]*?)```/g)].map(
    ([, query = '', name = '']) => [name, query],
  ),
);

let satchel: TestSatchel;
let people: SampleStation;
beforeAll(async () => {
  satchel = await TestSatchel.start('2022-10-18T02:00:00Z');
  people = await sampleStation(satchel);
});
afterAll(() => satchel.close());

it('leads from the first administrator to the first case', async () => {
  const station = (queries.get('Station') ?? '').replace('orgunit-<id of the county>', people.county);
  expect(await satchel.read(people.admin, station)).toMatchObject({
    registerOrgUnit: { errors: [], orgUnit: { name: '豆坝派出所' } },
  });
  const { registerOfficer } = await satchel.read(people.admin, queries.get('Officer') ?? '');
  expect(registerOfficer).toMatchObject({ errors: [], officer: { name: '李四' } });
  const asOfficer = queries.get('VisitAndDispute') ?? '';
  const recorded = await satchel.read(registerOfficer.officer.id, asOfficer);
  expect(recorded).toMatchObject({
    startVisit: { errors: [], visit: { status: 'STARTED' } },
    one: { errors: [], resident: { name: '王某' } },
    other: { errors: [], resident: { name: '赵某' } },
    reportDispute: { errors: [], dispute: { statusLabel: 'Reported' } },
  });
  const { allowedCommands } = recorded.reportDispute.dispute;
  expect(allowedCommands).toContainEqual(expect.objectContaining({ name: 'screenDispute', allowed: true }));
});
