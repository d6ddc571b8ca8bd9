import { describe, expect, it } from 'vitest';
import {
  acceptReferral,
  excludeDispute,
  recallReferral,
  referDispute,
  returnReferral,
  screenDispute,
} from '../../../src/mediation/commands/screening.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { idFor } from '../spec.js';
import {
  accepted,
  events,
  judge,
  justiceOffice,
  officer,
  refusal,
  reported,
  screened,
  stateOf,
  station,
  tell,
  tribunal,
} from './story.js';

const referral = { toUnitId: tribunal, reason: 'LITIGATION' };
const referred = async () => tell(await screened(), [referDispute, referral]);

describe('Screening', () => {
  it('says what the matter is, and may be done again until something is decided', async () => {
    const given = await tell(
      await reported(),
      [screenDispute, { legalBasis: 'CIVIL', riskLevel: 1 }],
      [screenDispute, { legalBasis: 'MINOR_PSAPL', riskLevel: 3 }],
    );
    expect(stateOf(given)).toMatchObject({
      status: 'SCREENED',
      screening: { legalBasis: 'MINOR_PSAPL', riskLevel: 3, exclusions: [] },
    });
    expect(await refusal(await accepted(), screenDispute, { legalBasis: 'CIVIL', riskLevel: 1 })).toEqual([
      'SCREENING_OVER',
    ]);
  });
});

describe('Excluding', () => {
  const barred = async () =>
    tell(await reported(), [
      screenDispute,
      { legalBasis: 'CIVIL', riskLevel: 1, exclusions: ['ALREADY_HANDLED', 'PARTY_UNWILLING'] },
    ]);

  it('ends the case with the article that bars mediation', async () => {
    const [event] = await events(await barred(), excludeDispute, { exclusionCode: 'PARTY_UNWILLING' });
    expect(event?.data).toMatchObject({ citation: "People's Mediation Law art. 17" });
    const given = await tell(await barred(), [excludeDispute, { exclusionCode: 'ALREADY_HANDLED' }]);
    expect(stateOf(given).status).toBe('EXCLUDED');
  });

  it('needs a screening that found it', async () => {
    expect(await refusal(await barred(), excludeDispute, { exclusionCode: 'MEDIATION_FORBIDDEN' })).toEqual([
      'EXCLUSION_NOT_FOUND',
    ]);
    expect(await refusal(await reported(), excludeDispute, { exclusionCode: 'PARTY_UNWILLING' })).toEqual([
      'NOT_SCREENED',
    ]);
  });
});

describe('Referring', () => {
  it('lets the receiving unit see the case and take it', async () => {
    const given = await referred();
    expect(stateOf(given).status).toBe('REFERRED');
    expect(dispute.participantsOf?.(stateOf(given))).toContain(tribunal);
    const taken = await tell(given, [acceptReferral, {}, { actor: judge }]);
    expect(stateOf(taken)).toMatchObject({ status: 'REFERRED', referral: { acceptedOn: '2022-10-18' } });
    expect(await refusal(taken, returnReferral, { reason: 'OTHER' }, { actor: judge })).toEqual(['REFERRAL_ANSWERED']);
  });

  it('brings the case back when it is returned', async () => {
    const given = await tell(await referred(), [returnReferral, { reason: 'INCOMPLETE' }, { actor: judge }]);
    expect(stateOf(given).status).toBe('SCREENED');
    expect(stateOf(given).referral).toBeUndefined();
  });

  it('is recalled by the unit that sent it, as long as there is no answer', async () => {
    const recall = { reason: 'NO_ANSWER' };
    const [event] = await events(await referred(), recallReferral, recall);
    expect(event).toEqual({ type: 'ReferralRecalled', data: { unitId: station, reason: 'NO_ANSWER' } });
    const given = await tell(await referred(), [recallReferral, recall]);
    expect(stateOf(given).status).toBe('SCREENED');
    expect(dispute.participantsOf?.(stateOf(given))).not.toContain(tribunal);
    expect(await refusal(given, acceptReferral, {}, { actor: judge })).toEqual(['NOT_REFERRED']);
    expect(await refusal(given, recallReferral, recall)).toEqual(['NOT_REFERRED']);
    const taken = await tell(await referred(), [acceptReferral, {}, { actor: judge }]);
    expect(await refusal(taken, recallReferral, recall)).toEqual(['REFERRAL_ANSWERED']);
    const receiver = { actor: { ...officer, orgUnitId: tribunal } };
    expect(await refusal(await referred(), recallReferral, recall, receiver)).toEqual(['REFERRAL_NOT_SENT_BY_YOU']);
  });

  it('is answered by the receiving unit alone', async () => {
    expect(await refusal(await referred(), acceptReferral, {})).toEqual(['REFERRAL_NOT_YOURS']);
    expect(
      await refusal(
        await referred(),
        returnReferral,
        { reason: 'OTHER' },
        { actor: { ...judge, orgUnitId: justiceOffice } },
      ),
    ).toEqual(['REFERRAL_NOT_YOURS']);
    expect(await refusal(await screened(), acceptReferral, {}, { actor: judge })).toEqual(['NOT_REFERRED']);
  });

  it('goes to another unit that is registered', async () => {
    expect(await refusal(await screened(), referDispute, { ...referral, toUnitId: station })).toEqual([
      'REFERRED_TO_SELF',
    ]);
    expect(await refusal(await screened(), referDispute, { ...referral, toUnitId: idFor('orgunit', 'none') })).toEqual([
      'UNIT_UNKNOWN',
    ]);
  });
});
