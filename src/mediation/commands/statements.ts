import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { statementEvents } from '../events/statements.js';
import { bothConsent, findParty } from '../parties.js';
import { findRecording, type Heard, isRecorded, recordingAt } from '../recordings.js';
import { findSession } from '../sessions.js';
import type { Session } from '../state/session.js';
import type { Dispute } from '../state.js';
import {
  type Breaches,
  begunSession,
  command,
  heardIn,
  IN_SESSION,
  nothingBut,
  party,
  recordableIn,
  told,
} from './command.js';
import { inTurn, someParticipant, someSession } from './guards.js';
import { inputOf } from './input.js';
import { findParticipant, knownParticipant } from './participants.js';

const { side: _theirs, ...stated } = inputOf(statementEvents.PartyStatementRecorded.data);
const evidence = inputOf(statementEvents.EvidenceSubmitted.data);
const proposal = inputOf(statementEvents.ProposalMade.data);

/** What should have come before the first words of a session, and whether they are recorded where they must be. */
const inOrder = (session: Session | undefined, heard: Heard): Breaches => {
  if (!session) return [];
  return [
    ...unless(session.provisions.length > 0, 'STATEMENT_BEFORE_EXPLANATION', 'sessionId'),
    ...unless(session.disciplineAnnounced, 'STATEMENT_BEFORE_DISCIPLINE', 'sessionId'),
    ...unless(!session.recordingRequired || isRecorded(session, heard), 'STATEMENT_OUTSIDE_RECORDING', 'recordingId'),
  ];
};

/** Whether something said or brought in any session of the case has this id. */
const isTaken = ({ sessions }: Dispute, id: string): boolean =>
  sessions.some(
    ({ statements, evidence: pieces, proposals }) =>
      statements.some(({ statementId }) => statementId === id) ||
      pieces.some(({ evidenceId }) => evidenceId === id) ||
      proposals.some(({ proposalId }) => proposalId === id),
  );

export const recordStatement = command({
  name: 'recordStatement',
  label: { zh: '记录陈述', en: 'Record a statement' },
  description: 'Records what a party says in a session.',
  citation: statementEvents.PartyStatementRecorded.citation,
  roles: IN_SESSION,
  input: {
    ...stated,
    statementId: stated.statementId.optional(),
    settlementPrivilege: stated.settlementPrivilege.default(false),
  },
  guard: someSession(begunSession),
  decide: (state, input, { occurredAt: at, derivedId }) => {
    const session = findSession(state, input.sessionId);
    const speaker = findParty(state, input.partyId);
    const statementId = input.statementId ?? derivedId('statement');
    const recordingId = input.recordingId ?? (session && recordingAt(session, at)?.recordingId);
    const named = input.recordingId === undefined || (session && findRecording(session, input.recordingId));
    const breaches = [
      ...recordableIn(state, input.sessionId),
      ...unless(speaker !== undefined, 'SPEAKER_NOT_PARTY', 'partyId'),
      ...unless(!isTaken(state, statementId), 'STATEMENT_TWICE', 'statementId'),
      ...unless(Boolean(named), 'RECORDING_UNKNOWN', 'recordingId'),
      ...inOrder(session, recordingId === undefined ? { at } : { at, recordingId }),
    ];
    if (!speaker) return nothingBut(breaches);
    const { side } = speaker;
    return decision(breaches, () => [
      { type: 'PartyStatementRecorded', data: { ...told(input), statementId, side, recordingId } },
    ]);
  },
});

export const submitEvidence = command({
  name: 'submitEvidence',
  label: { zh: '举证', en: 'Submit evidence' },
  description: 'Records a piece of evidence that a party brings in a session.',
  roles: IN_SESSION,
  input: { ...evidence, evidenceId: evidence.evidenceId.optional() },
  guard: someSession(begunSession),
  decide: (state, input, { occurredAt, derivedId }) => {
    const evidenceId = input.evidenceId ?? derivedId('evidence');
    return decision(
      [
        ...heardIn(state, input.sessionId, occurredAt),
        ...party(state, input.partyId, 'partyId'),
        ...unless(!isTaken(state, evidenceId), 'EVIDENCE_TWICE', 'evidenceId'),
      ],
      () => [{ type: 'EvidenceSubmitted', data: { ...told(input), evidenceId } }],
    );
  },
});

