import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { type MediationCase, reportedCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const LISTED = '{ disputes(first: 5) { nodes { id } } }';
const RECALL = 'mutation R($input: RecallReferralInput!) { recallReferral(input: $input) { errors { code } } }';
const recall = { reason: 'NO_ANSWER' };

describe('a referral that nobody answers', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const listedFor = async (personId: string): Promise<readonly string[]> =>
    (await satchel.read(personId, LISTED)).disputes.nodes.map(({ id }: { id: string }) => id);

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await reportedCase(satchel, people);
    await held.do('referDispute', { toUnitId: people.otherStation, reason: 'JURISDICTION' });
  });
  afterAll(() => satchel.close());

  it('is recalled by the station that sent it, and by no other', async () => {
    expect(await listedFor(people.otherOfficer)).toEqual([held.id]);
    const byReceiver = await satchel.ask(people.otherOfficer, RECALL, {
      input: { commandId: newUuid(), disputeId: held.id, ...recall },
    });
    expect(byReceiver.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { events } = await held.do('recallReferral', recall);
    expect(events).toMatchObject([{ type: 'ReferralRecalled', stateAfter: 'SCREENED' }]);
  });

  it('is over then: the other station sees the case no more, and this one takes it up', async () => {
    expect(await listedFor(people.otherOfficer)).toEqual([]);
    expect(await held.refused('recallReferral', recall)).toEqual(['NOT_REFERRED']);
    const { events } = await held.do('acceptDispute');
    expect(events).toMatchObject([{ stateAfter: 'ACCEPTED' }]);
  });
});
