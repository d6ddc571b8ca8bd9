import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { type MediationCase, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const CASE = `query Q($id: ID!) { dispute(id: $id) { summary
  mediators { mediatorId replaced removed } allowedCommands { name reasons { code } } } }`;
const MINE = '{ disputes { nodes { id } } }';

describe('the mediators of a case', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  const elder = newId('mediator');

  const seenBy = async (person: string) => (await satchel.read(person, CASE, { id: held.id })).dispute;
  const listOf = async (person: string) => (await satchel.read(person, MINE)).disputes.nodes;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await scheduledCase(satchel, people);
    await satchel.done(people.chief, 'appointMediator', {
      id: elder,
      name: '村民甲',
      category: 'VETERAN_HOUSEHOLD_HEAD',
      orgUnitId: people.station,
      adult: true,
    });
  });
  afterAll(() => satchel.close());

  it('see it until they are removed, with a reason', async () => {
    await held.do('assignMediator', { mediatorId: elder });
    expect((await seenBy(elder)).summary).toContain('排水沟');
    expect(await listOf(elder)).toEqual([{ id: held.id }]);
    const off = { disputeId: held.id, mediatorId: elder, reason: 'MISCONDUCT' };
    const { events } = await satchel.done(people.chief, 'removeMediator', off);
    expect(events).toMatchObject([{ type: 'MediatorRemoved' }]);
    const { errors } = await satchel.ask(elder, CASE, { id: held.id });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(await listOf(elder)).toEqual([]);
    expect((await seenBy(people.chief)).mediators).toEqual([
      { mediatorId: held.host, replaced: false, removed: false },
      { mediatorId: elder, replaced: false, removed: true },
    ]);
    expect(await satchel.refused(people.chief, 'removeMediator', off)).toEqual(['MEDIATOR_NOT_ASSIGNED']);
    const answer = await satchel.ask(
      elder,
      'mutation Do($input: GiveConsentInput!) { giveConsent(input: $input) { events { id } } }',
      { input: { commandId: newUuid(), disputeId: held.id, partyId: held.sideA } },
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('neither report nor screen: those are for the station', async () => {
    await held.do('assignMediator', { mediatorId: elder });
    for (const [command, input] of [
      [
        'reportDispute',
        { source: 'PROACTIVE', category: 'DEBT', title: '借款纠纷', divisionCode: '621224110', parties: [] },
      ],
      ['screenDispute', { disputeId: held.id, legalBasis: 'CIVIL', riskLevel: 1 }],
    ] as const) {
      const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}Input!`;
      const query = `mutation Do($input: ${type}) { ${command}(input: $input) { events { id } } }`;
      const answer = await satchel.ask(elder, query, { input: { commandId: newUuid(), ...input } });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const { allowedCommands } = await seenBy(elder);
    expect(allowedCommands).toContainEqual({ name: 'scheduleSession', reasons: [] });
    expect(allowedCommands).toContainEqual({
      name: 'screenDispute',
      reasons: [{ code: 'FORBIDDEN' }, { code: 'SCREENING_OVER' }],
    });
  });
});
