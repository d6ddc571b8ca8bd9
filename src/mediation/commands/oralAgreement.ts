import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { agreementEvents } from '../events/agreement.js';
import { command, inTime, MEDIATION, onlyIn, onRecording, openSessionOnly } from './command.js';
import { inTurn, someSession } from './guards.js';
import { inputOf } from './input.js';
import { effectAt, termBreaches, termsInput, withObligationIds } from './terms.js';

const oral = inputOf(agreementEvents.OralAgreementReached.data);

export const reachOralAgreement = command({
  name: 'reachOralAgreement',
  label: { zh: '达成口头协议', en: 'Reach an oral agreement' },
  description: 'Records an oral agreement with its terms. It binds at once.',
  citation: agreementEvents.OralAgreementReached.citation,
  roles: MEDIATION,
  input: { sessionId: oral.sessionId, content: oral.content, terms: termsInput },
  conflictsWith: ['ConsentWithdrawn', 'MediationTerminated', 'OralAgreementReached', 'AgreementBecameEffective'],
  guard: inTurn(onlyIn(['IN_MEDIATION'], 'NOT_IN_MEDIATION'), someSession(openSessionOnly)),
  decide: (state, input, { occurredAt, today, derivedId }) =>
    decision(
      [
        ...openSessionOnly(state, input.sessionId),
        ...onRecording(state, input.sessionId, occurredAt),
        ...unless(input.terms.length > 0, 'TERMS_REQUIRED', 'terms'),
        ...termBreaches(state, input.terms, today),
        ...inTime(state, today),
      ],
      () => [
        {
          type: 'OralAgreementReached',
          data: {
            sessionId: input.sessionId,
            content: input.content,
            terms: withObligationIds(input.terms, derivedId),
            ...effectAt(state, occurredAt),
          },
        },
      ],
    ),
});
