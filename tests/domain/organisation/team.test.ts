import { describe, expect, it } from 'vitest';
import { addMember, formTeam, removeMember } from '../../../src/organisation/team/commands.js';
import { type MediationTeam, rosterOn, team } from '../../../src/organisation/team/team.js';
import { Given, idFor } from '../spec.js';

const station = idFor('orgunit', 'station');
const elder = idFor('mediator', 'elder');
const cadre = idFor('mediator', 'cadre');
const active = { status: 'APPOINTED', category: 'VILLAGE_WORTHY' };

const nothing = Given.nothing(team, 'team').on('2021-06-01T02:00:00Z');
const formed = nothing.after(formTeam, { name: '豆坝调解队', orgUnitId: station }, { facts: { level: 'STATION' } });
const withElder = formed.after(addMember, { mediatorId: elder, role: 'LEADER' }, { facts: active });
const roster = (given: Given, day: string) =>
  rosterOn(given.state as MediationTeam, day).map(({ mediatorId, role }) => [mediatorId, role]);

describe('forming a team', () => {
  it('records its name, its unit and the day', () => {
    expect(nothing.when(formTeam, { name: '豆坝调解队', orgUnitId: station }, { facts: { level: 'STATION' } })).toEqual(
      [{ type: 'MediationTeamFormed', data: { name: '豆坝调解队', orgUnitId: station, formedOn: '2021-06-01' } }],
    );
  });

  it('refuses a unit that nobody knows', () => {
    expect(nothing.refuses(formTeam, { name: '豆坝调解队', orgUnitId: station }, { facts: undefined })).toEqual([
      'UNIT_UNKNOWN',
    ]);
  });
});

describe('members of a team', () => {
  it('are added from a day on', () => {
    expect(formed.when(addMember, { mediatorId: elder, role: 'LEADER' }, { facts: active })).toEqual([
      { type: 'TeamMemberAdded', data: { mediatorId: elder, role: 'LEADER', from: '2021-06-01' } },
    ]);
  });

  it('are appointed mediators who are not suspended', () => {
    const member = { mediatorId: elder, role: 'MEMBER' };
    expect(formed.refuses(addMember, member, { facts: undefined })).toEqual(['MEDIATOR_UNKNOWN']);
    expect(formed.refuses(addMember, member, { facts: { ...active, status: 'SUSPENDED' } })).toEqual([
      'MEDIATOR_SUSPENDED',
    ]);
  });

  it('are not officers who had left by then, and were appointed as serving', () => {
    const member = { mediatorId: elder, role: 'MEMBER' };
    const left = (leftOn: string) => ({ facts: { ...active, category: 'OFFICER', leftOn } });
    expect(formed.refuses(addMember, member, left('2021-05-31'))).toEqual(['MEDIATOR_LEFT']);
    expect(formed.when(addMember, member, left('2021-06-01'))).toHaveLength(1);
  });

  it('are not added twice', () => {
    expect(withElder.refuses(addMember, { mediatorId: elder, role: 'MEMBER' }, { facts: active })).toEqual([
      'ALREADY_MEMBER',
    ]);
  });

  it('leave with a reason, and only who is a member', () => {
    expect(withElder.when(removeMember, { mediatorId: elder, reason: 'OWN_REQUEST' })).toEqual([
      { type: 'TeamMemberRemoved', data: { mediatorId: elder, reason: 'OWN_REQUEST', to: '2021-06-01' } },
    ]);
    expect(withElder.refuses(removeMember, { mediatorId: cadre, reason: 'OTHER' })).toEqual(['NOT_A_MEMBER']);
    expect(formed.refuses(removeMember, { mediatorId: cadre, reason: 'OTHER' })).toEqual(['NO_MEMBERS']);
  });

  it('do not leave before they came', () => {
    const before = { at: '2021-05-31T02:00:00Z' };
    expect(withElder.refuses(removeMember, { mediatorId: elder, reason: 'OTHER' }, before)).toEqual(['NOT_A_MEMBER']);
  });

  it('stand in the roster of each day on which they were members, across leaving and coming back', () => {
    const history = withElder
      .on('2021-07-01T02:00:00Z')
      .after(addMember, { mediatorId: cadre, role: 'MEMBER' }, { facts: active })
      .on('2021-08-01T02:00:00Z')
      .after(removeMember, { mediatorId: elder, reason: 'ROLE_CHANGE' })
      .after(addMember, { mediatorId: elder, role: 'MEMBER' }, { facts: active });
    expect(roster(history, '2021-05-31')).toEqual([]);
    expect(roster(history, '2021-06-01')).toEqual([[elder, 'LEADER']]);
    expect(roster(history, '2021-07-31')).toEqual([
      [elder, 'LEADER'],
      [cadre, 'MEMBER'],
    ]);
    expect(roster(history, '2021-08-01')).toEqual([
      [cadre, 'MEMBER'],
      [elder, 'MEMBER'],
    ]);
  });

  it('cannot be added on a day on which they were members', () => {
    const left = withElder.on('2021-08-01T02:00:00Z').after(removeMember, { mediatorId: elder, reason: 'OTHER' });
    const member = { mediatorId: elder, role: 'MEMBER' };
    expect(left.refuses(addMember, member, { facts: active, at: '2021-07-15T02:00:00Z' })).toEqual(['ALREADY_MEMBER']);
  });
});
