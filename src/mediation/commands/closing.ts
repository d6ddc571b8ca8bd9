import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { documentsOnRecord, requiredDocuments } from '../caseFile.js';
import type { DisputeOutcome, FileDocument } from '../codes.js';
import { closingEvents } from '../events/closing.js';
import type { Dispute } from '../state.js';
import { derivedStatus } from '../status.js';
import { type Breaches, command, onlyIn, STATION } from './command.js';
import { inputOf } from './input.js';

const closed = inputOf(closingEvents.DisputeClosed.data);
const archived = inputOf(closingEvents.CaseFileArchived.data);
const reopened = inputOf(closingEvents.DisputeReopened.data);

/** Outcomes with which a case may be closed, by where it stands. */
const OUTCOMES: Readonly<Record<string, readonly DisputeOutcome[]>> = {
  EXCLUDED: ['EXCLUDED'],
  REFERRED: ['REFERRED'],
  TERMINATED: ['FAILED', 'LITIGATION_ADVISED'],
  PERFORMED: ['SETTLED'],
  BREACHED: ['LITIGATION_ADVISED'],
};

/** The parties go elsewhere from here: they have to be told where (PML art. 26; 2002 rules art. 39). */
const NEEDS_REMEDIES: readonly string[] = ['TERMINATED', 'BREACHED'];

function mayClose(state: Dispute): Breaches {
  const status = derivedStatus(state);
  const told = state.parties.every(({ remediesOn }) => remediesOn !== undefined);
  return [
    ...unless(status in OUTCOMES, 'NOT_CLOSABLE'),
    ...unless(status !== 'REFERRED' || state.referral?.acceptedOn !== undefined, 'REFERRAL_PENDING'),
    ...unless(!NEEDS_REMEDIES.includes(status) || told, 'REMEDIES_REQUIRED'),
    ...unless(!state.sessions.some(session => ['OPEN', 'ADJOURNED'].includes(session.status)), 'SESSION_UNFINISHED'),
  ];
}

export const closeDispute = command({
  name: 'closeDispute',
  label: { zh: '结案', en: 'Close the case' },
  description: 'Closes a case that is at its end, with the outcome that fits.',
  roles: STATION,
  input: { outcome: closed.outcome },
  conflictsWith: ['ObligationBreached', 'PerformanceUrged', 'ReferralReturned', 'DisputeReopened', 'DisputeClosed'],
  guard: mayClose,
  decide: (state, input, { today }) =>
    decision(
      unless(OUTCOMES[derivedStatus(state)]?.includes(input.outcome) === true, 'OUTCOME_UNFIT', 'outcome'),
      () => [{ type: 'DisputeClosed', data: { outcome: input.outcome, closedOn: today } }],
    ),
});

/** One breach for each document that is neither there nor waived. */
const missing = (state: Dispute, there: readonly FileDocument[], waived: readonly FileDocument[]): Breaches =>
  requiredDocuments(state)
    .filter(document => !there.includes(document) && !waived.includes(document))
    .map(document => ({ code: 'FILE_INCOMPLETE', path: ['documents', document] }));

export const archiveCaseFile = command({
  name: 'archiveCaseFile',
  label: { zh: '归档', en: 'Archive the case file' },
  description: 'Archives a closed case once every required document is there, or waived with a reason.',
  citation: closingEvents.CaseFileArchived.citation,
  roles: STATION,
  input: { documents: archived.documents.default([]), waivers: archived.waivers.default([]) },
  conflictsWith: ['DisputeReopened', 'CaseFileArchived'],
  guard: onlyIn(['CLOSED'], 'NOT_CLOSED'),
  decide: (state, input, { today }) => {
    const documents = [...new Set([...documentsOnRecord(state), ...input.documents])];
    const waived = input.waivers.map(({ document }) => document);
    return decision(missing(state, documents, waived), () => [
      { type: 'CaseFileArchived', data: { documents, waivers: input.waivers, archivedOn: today } },
    ]);
  },
});

export const reopenDispute = command({
  name: 'reopenDispute',
  label: { zh: '重启', en: 'Reopen the case' },
  description:
    'Takes a closed case up again, from its screening on. Its history stays, and so does what an agreement binds to; consents and waivers are asked for anew, and sessions that were not held are planned anew.',
  roles: STATION,
  input: { reason: reopened.reason, account: reopened.account },
  conflictsWith: ['DisputeReopened'],
  guard: onlyIn(['CLOSED', 'ARCHIVED'], 'NOT_CLOSED'),
  decide: (state, input) =>
    decision([], () => [
      {
        type: 'DisputeReopened',
        data: {
          reason: input.reason,
          account: input.account,
          participantIds: state.participants.map(({ participantId }) => participantId),
        },
      },
    ]),
});

export const closingCommands = [closeDispute, archiveCaseFile, reopenDispute];
