import { describe, expect, it } from 'vitest';
import {
  assignToUnit,
  endPost,
  issueBackpack,
  registerOfficer,
  returnBackpack,
} from '../../../src/organisation/officer/commands.js';
import { currentAssignment, type Officer, officer } from '../../../src/organisation/officer/officer.js';
import { Given, guardContext, idFor, officerActor } from '../spec.js';

const station = idFor('orgunit', 'station');
const other = idFor('orgunit', 'other');
const backpack = idFor('backpack', 'first');
const stationFact = { level: 'STATION' };
const nothing = Given.nothing(officer, 'officer');

const input = { name: '民警甲', badgeNumber: '062001', orgUnitId: station, role: 'OFFICER', post: '驻村民警' };
const registered = nothing.after(registerOfficer, input, { facts: { unit: stationFact } });
const holder = registered.after(issueBackpack, { backpackId: backpack, serial: 'B-01' }, { facts: undefined });

describe('registering an officer', () => {
  it('records the person and the first post, with an identity of this server', () => {
    expect(nothing.when(registerOfficer, input, { facts: { unit: stationFact } })).toEqual([
      {
        type: 'OfficerRegistered',
        data: {
          name: '民警甲',
          badgeNumber: '062001',
          identity: { issuer: 'satchel:local', subject: nothing.id },
        },
      },
      {
        type: 'OfficerAssignedToUnit',
        data: { orgUnitId: station, role: 'OFFICER', post: '驻村民警', from: '2022-10-18' },
      },
    ]);
  });

  it('keeps the identity of another issuer', () => {
    const identity = { issuer: 'https://id.example', subject: '42' };
    const [event] = nothing.when(registerOfficer, { ...input, identity }, { facts: { unit: stationFact } });
    expect(event?.data).toMatchObject({ identity });
  });

  it('refuses a unit that nobody knows', () => {
    expect(nothing.refuses(registerOfficer, input, { facts: {} })).toEqual(['UNIT_UNKNOWN']);
  });

  it('refuses an identity of someone else', () => {
    const facts = { unit: stationFact, identityHolder: idFor('officer', 'someone') };
    expect(nothing.refuses(registerOfficer, input, { facts })).toEqual(['IDENTITY_TAKEN']);
  });

  it('refuses the role of Satchel itself', () => {
    expect(nothing.refuses(registerOfficer, { ...input, role: 'SYSTEM' }, { facts: { unit: stationFact } })).toEqual([
      'ROLE_RESERVED',
    ]);
  });
});

describe('assigning an officer to a unit', () => {
  const post = { orgUnitId: other, role: 'STATION_CHIEF', post: '所长' };

  it('puts the new post behind the old ones', () => {
    const moved = registered.on('2022-11-01T02:00:00Z').after(assignToUnit, post, { facts: stationFact });
    const state = moved.state as Officer;
    expect(state.assignments.map(({ orgUnitId }) => orgUnitId)).toEqual([station, other]);
    expect(currentAssignment(state)).toEqual({ ...post, from: '2022-11-01' });
    expect(officer.orgUnitOf(state)).toBe(other);
  });

  it('leaves in force what begins later, when an earlier post is recorded late', () => {
    const moved = registered.on('2022-11-01T02:00:00Z').after(assignToUnit, post, { facts: stationFact });
    const between = { orgUnitId: station, role: 'AUXILIARY', post: '辅警' };
    const late = moved.after(assignToUnit, between, { facts: stationFact, at: '2022-10-25T02:00:00Z' });
    const state = late.state as Officer;
    expect(state.assignments.map(({ from }) => from)).toEqual(['2022-10-18', '2022-10-25', '2022-11-01']);
    expect(currentAssignment(state)).toEqual({ ...post, from: '2022-11-01' });
  });

  it('is refused to oneself', () => {
    const actor = { ...officerActor, role: 'ADMIN', actorId: registered.id } as const;
    expect(registered.refuses(assignToUnit, post, { facts: stationFact, actor })).toEqual(['OWN_POST']);
  });

  it('refuses a unit that nobody knows', () => {
    expect(registered.refuses(assignToUnit, post, { facts: undefined })).toEqual(['UNIT_UNKNOWN']);
  });

  it('refuses the role of Satchel itself', () => {
    expect(registered.refuses(assignToUnit, { ...post, role: 'SYSTEM' }, { facts: stationFact })).toEqual([
      'ROLE_RESERVED',
    ]);
  });
});

