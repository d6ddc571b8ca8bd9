import { describe, expect, it } from 'vitest';
import { registerResident } from '../../../src/residents/commands.js';
import { resident } from '../../../src/residents/resident.js';
import { Given, idFor, officerActor, someId } from '../spec.js';

const nobody = Given.nothing(resident);
const free = { facts: { holder: undefined, guardiansKnown: true } };

/** Cases of DOMAIN 4.7: no real person has them. */
const MALE_1948 = '621299194803050018';
const MINOR_2013 = '621299201306010114';

describe('registering a resident', () => {
  it('takes date of birth and sex from the number', () => {
    const [event] = nobody.when(registerResident, { name: '刘样本', number: MALE_1948 }, free);
    expect(event).toEqual({
      type: 'ResidentRegistered',
      data: {
        orgUnitId: officerActor.orgUnitId,
        name: '刘样本',
        number: MALE_1948,
        sex: 'MALE',
        birthDate: '1948-03-05',
      },
    });
    const [woman] = nobody.when(registerResident, { name: '李样本', number: '621299198507120024' }, free);
    expect(woman?.data).toMatchObject({ sex: 'FEMALE', birthDate: '1985-07-12' });
  });

  it.each([
    ['62129919520229007x', '62129919520229007X'],
    ['　６２１２９９１９５２０２２９００７Ｘ ', '62129919520229007X'],
    // First numbered before the county was renumbered, or elsewhere.
    ['62262518991231001X', '62262518991231001X'],
    ['11010519491231002X', '11010519491231002X'],
  ])('keeps %s in its one spelling, whatever its area', (given, kept) => {
    const [event] = nobody.when(registerResident, { name: '某甲', number: given }, free);
    expect(event?.data).toMatchObject({ number: kept });
  });

  it.each([
    ['621299194803050019', 'NUMBER_CHECK_DIGIT'],
    ['621299194902290018', 'NUMBER_NOT_A_DATE'],
    ['6212991948030500', 'NUMBER_LENGTH'],
    ['6212991948O3050018', 'NUMBER_CHARACTERS'],
  ])('refuses %s', (number, code) => {
    expect(nobody.refuses(registerResident, { name: '某甲', number }, free)).toEqual([code]);
  });

  it('refuses a number that someone is registered under', () => {
    const taken = { facts: { holder: idFor('resident', 'other'), guardiansKnown: true } };
    expect(nobody.refuses(registerResident, { name: '某甲', number: MALE_1948 }, taken)).toEqual([
      'NUMBER_ALREADY_REGISTERED',
    ]);
  });

  it('registers someone whose number is unknown, with a date of birth or without', () => {
    const [stranger] = nobody.when(registerResident, { name: '某甲' }, free);
    expect(stranger?.data).toEqual({ orgUnitId: officerActor.orgUnitId, name: '某甲' });
    const [child] = nobody.when(registerResident, { name: '某乙', birthDate: '2020-02-29' }, free);
    expect(child?.data).toMatchObject({ birthDate: '2020-02-29' });
  });

  it('refuses a date of birth that the number contradicts, or that is still to come', () => {
    const contradicting = { name: '某甲', number: MALE_1948, birthDate: '1949-03-05' };
    expect(nobody.refuses(registerResident, contradicting, free)).toEqual(['BIRTH_DATE_CONTRADICTS_NUMBER']);
    expect(nobody.when(registerResident, { ...contradicting, birthDate: '1948-03-05' }, free)).toHaveLength(1);
    expect(nobody.refuses(registerResident, { name: '某甲', birthDate: '2022-10-19' }, free)).toEqual([
      'BIRTH_DATE_IN_FUTURE',
    ]);
    const eve = { ...free, at: '2013-05-31T15:59:59.000Z' };
    expect(nobody.refuses(registerResident, { name: '某乙', number: MINOR_2013 }, eve)).toEqual([
      'BIRTH_DATE_IN_FUTURE',
    ]);
    // The same moment later it is 1 June in Kang.
    const day = { ...free, at: '2013-05-31T16:00:00.000Z' };
    expect(nobody.when(registerResident, { name: '某乙', number: MINOR_2013 }, day)).toHaveLength(1);
  });

  it('refuses a minor without a date of birth: nothing of the minor would be masked', () => {
    const minor = { name: '某乙', vulnerabilities: ['MINOR'] };
    expect(nobody.refuses(registerResident, minor, free)).toEqual(['BIRTH_DATE_REQUIRED']);
    expect(nobody.when(registerResident, { ...minor, birthDate: '2013-06-01' }, free)).toHaveLength(1);
    expect(nobody.when(registerResident, { ...minor, number: MINOR_2013 }, free)).toHaveLength(1);
  });

  it('keeps phones in their one spelling and refuses what is none', () => {
    const [event] = nobody.when(registerResident, { name: '某甲', phone: '+86 138-1234-5678' }, free);
    expect(event?.data).toMatchObject({ phone: '13812345678' });
    expect(nobody.refuses(registerResident, { name: '某甲', phone: '12345' }, free)).toEqual(['PHONE_INVALID']);
  });

  it('knows the townships, not counties or made-up codes', () => {
    const [event] = nobody.when(registerResident, { name: '某甲', divisionCode: '621224112' }, free);
    expect(event?.data).toMatchObject({ divisionCode: '621224112' });
    expect(nobody.refuses(registerResident, { name: '某甲', divisionCode: '621224999' }, free)).toEqual([
      'DIVISION_UNKNOWN',
    ]);
    expect(nobody.refuses(registerResident, { name: '某甲', divisionCode: '621224' }, free)).toEqual(['INPUT_INVALID']);
  });

  it('names guardians who are registered, and are someone else', () => {
    const guarded = { name: '某乙', guardianIds: [idFor('resident', 'mother')] };
    expect(nobody.when(registerResident, guarded, free)[0]?.data).toMatchObject({
      guardianIds: guarded.guardianIds,
    });
    const unknown = { facts: { holder: undefined, guardiansKnown: false } };
    expect(nobody.refuses(registerResident, guarded, unknown)).toEqual(['GUARDIAN_UNKNOWN']);
    expect(nobody.refuses(registerResident, { name: '某乙', guardianIds: [nobody.id] }, free)).toEqual([
      'GUARDIAN_IS_SELF',
    ]);
  });

  it('joins the household together with the registration', () => {
    const householdId = someId('household');
    const after = nobody.after(registerResident, { name: '某甲', householdId, relation: 'HEAD' }, free);
    expect(after.state).toMatchObject({ household: { householdId, relation: 'HEAD' } });
    expect(nobody.refuses(registerResident, { name: '某甲', relation: 'HEAD' }, free)).toEqual(['HOUSEHOLD_REQUIRED']);
  });
});
