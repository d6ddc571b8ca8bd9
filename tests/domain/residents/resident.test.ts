import { describe, expect, it } from 'vitest';
import {
  joinHousehold,
  leaveHousehold,
  liftRestriction,
  nameGuardians,
  registerResident,
  residentCommands,
  restrictProcessing,
  updateContact,
  updateVulnerability,
} from '../../../src/residents/commands.js';
import { type Resident, resident } from '../../../src/residents/resident.js';
import { Given, idFor, officerActor, someId } from '../spec.js';

const facts = { holder: undefined, guardiansKnown: true };
const registered = Given.nothing(resident).after(
  registerResident,
  { name: '刘样本', number: '621299194803050018', phone: '13812345678', address: '大南峪镇郑湾村三社' },
  { facts },
);
const elder = { facts: { birthDate: '1948-03-05', orgUnitId: officerActor.orgUnitId } };
const home = someId('home');
const stateOf = (given: Given) => given.state as Resident;

describe('contact', () => {
  it('replaces what is given and leaves the rest', () => {
    const after = registered.after(updateContact, { phone: '0939 5121234', divisionCode: '621224112' }, elder);
    expect(stateOf(after)).toMatchObject({
      phone: '0939-5121234',
      address: '大南峪镇郑湾村三社',
      divisionCode: '621224112',
    });
  });

  it('carries the date of birth, so that the history knows a minor', () => {
    const [event] = registered.when(updateContact, { phone: '13912345678' }, elder);
    expect(event?.data).toEqual({ phone: '13912345678', birthDate: '1948-03-05' });
    const [erased] = registered.when(updateContact, { phone: '13912345678' }, { facts: { orgUnitId: 'any' } });
    expect(erased?.data).toEqual({ phone: '13912345678' });
  });

  it('refuses an update of nothing, a bad phone and an unknown township', () => {
    expect(registered.refuses(updateContact, {}, elder)).toEqual(['NOTHING_TO_UPDATE']);
    expect(registered.refuses(updateContact, { phone: '1381234567' }, elder)).toEqual(['PHONE_INVALID']);
    expect(registered.refuses(updateContact, { divisionCode: '110105001' }, elder)).toEqual(['DIVISION_UNKNOWN']);
  });
});

describe('vulnerability', () => {
  it('is said anew, in full', () => {
    const after = registered
      .after(updateVulnerability, { vulnerabilities: ['ELDER', 'LIVING_ALONE'] })
      .after(updateVulnerability, { vulnerabilities: ['ELDER', 'DISABLED'] });
    expect(stateOf(after).vulnerabilities).toEqual(['ELDER', 'DISABLED']);
  });

  it('is from a closed list', () => {
    expect(registered.refuses(updateVulnerability, { vulnerabilities: ['POOR'] })).toEqual(['INPUT_INVALID']);
  });

  it('calls nobody a minor whose date of birth is unknown', () => {
    const stranger = Given.nothing(resident).after(registerResident, { name: '某甲' }, { facts });
    expect(stranger.refuses(updateVulnerability, { vulnerabilities: ['MINOR'] })).toEqual(['BIRTH_DATE_REQUIRED']);
    expect(stranger.when(updateVulnerability, { vulnerabilities: ['LIVING_ALONE'] })).toHaveLength(1);
  });
});

describe('guardians', () => {
  const guardianIds = [idFor('resident', 'mother')];

  it('are registered residents, and someone else', () => {
    expect(stateOf(registered.after(nameGuardians, { guardianIds }, { facts: true })).guardianIds).toEqual(guardianIds);
    expect(registered.refuses(nameGuardians, { guardianIds }, { facts: false })).toEqual(['GUARDIAN_UNKNOWN']);
    expect(registered.refuses(nameGuardians, { guardianIds: [registered.id] }, { facts: true })).toEqual([
      'GUARDIAN_IS_SELF',
    ]);
  });
});

describe('household', () => {
  const atHome = registered.after(joinHousehold, { householdId: home, relation: 'HEAD' });

  it('is one at a time', () => {
    expect(stateOf(atHome).household).toEqual({ householdId: home, relation: 'HEAD' });
    expect(atHome.refuses(joinHousehold, { householdId: someId('other'), relation: 'SPOUSE' })).toEqual([
      'ALREADY_IN_HOUSEHOLD',
    ]);
  });

  it('can be left by who belongs to it, and another joined', () => {
    expect(atHome.refuses(leaveHousehold, { householdId: someId('other') })).toEqual(['NOT_IN_HOUSEHOLD']);
    expect(registered.refuses(leaveHousehold, { householdId: home })).toEqual(['NOT_IN_HOUSEHOLD']);
    const moved = atHome
      .after(leaveHousehold, { householdId: home })
      .after(joinHousehold, { householdId: someId('other'), relation: 'PARENT' });
    expect(stateOf(moved).household).toEqual({ householdId: someId('other'), relation: 'PARENT' });
  });
});

describe('restricted processing', () => {
  const restricted = registered.after(restrictProcessing, { reason: 'REQUESTED' });

  it('leaves nothing but storage', () => {
    expect(resident.statusOf(stateOf(restricted))).toBe('RESTRICTED');
    const inputs: Readonly<Record<string, object>> = {
      updateContact: { phone: '13812345678' },
      updateVulnerability: { vulnerabilities: [] },
      nameGuardians: { guardianIds: [] },
      joinHousehold: { householdId: home, relation: 'HEAD' },
      leaveHousehold: { householdId: home },
      restrictProcessing: { reason: 'UNLAWFUL' },
      moveResident: { toUnitId: idFor('orgunit', 'elsewhere') },
      takeOverResident: { number: '621299199001010033' },
    };
    for (const command of residentCommands.filter(({ creates }) => !creates).filter(other => other !== liftRestriction))
      expect(restricted.refuses(command, inputs[command.name] ?? {}), command.name).toContain('PROCESSING_RESTRICTED');
  });

  it('ends when it is lifted', () => {
    expect(registered.refuses(liftRestriction, { reason: 'REQUEST_WITHDRAWN' })).toEqual(['NOT_RESTRICTED']);
    const lifted = restricted.after(liftRestriction, { reason: 'REQUEST_WITHDRAWN' });
    expect(stateOf(lifted)).toEqual(stateOf(registered));
    expect(lifted.when(updateContact, { phone: '13812345678' })).toHaveLength(1);
  });

  it('is for chiefs to decide', () => {
    for (const { roles } of [restrictProcessing, liftRestriction])
      expect(roles).toEqual(['STATION_CHIEF', 'COUNTY_CHIEF']);
  });
});

describe('the fold', () => {
  it('takes any part of a history', () => {
    const householdLeft = { type: 'HouseholdLeft', data: { householdId: home } };
    const contact = { type: 'ContactUpdated', data: { phone: '13812345678' } };
    const part = Given.nothing(resident).events(householdLeft, contact);
    expect(part.state).toEqual({ guardianIds: [], phone: '13812345678' });
    expect(resident.statusOf(stateOf(part))).toBe('NONE');
  });
});