export const recordPersuasion = command({
  name: 'recordPersuasion',
  label: { zh: '记录劝说', en: 'Record a persuasion' },
  description: 'Records that a participant spoke to the parties.',
  citation: statementEvents.PersuasionMade.citation,
  roles: IN_SESSION,
  input: inputOf(statementEvents.PersuasionMade.data),
  guard: inTurn(someSession(begunSession), someParticipant(knownParticipant)),
  decide: (state, input, { occurredAt }) => {
    const participant = findParticipant(state, input.participantId);
    return decision(
      [
        ...heardIn(state, input.sessionId, occurredAt),
        ...knownParticipant(state, input.participantId),
        ...unless(bothConsent(participant?.consentBy ?? []), 'PARTICIPANT_WITHOUT_CONSENT', 'participantId'),
      ],
      () => [{ type: 'PersuasionMade', data: told(input) }],
    );
  },
});

export const makeProposal = command({
  name: 'makeProposal',
  label: { zh: '提出方案', en: 'Make a proposal' },
  description: 'Records what a party, or the mediator, proposes.',
  citation: statementEvents.ProposalMade.citation,
  roles: IN_SESSION,
  input: {
    ...proposal,
    proposalId: proposal.proposalId.optional(),
    settlementPrivilege: proposal.settlementPrivilege.default(true),
  },
  guard: someSession(begunSession),
  decide: (state, input, { occurredAt, derivedId }) => {
    const proposalId = input.proposalId ?? derivedId('proposal');
    return decision(
      [
        ...heardIn(state, input.sessionId, occurredAt),
        ...party(state, input.partyId, 'partyId'),
        ...unless(!isTaken(state, proposalId), 'PROPOSAL_TWICE', 'proposalId'),
      ],
      () => [{ type: 'ProposalMade', data: { ...told(input), proposalId } }],
    );
  },
});

const knownProposal = (state: Dispute, sessionId: string, id: string): Breaches => {
  const proposals = findSession(state, sessionId)?.proposals ?? [];
  return unless(
    proposals.some(({ proposalId }) => proposalId === id),
    'PROPOSAL_UNKNOWN',
    'proposalId',
  );
};

/** Breaches for a session that has not begun, or in which nothing was proposed. */
const anyProposal = (state: Dispute, id: string): Breaches => {
  const [proposal] = findSession(state, id)?.proposals ?? [];
  return [...begunSession(state, id), ...knownProposal(state, id, proposal?.proposalId ?? '')];
};

export const answerProposal = command({
  name: 'answerProposal',
  label: { zh: '回应方案', en: 'Answer a proposal' },
  description: 'Records what a party says to a proposal. Accepting it is not yet an agreement.',
  roles: IN_SESSION,
  input: inputOf(statementEvents.ProposalAnswered.data),
  guard: someSession(anyProposal),
  decide: (state, input, { occurredAt }) =>
    decision(
      [
        ...heardIn(state, input.sessionId, occurredAt),
        ...knownProposal(state, input.sessionId, input.proposalId),
        ...party(state, input.partyId, 'partyId'),
      ],
      () => [{ type: 'ProposalAnswered', data: told(input) }],
    ),
});

export const recordReconciliation = command({
  name: 'recordReconciliation',
  label: { zh: '记录握手言和', en: 'Record a reconciliation' },
  description: 'Records that the parties made peace. That alone is no agreement.',
  roles: IN_SESSION,
  input: inputOf(statementEvents.PartiesReconciled.data),
  guard: someSession(begunSession),
  decide: (state, input) =>
    decision(begunSession(state, input.sessionId), () => [{ type: 'PartiesReconciled', data: told(input) }]),
});

export const statementCommands = [
  recordStatement,
  submitEvidence,
  recordPersuasion,
  makeProposal,
  answerProposal,
  recordReconciliation,
];
