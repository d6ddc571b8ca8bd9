import { describe, expect, it } from 'vitest';
import {
  giveConsent,
  notifyRightsAndDuties,
  refuseConsent,
  withdrawConsent,
} from '../../../src/mediation/commands/consent.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { scheduleSession } from '../../../src/mediation/commands/session.js';
import { deviationsOf } from '../spec.js';
import {
  accepted,
  chen,
  consentPending,
  events,
  inOrder,
  opened,
  plan,
  ready,
  refusal,
  sessionId,
  stateOf,
  stranger,
  tell,
  term,
  typesOf,
  wang,
} from './story.js';

describe('Rights, duties and consent', () => {
  it('asks for consent once a party was told', async () => {
    const given = await tell(await accepted(), [notifyRightsAndDuties, { partyId: chen, acknowledged: false }]);
    expect(stateOf(given)).toMatchObject({
      status: 'CONSENT_PENDING',
      parties: [{ subjectId: chen, notifiedOn: '2022-10-18', acknowledged: false }, { subjectId: wang }],
    });
    expect(await refusal(await accepted(), giveConsent, { partyId: chen })).toEqual(['NOTICE_REQUIRED']);
  });

  it('is ready when the last party agrees, and not before', async () => {
    const one = await tell(await consentPending(), [giveConsent, { partyId: chen }]);
    expect(stateOf(one).status).toBe('CONSENT_PENDING');
    expect(stateOf(await tell(one, [giveConsent, { partyId: wang }])).status).toBe('READY');
    expect(await refusal(one, giveConsent, { partyId: chen })).toEqual(['CONSENT_ALREADY_GIVEN']);
    expect(await refusal(one, refuseConsent, { partyId: chen })).toEqual(['CONSENT_ALREADY_GIVEN']);
    expect(await refusal(await ready(), giveConsent, { partyId: wang })).toEqual(['CONSENT_NOT_PENDING']);
  });

  it('records a consent given before the notice as a deviation', async () => {
    const one = await tell(await accepted(), [notifyRightsAndDuties, { partyId: chen }]);
    const [event] = await events(one, giveConsent, { partyId: wang });
    expect(deviationsOf(event)).toEqual(['CONSENT_BEFORE_NOTICE']);
  });

  it('belongs to parties alone', async () => {
    const given = await consentPending();
    for (const command of [notifyRightsAndDuties, giveConsent, refuseConsent])
      expect(await refusal(given, command, { partyId: stranger })).toContain('NOT_A_PARTY');
  });

  it('ends the mediation by the refusal of one', async () => {
    const decided = await events(await consentPending(), refuseConsent, { partyId: wang });
    expect(typesOf(decided)).toEqual(['ConsentRefused', 'MediationTerminated']);
    const given = await tell(await consentPending(), [refuseConsent, { partyId: wang }]);
    expect(stateOf(given)).toMatchObject({ status: 'TERMINATED', termination: { reason: 'REFUSED' } });
    expect(await refusal(given, scheduleSession, plan)).toEqual(['MEDIATION_TERMINATED']);
  });
});

describe('Withdrawing consent', () => {
  it('ends the mediation at any time before the agreement', async () => {
    for (const given of [
      await tell(await consentPending(), [giveConsent, { partyId: wang }]),
      await ready(),
      await opened(),
    ]) {
      const withdrawn = await tell(given, [withdrawConsent, { partyId: wang }]);
      expect(stateOf(withdrawn)).toMatchObject({ status: 'TERMINATED', termination: { reason: 'WITHDRAWN' } });
      expect(stateOf(withdrawn).parties[1]?.consent).toBe('WITHDRAWN');
    }
  });

  it('is too late once the agreement is in effect', async () => {
    const agreed = await tell(await inOrder(), [
      reachOralAgreement,
      { sessionId, content: '修复排水沟', terms: [term] },
    ]);
    expect(await refusal(agreed, withdrawConsent, { partyId: wang })).toEqual(['AGREEMENT_IN_EFFECT']);
  });

  it('presupposes a consent, of a party, in a case that is mediated', async () => {
    expect(await refusal(await consentPending(), withdrawConsent, { partyId: wang })).toEqual(['CONSENT_NOT_GIVEN']);
    expect(await refusal(await ready(), withdrawConsent, { partyId: stranger })).toContain('NOT_A_PARTY');
    const over = await tell(await ready(), [withdrawConsent, { partyId: wang }]);
    expect(await refusal(over, withdrawConsent, { partyId: chen })).toEqual(['NOT_UNDER_MEDIATION']);
  });
});
