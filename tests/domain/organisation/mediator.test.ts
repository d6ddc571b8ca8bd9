import { describe, expect, it } from 'vitest';
import {
  appointMediator,
  awardPeacemakerBadge,
  reinstateMediator,
  suspendMediator,
  trainMediator,
} from '../../../src/organisation/mediator/commands.js';
import { type Mediator, mediator, mediatorStatus } from '../../../src/organisation/mediator/mediator.js';
import { Given, idFor } from '../spec.js';

const station = idFor('orgunit', 'station');
const officerId = idFor('officer', 'host');
const nothing = Given.nothing(mediator, 'elder');

const elder = { name: '村民甲', category: 'VETERAN_HOUSEHOLD_HEAD', orgUnitId: station, adult: true };
const asOfficer = { officerId, category: 'OFFICER', orgUnitId: station, adult: true };
const facts = { unit: { level: 'STATION' }, appointments: [] };
const officerFacts = { ...facts, officer: { role: 'OFFICER', orgUnitId: station } };
const appointed = nothing.after(appointMediator, elder, { facts });
const stateOf = (given: Given) => given.state as Mediator;

describe('appointing a mediator', () => {
  it('records an elder of the village by name', () => {
    expect(nothing.when(appointMediator, elder, { facts })).toEqual([
      {
        type: 'MediatorAppointed',
        data: {
          ...elder,
          identity: { issuer: 'satchel:local', subject: nothing.id },
          appointedOn: '2022-10-18',
        },
      },
    ]);
  });

  it('records an officer by id alone: name and identity are there already', () => {
    expect(nothing.when(appointMediator, asOfficer, { facts: officerFacts })).toEqual([
      { type: 'MediatorAppointed', data: { ...asOfficer, appointedOn: '2022-10-18' } },
    ]);
  });

  it('takes a justice office as unit, and refuses a county or an unknown one', () => {
    const at = (unit: object | undefined) => ({ facts: { ...facts, unit } });
    expect(nothing.when(appointMediator, elder, at({ level: 'JUSTICE_OFFICE' }))).toHaveLength(1);
    expect(nothing.refuses(appointMediator, elder, at({ level: 'COUNTY' }))).toEqual(['UNIT_UNFIT']);
    expect(nothing.refuses(appointMediator, elder, at(undefined))).toEqual(['UNIT_UNKNOWN']);
  });

  it('refuses someone who is not an adult', () => {
    expect(nothing.refuses(appointMediator, { ...elder, adult: false }, { facts })).toEqual(['NOT_ADULT']);
  });

  it('refuses a mediator without a name', () => {
    const { name: _name, ...nameless } = elder;
    expect(nothing.refuses(appointMediator, nameless, { facts })).toEqual(['NAME_REQUIRED']);
  });

  it('refuses the category of officers without the officer', () => {
    expect(nothing.refuses(appointMediator, { ...elder, category: 'OFFICER' }, { facts })).toEqual([
      'OFFICER_REQUIRED',
    ]);
  });

  it('refuses an officer who is not registered', () => {
    expect(nothing.refuses(appointMediator, asOfficer, { facts })).toEqual(['OFFICER_UNKNOWN']);
  });

  it('refuses another name or identity for an officer', () => {
    expect(nothing.refuses(appointMediator, { ...asOfficer, name: '民警甲' }, { facts: officerFacts })).toEqual([
      'NAMED_BY_OFFICER',
    ]);
    const identity = { issuer: 'https://id.example', subject: '42' };
    expect(nothing.refuses(appointMediator, { ...asOfficer, identity }, { facts: officerFacts })).toEqual([
      'NAMED_BY_OFFICER',
    ]);
  });

  it('refuses to appoint the same officer twice', () => {
    const twice = { ...officerFacts, appointments: [idFor('mediator', 'first')] };
    expect(nothing.refuses(appointMediator, asOfficer, { facts: twice })).toEqual(['OFFICER_ALREADY_MEDIATOR']);
  });

  it('refuses an identity of someone else', () => {
    const taken = { ...facts, identityHolder: officerId };
    expect(nothing.refuses(appointMediator, elder, { facts: taken })).toEqual(['IDENTITY_TAKEN']);
  });

  it('lets the mediator, and the officer that it is, see the appointment', () => {
    const state = stateOf(nothing.after(appointMediator, asOfficer, { facts: officerFacts }));
    expect(mediator.participantsOf?.(state)).toEqual([nothing.id, officerId]);
    expect(mediator.orgUnitOf(state)).toBe(station);
  });
});

describe('a mediator in office', () => {
  it('is trained, more than once', () => {
    const trained = appointed
      .after(trainMediator, { subject: '人民调解法', hours: 8 })
      .on('2022-12-01T02:00:00Z')
      .after(trainMediator, { subject: '民法典', hours: 4 });
    expect(stateOf(trained).trainings).toEqual([
      { subject: '人民调解法', hours: 8, trainedOn: '2022-10-18' },
      { subject: '民法典', hours: 4, trainedOn: '2022-12-01' },
    ]);
  });

  it('is not trained for 0 hours', () => {
    expect(appointed.refuses(trainMediator, { subject: '人民调解法', hours: 0 })).toEqual(['INPUT_INVALID']);
  });

  it('is awarded the peacemaker badge once, which changes no status', () => {
    const awarded = appointed.after(awardPeacemakerBadge, {});
    expect(stateOf(awarded).peacemakerSince).toBe('2022-10-18');
    expect(mediatorStatus(stateOf(awarded))).toBe(mediatorStatus(stateOf(appointed)));
    expect(awarded.refuses(awardPeacemakerBadge, {})).toEqual(['BADGE_HELD']);
  });

  it('is suspended and reinstated', () => {
    const suspended = appointed.after(suspendMediator, { reason: 'PARTIALITY', note: '偏袒亲属' });
    expect(mediatorStatus(stateOf(suspended))).toBe('SUSPENDED');
    expect(suspended.refuses(suspendMediator, { reason: 'OTHER' })).toEqual(['ALREADY_SUSPENDED']);
    const reinstated = suspended.after(reinstateMediator, { reason: 'UNFOUNDED' });
    expect(mediatorStatus(stateOf(reinstated))).toBe('APPOINTED');
  });

  it('is not reinstated unless suspended', () => {
    expect(appointed.refuses(reinstateMediator, { reason: 'REMEDIED' })).toEqual(['NOT_SUSPENDED']);
  });
});
