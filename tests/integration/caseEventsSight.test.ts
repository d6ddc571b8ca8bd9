import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEvents } from '../harness/caseEvents.js';
import { acceptedCase, type MediationCase } from '../harness/mediationCase.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

describe('who hears what happens in a case', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  const elder = newId('mediator');

  /** A mediator of the village who is on the case, with a subscription to it that has told the whole past. */
  const listening = async () => {
    const { dispute } = await satchel.read(people.officer, 'query Q($id: ID!) { dispute(id: $id) { revision } }', {
      id: held.id,
    });
    const events = await caseEvents(satchel, elder, held.id);
    const past = await events.next(dispute.revision + 1);
    return { events, past };
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-10-18T02:00:00Z');
    people = await sampleStation(satchel);
    held = await acceptedCase(satchel, people);
    const { station: orgUnitId, chief } = people;
    const input = { id: elder, orgUnitId, name: '村民甲', category: 'VETERAN_HOUSEHOLD_HEAD', adult: true };
    await satchel.done(chief, 'appointMediator', input);
    await held.do('assignMediator', { mediatorId: elder });
  });
  afterAll(() => satchel.close());

  it('is told all of its past, that of before the own part too', async () => {
    const { events, past } = await listening();
    expect(past[0].event.type).toBe('DisputeReported');
    const live = events.next(1);
    await held.do('giveConsent', { partyId: held.sideA });
    expect((await live)[0].event.type).toBe('ConsentGiven');
    await events.close();
  });

  it('hears nothing more once suspended, whatever the token says', async () => {
    const { events } = await listening();
    const rest = events.rest();
    await satchel.done(people.chief, 'suspendMediator', { mediatorId: elder, reason: 'LEAK' });
    await held.do('withdrawConsent', { partyId: held.sideA });
    expect(await rest).toEqual([]);
    await events.close();
  });
});
