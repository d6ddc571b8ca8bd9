import type { statementEvents } from '../events/statements.js';
import { onSession } from '../sessions.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

export const evolveStatements: Steps<typeof statementEvents> = {
  PartyStatementRecorded: (state, { occurredAt: at, data: { sessionId, ...statement } }) =>
    onSession(state, sessionId, ({ statements }) => ({ statements: [...statements, { ...present(statement), at }] })),
  EvidenceSubmitted: (state, { occurredAt: at, data: { sessionId, ...piece } }) =>
    onSession(state, sessionId, ({ evidence }) => ({ evidence: [...evidence, { ...present(piece), at }] })),
  PersuasionMade: (state, { occurredAt: at, data: { sessionId, ...persuasion } }) =>
    onSession(state, sessionId, ({ persuasions }) => ({
      persuasions: [...persuasions, { ...present(persuasion), at }],
    })),
  ProposalMade: (state, { occurredAt: at, data: { sessionId, ...proposal } }) =>
    onSession(state, sessionId, ({ proposals }) => ({
      proposals: [...proposals, { ...present(proposal), answers: [], at }],
    })),
  ProposalAnswered: (state, { occurredAt: at, data: { sessionId, proposalId, partyId, answer } }) =>
    onSession(state, sessionId, ({ proposals }) => ({
      proposals: proposals.map(proposal =>
        proposal.proposalId === proposalId
          ? { ...proposal, answers: [...proposal.answers, { partyId, answer, at }] }
          : proposal,
      ),
    })),
  PartiesReconciled: (state, { occurredAt, data }) =>
    onSession(state, data.sessionId, () => ({ reconciledAt: occurredAt })),
};