describe('a role', () => {
  const held = { STATION: 'STATION_CHIEF', TRIBUNAL: 'COURT', JUSTICE_OFFICE: 'JUSTICE_OFFICE', COUNTY: 'AUDITOR' };
  const levels = Object.keys(held);

  it.each(Object.entries(held))('of a unit of kind %s: %s', (level, role) => {
    const unit = { level };
    expect(nothing.when(registerOfficer, { ...input, role }, { facts: { unit } })).toHaveLength(2);
    expect(registered.when(assignToUnit, { orgUnitId: other, role, post: '新岗' }, { facts: unit })).toHaveLength(1);
    for (const elsewhere of levels.filter(other => other !== level)) {
      const facts = { level: elsewhere };
      expect(nothing.refuses(registerOfficer, { ...input, role }, { facts: { unit: facts } })).toEqual(['ROLE_UNFIT']);
      expect(registered.refuses(assignToUnit, { orgUnitId: other, role, post: '新岗' }, { facts })).toEqual([
        'ROLE_UNFIT',
      ]);
    }
  });

  it('of no unit: that of a mediator, who is appointed', () => {
    const role = 'MEDIATOR';
    for (const level of ['STATION', 'JUSTICE_OFFICE', 'COUNTY']) {
      const refused = nothing.refuses(registerOfficer, { ...input, role }, { facts: { unit: { level } } });
      expect(refused).toEqual(['MEDIATOR_BY_APPOINTMENT']);
      expect(registered.refuses(assignToUnit, { orgUnitId: other, role, post: '新岗' }, { facts: { level } })).toEqual(
        refused,
      );
    }
  });

  it('of the county: its chief', () => {
    const role = 'COUNTY_CHIEF';
    expect(nothing.when(registerOfficer, { ...input, role }, { facts: { unit: { level: 'COUNTY' } } })).toHaveLength(2);
    expect(nothing.refuses(registerOfficer, { ...input, role }, { facts: { unit: stationFact } })).toEqual([
      'ROLE_UNFIT',
    ]);
  });
});

describe('an officer who leaves', () => {
  const [leaving, later] = ['2022-11-01T02:00:00Z', '2022-12-01T02:00:00Z'];
  const post = { orgUnitId: other, role: 'STATION_CHIEF', post: '所长' };
  const left = registered.after(endPost, { reason: 'RETIREMENT' }, { at: leaving });
  const stateOf = (given: Given) => given.state as Officer;

  it('has no post in force, and stays with the last unit', () => {
    expect(registered.when(endPost, { reason: 'RETIREMENT' }, { at: leaving })).toEqual([
      {
        type: 'OfficerPostEnded',
        data: {
          orgUnitId: station,
          role: 'OFFICER',
          from: '2022-10-18',
          reason: 'RETIREMENT',
          endedOn: '2022-11-01',
        },
      },
    ]);
    expect(currentAssignment(stateOf(left))).toBeUndefined();
    expect(stateOf(left).assignments).toMatchObject([{ ended: { reason: 'RETIREMENT', on: '2022-11-01' } }]);
    expect(officer.orgUnitOf(stateOf(left))).toBe(station);
  });

  it('leaves once, and on no day before the post began', () => {
    expect(left.refuses(endPost, { reason: 'OTHER' })).toEqual(['NO_POST_IN_FORCE']);
    expect(registered.refuses(endPost, { reason: 'OTHER' }, { at: '2022-10-17T02:00:00Z' })).toEqual([
      'POST_NOT_BEGUN',
    ]);
  });

  it('is not the one who says so', () => {
    const actor = { ...officerActor, role: 'ADMIN', actorId: registered.id } as const;
    expect(registered.refuses(endPost, { reason: 'RESIGNATION' }, { actor })).toEqual(['OWN_POST']);
    const told = (by = officerActor) =>
      endPost.guard?.(registered.state as Officer, guardContext(registered.id, by))?.map(({ code }) => code);
    expect([told(actor), told()]).toEqual([['OWN_POST'], []]);
  });

  it('deviates with the backpack, which can still be taken back', () => {
    const [event] = holder.when(endPost, { reason: 'TRANSFER' });
    expect(event?.data).toMatchObject({ deviations: [{ rule: 'BACKPACK_NOT_RETURNED' }] });
    const gone = holder.after(endPost, { reason: 'TRANSFER' });
    expect(gone.when(returnBackpack, { backpackId: backpack, reason: 'TRANSFER' })).toHaveLength(1);
    const returned = gone.after(returnBackpack, { backpackId: backpack, reason: 'TRANSFER' });
    const second = { backpackId: idFor('backpack', 'second'), serial: 'B-02' };
    expect(returned.refuses(issueBackpack, second, { facts: undefined })).toEqual(['NOT_AT_A_STATION']);
  });

  it('may come back, on the same day too', () => {
    for (const at of [leaving, later]) {
      const back = left.after(assignToUnit, post, { facts: stationFact, at });
      expect(currentAssignment(stateOf(back))).toMatchObject(post);
      expect(stateOf(back).assignments[0]?.ended?.on).toBe('2022-11-01');
    }
  });

  it('does not come back by a post of before that was recorded late', () => {
    const late = left.after(assignToUnit, post, { facts: stationFact, at: '2022-10-25T02:00:00Z' });
    expect(stateOf(late).assignments.map(({ from }) => from)).toEqual(['2022-10-18', '2022-10-25']);
    expect(currentAssignment(stateOf(late))).toBeUndefined();
    const [first, second] = ['2022-10-20T02:00:00Z', '2022-10-25T02:00:00Z'] as const;
    const twice = left
      .after(assignToUnit, post, { facts: stationFact, at: second })
      .after(assignToUnit, post, { facts: stationFact, at: first });
    expect(currentAssignment(stateOf(twice))).toBeUndefined();
  });
});

