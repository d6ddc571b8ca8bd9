import type { z } from 'zod';
import type { agreementEvents } from '../events/agreement.js';
import { onSession } from '../sessions.js';
import type { AgreementDraft, Obligation } from '../state/agreement.js';
import type { Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

type Oral = z.infer<typeof agreementEvents.OralAgreementReached.data>;
type Term = Oral['terms'][number];
type Effect = Pick<Oral, 'agreementNo' | 'effectiveAt' | 'confirmationDeadline' | 'calendarVersion'>;

/** What both forms of agreement keep of their effect. */
const effectOf = ({ agreementNo, effectiveAt, confirmationDeadline, calendarVersion }: Effect) =>
  present({ agreementNo, effectiveAt, confirmationDeadline, calendarVersion });

const obligationOf = (term: Term): Obligation => ({
  ...present(term),
  status: term.performedAtOnce ? 'PERFORMED' : 'OUTSTANDING',
  performedFen: term.performedAtOnce ? (term.amountFen ?? 0) : 0,
  breaches: [],
  urgings: [],
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
      ...effectOf(data),
      form: 'ORAL',
      content: data.content,
      obligations: data.terms.map(obligationOf),
    },
  }),
  AgreementDrafted: (state, { data }) => ({
    ...state,
    draftsMade: Math.max(state.draftsMade, data.version),
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
    },
  }),
  AgreementSignedByParty: (state, { occurredAt: at, data: { version, partyId, method, byGuardian } }) =>
    onDraft(state, version, ({ signedBy }) => ({ signedBy: [...signedBy, { partyId, method, byGuardian, at }] })),
  AgreementSignedByMediator: (state, { occurredAt: at, data: { version, mediatorId, method } }) =>
    onDraft(state, version, ({ mediators }) => ({ mediators: [...mediators, { mediatorId, method, at }] })),
  AgreementSealAffixed: (state, { occurredAt, data }) => onDraft(state, data.version, () => ({ sealedAt: occurredAt })),
  AgreementBecameEffective: (state, { data }) => ({
    ...state,
    status: 'AGREED',
    agreement: {
      ...effectOf(data),
      form: 'WRITTEN',
      ...(state.draft ? { content: state.draft.content } : {}),
      obligations: state.draft?.terms ?? [],
      copies: data.copies,
      digest: data.digest,
    },
  }),
};
