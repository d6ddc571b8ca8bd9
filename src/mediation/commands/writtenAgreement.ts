import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { digestOf } from '../digest.js';
import { justiceOfficesOf } from '../dispute.js';
import { agreementEvents } from '../events/agreement.js';
import type { DisputeEvent } from '../events/index.js';
import { currentMediator } from '../mediators.js';
import { PML } from '../rules/rule.js';
import type { AgreementDraft } from '../state/agreement.js';
import type { Dispute } from '../state.js';
import { type Breaches, birthDates, command, inTime, MEDIATION, onlyIn, party, told } from './command.js';
import { inTurn, someMediator, someParty } from './guards.js';
import { inputOf } from './input.js';
import { minorsOf } from './minors.js';
import { effectAt, type TermInput, termBreaches, termsInput, withObligationIds } from './terms.js';

const drafted = inputOf(agreementEvents.AgreementDrafted.data);
const byParty = inputOf(agreementEvents.AgreementSignedByParty.data);
const byMediator = inputOf(agreementEvents.AgreementSignedByMediator.data);
const sealed = inputOf(agreementEvents.AgreementSealAffixed.data);

const ENDS_SIGNING = ['AgreementDrafted', 'ConsentWithdrawn', 'MediationTerminated', 'OralAgreementReached'] as const;
const inMediation = onlyIn(['IN_MEDIATION'], 'NOT_IN_MEDIATION');

/** What the agreement has to say beside its terms (PML art. 29). */
const CLAUSES = ['facts', 'disputedPoints', 'responsibility', 'content'] as const;

const clausesMissing = (input: { readonly [Clause in (typeof CLAUSES)[number]]?: string | undefined }): Breaches =>
  CLAUSES.flatMap(clause => unless(input[clause] !== undefined, 'AGREEMENT_CLAUSE_MISSING', clause));

const limitsMissing = (terms: readonly TermInput[]): Breaches =>
  terms.flatMap(({ performedAtOnce, dueDate }, index) =>
    unless(performedAtOnce || dueDate !== undefined, 'TERM_DUE_DATE_REQUIRED', 'terms', String(index), 'dueDate'),
  );

export const draftAgreement = command({
  name: 'draftAgreement',
  label: { zh: '制作调解协议书', en: 'Draft the agreement' },
  description: 'Writes a version of the agreement. A new version has to be signed anew.',
  citation: agreementEvents.AgreementDrafted.citation,
  roles: MEDIATION,
  input: {
    facts: drafted.facts.optional(),
    disputedPoints: drafted.disputedPoints.optional(),
    responsibility: drafted.responsibility.optional(),
    content: drafted.content.optional(),
    terms: termsInput,
  },
  conflictsWith: ENDS_SIGNING,
  guard: inMediation,
  decide: (state, input, { id, today, derivedId }) => {
    const { facts = '', disputedPoints = '', responsibility = '', content = '' } = input;
    return decision(
      [...clausesMissing(input), ...termBreaches(state, input.terms, today), ...limitsMissing(input.terms)],
      () => {
        const version = state.draftsMade + 1;
        const terms = withObligationIds(input.terms, derivedId);
        const text = { version, facts, disputedPoints, responsibility, content, terms };
        return [{ type: 'AgreementDrafted', data: { ...text, sha256: digestOf({ disputeId: id, ...text }) } }];
      },
    );
  },
});

/** A guard: there is something to sign. */
const isDrafted = ({ draft }: Dispute): Breaches => unless(draft !== undefined, 'DRAFT_REQUIRED', 'version');

/** Breaches of signing a version that is not the one on the table. */
const onTheTable = (state: Dispute, version: number): Breaches =>
  state.draft ? unless(state.draft.version === version, 'DRAFT_NOT_CURRENT', 'version') : isDrafted(state);

/** Breaches for who is no party, or has signed the draft. */
const unsignedByParty = (state: Dispute, id: string): Breaches => [
  ...party(state, id, 'partyId'),
  ...unless(!state.draft?.signedBy.some(({ partyId }) => partyId === id), 'SIGNED_ALREADY', 'partyId'),
];

/** Breaches for who is no mediator of the case, or has signed the draft. */
const unsignedByMediator = (state: Dispute, id: string): Breaches => [
  ...unless(currentMediator(state, id) !== undefined, 'MEDIATOR_NOT_ASSIGNED', 'mediatorId'),
  ...unless(!state.draft?.mediators.some(({ mediatorId }) => mediatorId === id), 'SIGNED_ALREADY', 'mediatorId'),
];

const unsealed = ({ draft }: Dispute): Breaches => unless(draft?.sealedAt === undefined, 'SEALED_ALREADY', 'version');

/**
 * When the last of all parties, a mediator and the committee signed (PML art. 29), in whatever order that was recorded;
 * nothing while one is missing.
 */