describe('the one backpack', () => {
  it('is issued to an officer of a station', () => {
    expect(registered.when(issueBackpack, { backpackId: backpack, serial: 'B-01' }, { facts: undefined })).toEqual([
      {
        type: 'BackpackIssued',
        data: { backpackId: backpack, serial: 'B-01', orgUnitId: station, issuedOn: '2022-10-18' },
      },
    ]);
  });

  it('is refused to whoever holds one', () => {
    const second = { backpackId: idFor('backpack', 'second'), serial: 'B-02' };
    expect(holder.refuses(issueBackpack, second, { facts: undefined })).toEqual(['BACKPACK_ALREADY_HELD']);
  });

  it('is refused while another holds it', () => {
    expect(
      registered.refuses(issueBackpack, { backpackId: backpack, serial: 'B-01' }, { facts: idFor('officer', 'other') }),
    ).toEqual(['BACKPACK_HELD_BY_ANOTHER']);
  });

  it.each([
    ['AUXILIARY', 'STATION'],
    ['ADMIN', 'STATION'],
    ['COUNTY_CHIEF', 'COUNTY'],
    ['JUSTICE_OFFICE', 'JUSTICE_OFFICE'],
  ])('is refused to the role %s', (role, level) => {
    const someone = nothing.after(registerOfficer, { ...input, role }, { facts: { unit: { level } } });
    expect(someone.refuses(issueBackpack, { backpackId: backpack, serial: 'B-01' }, { facts: undefined })).toEqual([
      'NOT_AT_A_STATION',
    ]);
  });

  it('comes back, and another can be issued', () => {
    const returned = holder.after(returnBackpack, { backpackId: backpack, reason: 'REPLACEMENT' });
    expect((returned.state as Officer).backpack).toBeUndefined();
    expect(holder.when(returnBackpack, { backpackId: backpack, reason: 'REPLACEMENT' })[0]?.data).toMatchObject({
      issuedOn: (holder.state as Officer).backpack?.issuedOn,
    });
    const second = { backpackId: idFor('backpack', 'second'), serial: 'B-02' };
    expect(returned.when(issueBackpack, second, { facts: undefined })).toHaveLength(1);
  });

  it('is not taken back from whoever does not hold it', () => {
    const another = { backpackId: idFor('backpack', 'second'), reason: 'OTHER' };
    expect(holder.refuses(returnBackpack, another)).toEqual(['BACKPACK_NOT_HELD']);
    expect(registered.refuses(returnBackpack, { ...another, backpackId: backpack })).toEqual(['BACKPACK_NOT_HELD']);
    expect(returnBackpack.guard?.(registered.state as Officer, guardContext(registered.id))).toMatchObject([
      { code: 'BACKPACK_NOT_HELD' },
    ]);
  });
});
