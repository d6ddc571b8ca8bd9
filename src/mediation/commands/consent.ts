import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { consentEvents } from '../events/consent.js';
import { findParty } from '../parties.js';
import type { Dispute } from '../state.js';
import { type Breaches, command, IN_SESSION, MEDIATION, onlyIn, party, underMediation } from './command.js';
import { inTurn, someParty } from './guards.js';
import { inputOf } from './input.js';

const notified = inputOf(consentEvents.RightsAndDutiesNotified.data);
const { partyId } = notified;

export const notifyRightsAndDuties = command({
  name: 'notifyRightsAndDuties',
  label: { zh: '告知权利义务', en: 'Notify rights and duties' },
  description: 'Records that a party was told of its rights and duties, and whether it signed for that.',
  citation: consentEvents.RightsAndDutiesNotified.citation,
  roles: IN_SESSION,
  input: { partyId, acknowledged: notified.acknowledged.default(true) },
  guard: underMediation,
  decide: (state, input, { today }) =>
    decision(party(state, input.partyId, 'partyId'), () => [
      {
        type: 'RightsAndDutiesNotified',
        data: { partyId: input.partyId, acknowledged: input.acknowledged, notifiedOn: today },
      },
    ]),
});

const awaitsConsent = (state: Dispute): Breaches =>
  state.status === 'ACCEPTED'
    ? unless(false, 'NOTICE_REQUIRED')
    : onlyIn(['CONSENT_PENDING'], 'CONSENT_NOT_PENDING')(state);

const consentOf = (state: Dispute, id: string) => findParty(state, id)?.consent;

/** Breaches for who is no party, or agreed before. */
const notYetAgreed = (state: Dispute, id: string): Breaches => [
  ...party(state, id, 'partyId'),
  ...unless(consentOf(state, id) !== 'GIVEN', 'CONSENT_ALREADY_GIVEN', 'partyId'),
];

export const giveConsent = command({
  name: 'giveConsent',
  label: { zh: '同意调解', en: 'Give consent' },
  description: 'Records that a party agrees to be mediated; the case is ready once all do.',
  citation: consentEvents.ConsentGiven.citation,
  roles: MEDIATION,
  input: { partyId },
  conflictsWith: ['ConsentRefused', 'ConsentWithdrawn', 'MediationTerminated'],
  guard: inTurn(awaitsConsent, someParty(notYetAgreed)),
  decide: (state, input, { today }) =>
    decision(
      [
        ...notYetAgreed(state, input.partyId),
        ...unless(findParty(state, input.partyId)?.notifiedOn !== undefined, 'CONSENT_BEFORE_NOTICE', 'partyId'),
      ],
      () => [{ type: 'ConsentGiven', data: { partyId: input.partyId, givenOn: today } }],
    ),
});

export const refuseConsent = command({
  name: 'refuseConsent',
  label: { zh: '拒绝调解', en: 'Refuse consent' },
  description: 'Records that a party refuses to be mediated, which ends the mediation.',
  citation: consentEvents.ConsentRefused.citation,
  roles: MEDIATION,
  input: { partyId },
  conflictsWith: ['ConsentGiven', 'MediationTerminated'],
  guard: inTurn(onlyIn(['ACCEPTED', 'CONSENT_PENDING'], 'CONSENT_NOT_PENDING'), someParty(notYetAgreed)),
  decide: (state, input, { today }) =>
    decision(notYetAgreed(state, input.partyId), () => [
      { type: 'ConsentRefused', data: { partyId: input.partyId, refusedOn: today } },
      { type: 'MediationTerminated', data: { reason: 'REFUSED', terminatedOn: today } },
    ]),
});

const beforeEffect = (state: Dispute): Breaches =>
  state.agreement ? unless(false, 'AGREEMENT_IN_EFFECT') : underMediation(state);

/** Breaches for who is no party, or does not agree to be mediated. */
const agreed = (state: Dispute, id: string): Breaches => [
  ...party(state, id, 'partyId'),
  ...unless(consentOf(state, id) === 'GIVEN', 'CONSENT_NOT_GIVEN', 'partyId'),
];

export const withdrawConsent = command({
  name: 'withdrawConsent',
  label: { zh: '撤回同意', en: 'Withdraw consent' },
  description: 'Records that a party no longer wants to be mediated, which ends the mediation.',
  citation: consentEvents.ConsentWithdrawn.citation,
  roles: MEDIATION,
  input: { partyId },
  conflictsWith: ['OralAgreementReached', 'AgreementBecameEffective', 'MediationTerminated'],
  guard: inTurn(beforeEffect, someParty(agreed)),
  decide: (state, input, { today }) =>
    decision(agreed(state, input.partyId), () => [
      { type: 'ConsentWithdrawn', data: { partyId: input.partyId, withdrawnOn: today } },
      { type: 'MediationTerminated', data: { reason: 'WITHDRAWN', terminatedOn: today } },
    ]),
});

export const consentCommands = [notifyRightsAndDuties, giveConsent, refuseConsent, withdrawConsent];
