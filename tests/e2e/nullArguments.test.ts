import { describe, expect, it } from 'vitest';
import type { SampleStation } from '../harness/sampleStation.js';
import type { TestSatchel } from '../harness/testSatchel.js';
import { withStation } from '../harness/withStation.js';

// Clients with fixed documents send null for what they leave out.
describe('an argument that is null', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  it('means the same as none: in lists and their cursors, and in histories', async () => {
    const list = `query L($first: Int!, $after: String, $role: Role) {
      officers(first: $first, after: $after, role: $role) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const whole = await satchel.read(people.admin, list, { first: 50, after: null, role: null });
    expect(whole.officers.nodes.length).toBeGreaterThan(5);
    const first = await satchel.read(people.admin, list, { first: 2 });
    const rest = await satchel.read(people.admin, list, {
      first: 50,
      after: first.officers.pageInfo.endCursor,
      role: null,
    });
    expect([...first.officers.nodes, ...rest.officers.nodes]).toEqual(whole.officers.nodes);

    const history = `query H($id: ID!, $after: String) {
      officer(id: $id) { history(after: $after) { nodes { revision } } } }`;
    const { officer } = await satchel.read(people.officer, history, { id: people.officer, after: null });
    expect(officer.history.nodes).toEqual([{ revision: 0 }, { revision: 1 }]);
  });
});
