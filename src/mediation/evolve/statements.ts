import type { statementEvents } from '../events/statements.js';
import { isRecorded, onSession } from '../sessions.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

export const evolveStatements: Steps<typeof statementEvents> = {
  PartyStatementRecorded: (state, { occurredAt, data: { sessionId, ...statement } }) =>
    onSession(state, sessionId, session => ({
      statements: [...session.statements, { ...present(statement), at: occurredAt }],
      recordingBroken:
        session.recordingBroken || (session.recordingRequired && !isRecorded(session, statement.recordingId)),
    })),
  EvidenceSubmitted: (state, { data: { sessionId, ...piece } }) =>
    onSession(state, sessionId, ({ evidence }) => ({ evidence: [...evidence, present(piece)] })),
  PersuasionMade: (state, { data: { sessionId, ...persuasion } }) =>
    onSession(state, sessionId, ({ persuasions }) => ({ persuasions: [...persuasions, present(persuasion)] })),
  ProposalMade: (state, { data: { sessionId, ...proposal } }) =>
    onSession(state, sessionId, ({ proposals }) => ({
      proposals: [...proposals, { ...present(proposal), answers: [] }],
    })),
  ProposalAnswered: (state, { data: { sessionId, proposalId, partyId, answer } }) =>
    onSession(state, sessionId, ({ proposals }) => ({
      proposals: proposals.map(proposal =>
        proposal.proposalId === proposalId
          ? { ...proposal, answers: [...proposal.answers, { partyId, answer }] }
          : proposal,
      ),
    })),
  PartiesReconciled: (state, { occurredAt, data }) =>
    onSession(state, data.sessionId, () => ({ reconciledAt: occurredAt })),
};
