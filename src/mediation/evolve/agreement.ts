import type { z } from 'zod';
import type { agreementEvents } from '../events/agreement.js';
import { onSession } from '../sessions.js';
import type { AgreementDraft, Dispute, Obligation } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

type Term = z.infer<typeof agreementEvents.OralAgreementReached.data>['terms'][number];

const obligationOf = (term: Term): Obligation => ({
  ...present(term),
  status: term.performedAtOnce ? 'PERFORMED' : 'OUTSTANDING',
  performedFen: term.performedAtOnce ? (term.amountFen ?? 0) : 0,
});

const onDraft = (
  state: Dispute,
  version: number,
  change: (draft: AgreementDraft) => Partial<AgreementDraft>,
): Dispute =>
  state.draft?.version === version ? { ...state, draft: { ...state.draft, ...change(state.draft) } } : state;

export const evolveAgreement: Steps<typeof agreementEvents> = {
  OralAgreementReached: (state, { occurredAt: at, data }) => ({
    ...onSession(state, data.sessionId, () => ({ agreedAt: at })),
    status: 'AGREED',
    agreement: {
      agreementNo: data.agreementNo,
      form: 'ORAL',
      effectiveAt: data.effectiveAt,
      confirmationDeadline: data.confirmationDeadline,
      content: data.content,
      obligations: data.terms.map(obligationOf),
    },
  }),
  AgreementDrafted: (state, { data }) => ({
    ...state,
    draft: {
      version: data.version,
      facts: data.facts,
      disputedPoints: data.disputedPoints,
      responsibility: data.responsibility,
      content: data.content,
      terms: data.terms.map(obligationOf),
      sha256: data.sha256,
      signedBy: [],
      mediators: [],
      sealed: false,
    },
  }),
  AgreementSignedByParty: (state, { data: { version, partyId, method, byGuardian } }) =>
    onDraft(state, version, ({ signedBy }) => ({ signedBy: [...signedBy, { partyId, method, byGuardian }] })),
  AgreementSignedByMediator: (state, { data: { version, mediatorId, method } }) =>
    onDraft(state, version, ({ mediators }) => ({ mediators: [...mediators, { mediatorId, method }] })),
  AgreementSealAffixed: (state, { data }) => onDraft(state, data.version, () => ({ sealed: true })),
  AgreementBecameEffective: (state, { data }) => ({
    ...state,
    status: 'AGREED',
    agreement: {
      agreementNo: data.agreementNo,
      form: 'WRITTEN',
      effectiveAt: data.effectiveAt,
      confirmationDeadline: data.confirmationDeadline,
      ...(state.draft ? { content: state.draft.content } : {}),
      obligations: state.draft?.terms ?? [],
      copies: data.copies,
      digest: data.digest,
    },
  }),
};
