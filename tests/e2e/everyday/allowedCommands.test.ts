import { beforeAll, describe, expect, it } from 'vitest';
import { type MediationCase, reportedCase } from '../../harness/mediationCase.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';

const ALLOWED = 'allowedCommands { name allowed reasons { code } }';

describe('what may be asked of a noun', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  withStation(opened => {
    ({ satchel, people } = opened);
  }, '2022-10-18T02:00:00Z');
  beforeAll(async () => {
    held = await reportedCase(satchel, people);
  });

  const named = (noun: Anything, name: string) => noun.allowedCommands.find((each: Anything) => each.name === name);

  it('is asked of now, inside the past, too', async () => {
    const query = `query Q($id: ID!) { dispute(id: $id) { ${ALLOWED} asOf(revision: 0) { status ${ALLOWED} } } }`;
    const { dispute } = await satchel.read(people.officer, query, { id: held.id });
    expect(dispute.asOf.status).toBe('REPORTED');
    // As reported it could not have been accepted; screened, as it is by now, it can.
    expect(named(dispute.asOf, 'acceptDispute')).toEqual({ name: 'acceptDispute', allowed: true, reasons: [] });
    expect(dispute.asOf.allowedCommands).toEqual(dispute.allowedCommands);
  });

  it('is the answer to a referral, for the unit that it was sent to, and its recall for the one that sent it', async () => {
    await held.do('referDispute', { toUnitId: people.otherStation, reason: 'JURISDICTION' });
    const reasonsOf = async (personId: string) => {
      const { dispute } = await satchel.read(personId, `query Q($id: ID!) { dispute(id: $id) { ${ALLOWED} } }`, {
        id: held.id,
      });
      return ['acceptReferral', 'returnReferral', 'recallReferral'].map(name => named(dispute, name).reasons);
    };
    const [toOther, byOther] = [
      [{ code: 'REFERRAL_NOT_YOURS' }],
      [{ code: 'FORBIDDEN' }, { code: 'REFERRAL_NOT_SENT_BY_YOU' }],
    ];
    expect(await reasonsOf(people.officer)).toEqual([toOther, toOther, []]);
    expect(await reasonsOf(people.otherOfficer)).toEqual([[], [], byOther]);
  });

  it('is no backpack of whoever holds none', async () => {
    const query = `query Q($id: ID!) { officer(id: $id) { ${ALLOWED} } }`;
    const of = async () =>
      named((await satchel.read(people.chief, query, { id: people.officer })).officer, 'returnBackpack');
    expect(await of()).toEqual({ name: 'returnBackpack', allowed: false, reasons: [{ code: 'BACKPACK_NOT_HELD' }] });
    const backpack = { officerId: people.officer, backpackId: newId('backpack'), serial: 'B-1' };
    await satchel.done(people.chief, 'issueBackpack', backpack);
    expect(await of()).toMatchObject({ allowed: true });
  });

  it('is no member of a team that has none', async () => {
    const [id, mediatorId] = [newId('team'), newId('mediator')];
    const unit = { orgUnitId: people.station };
    await satchel.done(people.chief, 'formTeam', { id, name: '豆坝调解队', ...unit });
    const query = `query Q($id: ID!) { mediationTeam(id: $id) { ${ALLOWED} } }`;
    const of = async () => named((await satchel.read(people.chief, query, { id })).mediationTeam, 'removeMember');
    expect(await of()).toEqual({ name: 'removeMember', allowed: false, reasons: [{ code: 'NO_MEMBERS' }] });
    const mediator = { name: '村民甲', category: 'VILLAGE_WORTHY', adult: true };
    await satchel.done(people.chief, 'appointMediator', { id: mediatorId, ...mediator, ...unit });
    await satchel.done(people.chief, 'addMember', { mediationTeamId: id, mediatorId, role: 'LEADER' });
    expect(await of()).toMatchObject({ allowed: true });
  });
});
