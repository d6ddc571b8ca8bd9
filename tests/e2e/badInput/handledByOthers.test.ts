import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';
import { leavesNothingBehind, refusalsOf } from './refusals.js';

const SEEN = `query Q($id: ID!) { dispute(id: $id) { id allowedCommands { name allowed reasons { code message(locale: zh) } }
  orgUnit { name history { totalCount nodes { id } } openingBalances { quantity } } } }`;

describe('a case that others handle', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let otherAuxiliary: string;
  let justice: string;

  const seenBy = async (personId: string, id: string) => (await satchel.read(personId, SEEN, { id })).dispute;
  const allowedTo = async (personId: string, id: string): Promise<readonly string[]> =>
    (await seenBy(personId, id)).allowedCommands
      .filter(({ allowed }: Anything) => allowed)
      .map(({ name }: Anything) => name);
  /** The one error of a command on a case that its giver sees. */
  const answer = (by: string, command: string, id: string, input: object = {}) =>
    refusalsOf(satchel, { by, command, input: { disputeId: id, ...input } });

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    const { otherStation } = people;
    otherAuxiliary = await registerOfficer(satchel, people, {
      name: '辅警乙',
      orgUnitId: otherStation,
      role: 'AUXILIARY',
    });
    const office = await registerUnit(satchel, people, {
      name: '豆坝司法所',
      level: 'JUSTICE_OFFICE',
      divisionCode: '621224110',
    });
    justice = await registerOfficer(satchel, people, { name: '司法甲', orgUnitId: office, role: 'JUSTICE_OFFICE' });
    await satchel.done(people.admin, 'importOpeningBalance', {
      orgUnitId: people.station,
      metric: 'MATERIAL',
      unit: 'FEN',
      quantity: 100,
      qualifier: 'EXACT',
      asOf: '2022-10-01',
      citation: '台账',
    });
    held = await scheduledCase(satchel, people);
    await openSession(held);
    for (const [role, orgUnitId] of [
      ['SOCIAL_BODY', otherStation],
      ['JUSTICE_OFFICE', office],
    ])
      await held.do('inviteParticipant', { role, orgUnitId, name: '样本', consentBy: ['A', 'B'] });
  });
  afterAll(() => satchel.close());

  describe('by a station that the parties let in', () => {
    leavesNothingBehind(() => satchel);

    it('is seen, with the name of the station that handles it and no more of it', async () => {
      const { id, orgUnit } = await seenBy(people.otherOfficer, held.id);
      expect(id).toBe(held.id);
      expect(orgUnit).toEqual({ name: '豆坝派出所', history: { totalCount: 0, nodes: [] }, openingBalances: [] });
      expect((await seenBy(people.officer, held.id)).orgUnit).toMatchObject({ openingBalances: [{ quantity: 100 }] });
    });

    it('is not commanded', async () => {
      const { sessionId, sideA } = held;
      for (const [by, command, input] of [
        [people.otherOfficer, 'terminateMediation', { reason: 'NO_AGREEMENT' }],
        [people.otherOfficer, 'withdrawConsent', { partyId: sideA }],
        [people.otherOfficer, 'closeDispute', { outcome: 'FAILED' }],
        [people.otherOfficer, 'reopenDispute', { reason: 'NEW_FACTS' }],
        [otherAuxiliary, 'draftTranscript', { sessionId, content: '笔录' }],
        [justice, 'reportMediatorMisconduct', { mediatorId: newId('mediator'), kind: 'PARTIALITY', account: '偏袒' }],
      ] as const) {
        const [error] = await answer(by, command, held.id, input);
        expect([command, error?.code]).toEqual([command, by === justice ? 'MEDIATOR_NOT_ASSIGNED' : 'FORBIDDEN']);
      }
    });

    it('is told apart from a case that is not there', async () => {
      const missing = newId('dispute');
      expect(await answer(people.otherOfficer, 'withdrawConsent', missing, { partyId: held.sideA })).toMatchObject([
        { code: 'NOT_FOUND' },
      ]);
    });

    it('says so before it is tried', async () => {
      const { allowedCommands } = await seenBy(people.otherOfficer, held.id);
      const withdrawing = allowedCommands.find(({ name }: Anything) => name === 'withdrawConsent');
      expect(withdrawing.reasons[0]).toEqual({ code: 'FORBIDDEN', message: '仅限承办单位及承办人员' });
      expect(await allowedTo(people.otherOfficer, held.id)).toEqual([]);
      expect(await allowedTo(otherAuxiliary, held.id)).toEqual([]);
      expect(await allowedTo(people.officer, held.id)).toContain('withdrawConsent');
      expect(await allowedTo(justice, held.id)).toEqual(['reportMediatorMisconduct']);
      // The seal is for the justice office too, as soon as there is something to seal.
      const sealing = (await seenBy(justice, held.id)).allowedCommands.find(
        ({ name }: Anything) => name === 'affixSeal',
      );
      expect(sealing.reasons).toEqual([{ code: 'DRAFT_REQUIRED', message: '尚无协议书' }]);
    });
  });

  it('is commanded by an officer of another station who mediates it', async () => {
    const mediator = newId('mediator');
    await satchel.done(people.chief, 'appointMediator', {
      id: mediator,
      officerId: people.otherOfficer,
      category: 'OFFICER',
      orgUnitId: people.station,
      adult: true,
    });
    await held.do('assignMediator', { mediatorId: mediator });
    await satchel.done(people.otherOfficer, 'announceDiscipline', { disputeId: held.id, sessionId: held.sessionId });
    const withdraw = { disputeId: held.id, partyId: held.sideA };
    await satchel.done(people.otherOfficer, 'withdrawConsent', { commandId: newUuid(), ...withdraw });
  });

  it('is answered by the station that it is referred to, and nothing more', async () => {
    const referred = newId('dispute');
    await satchel.done(people.officer, 'reportDispute', {
      id: referred,
      source: 'PROACTIVE',
      category: 'LAND',
      title: '山林界线纠纷',
      divisionCode: '621224110',
      parties: [{ subjectId: held.sideA, side: 'A' }],
      unknownSides: ['B'],
    });
    const on = { disputeId: referred };
    await satchel.done(people.officer, 'screenDispute', { ...on, legalBasis: 'CIVIL', riskLevel: 1 });
    await satchel.done(people.officer, 'referDispute', {
      ...on,
      toUnitId: people.otherStation,
      reason: 'JURISDICTION',
    });
    expect(await allowedTo(people.otherOfficer, referred)).toEqual(['acceptReferral', 'returnReferral']);
    expect(await answer(people.otherOfficer, 'closeDispute', referred, { outcome: 'REFERRED' })).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    await satchel.done(people.otherOfficer, 'acceptReferral', on);
    expect(await allowedTo(people.otherOfficer, referred)).toEqual([]);
    await satchel.done(people.officer, 'closeDispute', { ...on, outcome: 'REFERRED' });
  });
});
