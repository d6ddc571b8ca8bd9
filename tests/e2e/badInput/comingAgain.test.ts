import { beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { registerResident } from '../../harness/residents.js';
import { registerOfficer, type SampleStation } from '../../harness/sampleStation.js';
import type { TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';
import { leavesNothingBehind, refusalsOf, TELLING } from './refusals.js';

describe('a command that comes too late, or under an id that is taken', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let colleague: string;
  let residentId: string;
  const commandId = newUuid();
  const village = '豆坝村';

  const refused = (command: string, input: object, by = people.officer) =>
    satchel.command(by, command, { residentId, ...input }).then(({ errors, events }) => {
      expect(events).toEqual([]);
      expect(JSON.stringify(errors)).not.toContain(TELLING);
      return errors;
    });

  withStation(opened => {
    ({ satchel, people } = opened);
  });
  beforeAll(async () => {
    colleague = await registerOfficer(satchel, people, {
      name: '民警丙',
      orgUnitId: people.station,
      role: 'OFFICER',
    });
    residentId = await registerResident(satchel, people.officer, { name: TELLING });
    // Revision 1 in the hands of the officer; the colleague goes on to revision 2.
    await satchel.done(people.officer, 'updateContact', { residentId, commandId, village });
    await satchel.done(colleague, 'updateVulnerability', { residentId, vulnerabilities: ['ELDER'] });
  });
  leavesNothingBehind(() => satchel);

  it('gets the answer of then, when it is the same', async () => {
    const again = await satchel.done(people.officer, 'updateContact', { residentId, commandId, village });
    expect(again.events).toMatchObject([{ type: 'ContactUpdated', revision: 1 }]);
  });

  it('COMMAND_ID_REUSED with another input, for another noun, as another command, and by another actor', async () => {
    const reused = [{ code: 'COMMAND_ID_REUSED', field: 'commandId', message: expect.stringContaining('used for') }];
    const by = people.officer;
    const other = await Promise.all([
      refusalsOf(satchel, { by, command: 'updateContact', input: { residentId, commandId, village: TELLING } }),
      refusalsOf(satchel, { by, command: 'registerResident', input: { commandId, name: TELLING } }),
      refusalsOf(satchel, {
        by,
        command: 'updateVulnerability',
        input: { residentId, commandId, vulnerabilities: [] },
      }),
      refusalsOf(satchel, { by: colleague, command: 'updateContact', input: { residentId, commandId, village } }),
    ]);
    expect(other).toEqual([reused, reused, reused, reused]);
  });

  it('COMMAND_ID_REUSED tells another station nothing of what it was used for', async () => {
    const answer = await satchel.ask(
      people.otherOfficer,
      `mutation Do($input: UpdateContactInput!) { updateContact(input: $input) {
        resident { id } events { id } errors { code path expectedRevision actualRevision citation } } }`,
      { input: { commandId, residentId, village } },
    );
    expect(answer.data?.updateContact).toEqual({
      resident: null,
      events: [],
      errors: [
        {
          code: 'COMMAND_ID_REUSED',
          path: ['commandId'],
          expectedRevision: null,
          actualRevision: null,
          citation: null,
        },
      ],
    });
  });

  it.each([0, 1, 3, 99])('CONFLICT with both revisions, when %s was expected', async expectedRevision => {
    expect(await refused('updateContact', { village: TELLING, expectedRevision })).toEqual([
      {
        code: 'CONFLICT',
        path: ['expectedRevision'],
        message: expect.stringContaining('moved on'),
        citation: null,
        expectedRevision,
        actualRevision: 2,
      },
    ]);
  });

  it('CONFLICT for a device that has not seen something contradictory', async () => {
    expect(await refused('updateContact', { village: TELLING, basedOnRevision: 0, deviceId: newUuid() })).toMatchObject(
      [{ code: 'CONFLICT', path: ['basedOnRevision'], expectedRevision: 0, actualRevision: 2 }],
    );
    expect(await refused('updateVulnerability', { vulnerabilities: [], basedOnRevision: 1 })).toMatchObject([
      { code: 'CONFLICT', path: ['basedOnRevision'], expectedRevision: 1, actualRevision: 2 },
    ]);
  });
});

describe('a command of a device', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  it('is done when what was recorded since does not contradict it, and what it was based on is recorded', async () => {
    const residentId = await registerResident(satchel, people.officer, { name: TELLING });
    await satchel.done(people.officer, 'updateVulnerability', { residentId, vulnerabilities: ['ELDER'] });
    const { events } = await satchel.done(people.officer, 'updateContact', {
      residentId,
      village: '豆坝村',
      basedOnRevision: 0,
      deviceId: newUuid(),
    });
    expect(events).toMatchObject([{ type: 'ContactUpdated', revision: 2 }]);
    const { resident } = await satchel.read(
      people.officer,
      `{ resident(id: "${residentId}") { history { nodes { basedOnRevision } } } }`,
    );
    expect(resident.history.nodes.map((event: { basedOnRevision: number | null }) => event.basedOnRevision)).toEqual([
      null,
      null,
      0,
    ]);
  });

  it('is recorded once when many send it at the same time', async () => {
    const input = { commandId: newUuid(), name: TELLING };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => satchel.done(people.officer, 'registerResident', input)),
    );
    const first = answers[0].events;
    expect(first).toHaveLength(1);
    for (const { events } of answers) expect(events).toEqual(first);
    const { residents } = await satchel.read(people.officer, '{ residents { nodes { id } } }');
    expect(residents.nodes.filter(({ id }: { id: string }) => id === first[0].streamId)).toHaveLength(1);
  });
});