function completeSince({ signedBy, mediators, sealedAt }: AgreementDraft, { parties }: Dispute): string | undefined {
  const byParties = parties.map(({ subjectId }) => signedBy.find(({ partyId }) => partyId === subjectId)?.at);
  const byMediator = mediators.map(({ at }) => at).sort()[0];
  const moments = [...byParties, byMediator, sealedAt];
  return moments.every(at => at !== undefined) ? moments.sort().at(-1) : undefined;
}

/** The signature, and the effect if it is the last that was missing. */
function signing(
  state: Dispute,
  signature: DisputeEvent,
  signed: (draft: AgreementDraft) => AgreementDraft,
): readonly DisputeEvent[] {
  const draft = state.draft && signed(state.draft);
  const effectiveAt = draft && completeSince(draft, state);
  if (!effectiveAt) return [signature];
  const copies = state.parties.length + 1;
  const effect = { version: draft.version, ...effectAt(state, effectiveAt), copies, digest: draft.sha256 };
  return [signature, { type: 'AgreementBecameEffective', occurredAt: effectiveAt, data: effect }];
}

const needsGuardian = (state: Dispute, partyId: string, minors: readonly string[]): boolean =>
  minors.includes(partyId) &&
  !state.parties.some(({ subjectId, guardian }) => subjectId === partyId && guardian.waived);

export const signAgreement = command({
  name: 'signAgreement',
  label: { zh: '当事人签署协议', en: 'Sign the agreement' },
  description: 'Records the signature of a party. With the last signature and the seal, the agreement takes effect.',
  citation: `${PML} art. 29`,
  roles: MEDIATION,
  input: { ...byParty, byGuardian: byParty.byGuardian.default(false) },
  conflictsWith: ENDS_SIGNING,
  guard: inTurn(inMediation, isDrafted, someParty(unsignedByParty)),
  facts: (input, _state, lookup) => birthDates(lookup, [input.partyId]),
  decide: (state, input, { facts, today, occurredAt: at }) => {
    const { partyId, method, byGuardian } = input;
    const guardianSigns = needsGuardian(state, partyId, minorsOf(state, facts, today));
    return decision(
      [
        ...onTheTable(state, input.version),
        ...unsignedByParty(state, partyId),
        ...unless(byGuardian || !guardianSigns, 'MINOR_SIGNED_ALONE', 'byGuardian'),
        ...unless(guardianSigns || !byGuardian, 'GUARDIAN_NOT_REQUIRED', 'byGuardian'),
        ...inTime(state, today),
      ],
      () =>
        signing(state, { type: 'AgreementSignedByParty', data: told(input) }, draft => ({
          ...draft,
          signedBy: [...draft.signedBy, { partyId, method, byGuardian, at }],
        })),
    );
  },
});

export const signAgreementAsMediator = command({
  name: 'signAgreementAsMediator',
  label: { zh: '调解员签署协议', en: 'Sign the agreement as mediator' },
  description: 'Records the signature of a mediator of the case.',
  citation: `${PML} art. 29`,
  roles: MEDIATION,
  input: byMediator,
  conflictsWith: ENDS_SIGNING,
  guard: inTurn(inMediation, isDrafted, someMediator(unsignedByMediator)),
  decide: (state, input, { occurredAt: at }) => {
    const { mediatorId, method } = input;
    return decision([...onTheTable(state, input.version), ...unsignedByMediator(state, mediatorId)], () =>
      signing(state, { type: 'AgreementSignedByMediator', data: told(input) }, draft => ({
        ...draft,
        mediators: [...draft.mediators, { mediatorId, method, at }],
      })),
    );
  },
});

export const affixSeal = command({
  name: 'affixSeal',
  label: { zh: '加盖调委会印章', en: 'Affix the seal' },
  description: 'Records that the mediation committee sealed the agreement.',
  citation: `${PML} art. 29`,
  roles: [...MEDIATION, 'JUSTICE_OFFICE'],
  alsoFor: justiceOfficesOf,
  input: sealed,
  conflictsWith: ENDS_SIGNING,
  guard: inTurn(inMediation, isDrafted, unsealed),
  facts: async (input, _state, lookup) =>
    input.committeeId === undefined || (await lookup.orgUnit(input.committeeId)) !== undefined,
  decide: (state, input, { facts, occurredAt: sealedAt }) =>
    decision(
      [...onTheTable(state, input.version), ...unsealed(state), ...unless(facts, 'UNIT_UNKNOWN', 'committeeId')],
      () => signing(state, { type: 'AgreementSealAffixed', data: told(input) }, draft => ({ ...draft, sealedAt })),
    ),
});

export const writtenAgreementCommands = [draftAgreement, signAgreement, signAgreementAsMediator, affixSeal];
