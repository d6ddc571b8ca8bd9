import type { Personal } from '../kernel/personal.js';
import type { PartyConsent, PartySide, SessionOpenness, SessionPlaceType, SessionStatus } from './codes.js';

/** The states that events bring about; others are derived (see status.ts). */
export type StoredStatus =
  | 'NONE'
  | 'REPORTED'
  | 'SCREENED'
  | 'EXCLUDED'
  | 'REFERRED'
  | 'ACCEPTED'
  | 'CONSENT_PENDING'
  | 'READY'
  | 'IN_MEDIATION'
  | 'AGREED'
  | 'TERMINATED'
  | 'BREACHED'
  | 'CLOSED'
  | 'ARCHIVED';

/** Days below (`…On`, `dueDate`) are legal days in Asia/Shanghai; instants (`…At`) are ISO 8601 in UTC. */
export interface Party {
  readonly subjectId: string;
  readonly side: PartySide;
  readonly notifiedOn?: string;
  readonly acknowledged: boolean;
  readonly consent: PartyConsent;
  readonly guardian: Guardian;
  /** When the party was told of other routes after a termination. */
  readonly remediesOn?: string;
}

export interface Guardian {
  readonly name?: Personal<string>;
  readonly guardianId?: string;
  readonly notifiedOn?: string;
  /** Whether no guardian need attend: a self-supporting minor of 16 or more. */
  readonly waived: boolean;
}

export interface CaseMediator {
  readonly mediatorId: string;
  readonly category: string;
  readonly officerId?: string;
  readonly chosenBy?: PartySide;
  /** How the mediator left the case; absent as long as on it. */
  readonly left?: 'REPLACED' | 'REMOVED';
}

export interface Misconduct {
  readonly mediatorId: string;
  readonly kind: string;
  readonly reportedBy?: string;
  readonly account: Personal<string>;
}

export interface Participant {
  readonly participantId: string;
  readonly role: string;
  readonly name: Personal<string>;
  readonly subjectId?: string;
  readonly orgUnitId?: string;
  readonly consentBy: readonly PartySide[];
}

export interface Recording {
  readonly recordingId: string;
  readonly mode: string;
  readonly deviceSerial: string;
  readonly status: 'RUNNING' | 'PAUSED' | 'STOPPED';
  readonly gapsMs: readonly number[];
  /** When it began to run and ceased to, in the order in which that came to be known. */
  readonly turns: readonly { readonly at: string; readonly running: boolean }[];
  readonly stoppedAt?: string;
  readonly durationMs?: number;
  readonly sha256?: string;
}

export interface Statement {
  readonly statementId: string;
  readonly partyId: string;
  readonly side: PartySide;
  readonly text: Personal<string>;
  readonly settlementPrivilege: boolean;
  readonly recordingId?: string;
  readonly recordingOffsetMs?: number;
  readonly at: string;
}

export interface Evidence {
  readonly evidenceId: string;
  readonly partyId: string;
  readonly kind: string;
  readonly description: Personal<string>;
  readonly sha256?: string;
  readonly at: string;
}

export interface Proposal {
  readonly proposalId: string;
  /** Nobody when the mediator proposes. */
  readonly partyId?: string;
  readonly content: Personal<string>;
  readonly settlementPrivilege: boolean;
  readonly answers: readonly { readonly partyId: string; readonly answer: string; readonly at: string }[];
  readonly at: string;
}

export interface Persuasion {
  readonly participantId: string;
  readonly towards?: PartySide;
  readonly summary?: Personal<string>;
  readonly at: string;
}

export interface Disorder {
  readonly kind: string;
  readonly byPartyIds: readonly string[];
  readonly account?: Personal<string>;
  readonly at: string;
  readonly restoredAt?: string;
}

/** A party who refused to sign. */
export interface TranscriptRefusal {
  readonly partyId: string;
  readonly reason?: Personal<string>;
  /** Whether a witness or the recording attests it. */
  readonly witnessed: boolean;
}

export interface Adjournment {
  readonly reason: string;
  readonly at: string;
  readonly resumedAt?: string;
}

export interface Reopening {
  readonly reason: string;
  readonly account?: Personal<string>;
  readonly at: string;
}

export interface TranscriptVersion {
  readonly version: number;
  readonly simplified: boolean;
  readonly content: Personal<string>;
  readonly sha256: Personal<string>;
  readonly readBackTo: readonly string[];
  readonly signers: readonly { readonly subjectId: string; readonly method: string }[];
  readonly mediators: readonly { readonly mediatorId: string; readonly method: string }[];
  /** Party at whose request an earlier version was corrected to this one. */
  readonly requestedBy?: string;
  readonly refusals: readonly TranscriptRefusal[];
}

/** A round: one session of the case. */
export interface Session {
  readonly sessionId: string;
  readonly round: number;
  readonly status: SessionStatus;
  readonly plannedFor?: string;
  readonly openness?: SessionOpenness;
  readonly placeType?: SessionPlaceType;
  readonly place?: Personal<string>;
  readonly hostId?: string;
  readonly hostOfficerId?: string;
  readonly coMediatorIds: readonly string[];
  readonly officersPresent: number;
  readonly auxiliariesPresent: number;
  readonly recordingRequired: boolean;
  readonly openedAt?: string;
  readonly endedAt?: string;
  /** Minors whose guardian attends. */
  readonly guardiansFor: readonly string[];
  readonly provisions: readonly string[];
  readonly disciplineAnnounced: boolean;
  readonly recordingNoticeGiven: boolean;
  readonly reviewOfferedTo: readonly string[];
  readonly recordings: readonly Recording[];
  readonly statements: readonly Statement[];
  readonly evidence: readonly Evidence[];
  readonly adjournments: readonly Adjournment[];
  readonly disorders: readonly Disorder[];
  readonly persuasions: readonly Persuasion[];
  readonly proposals: readonly Proposal[];
  /** In order; the last is the one in force. */
  readonly transcript: readonly TranscriptVersion[];
  readonly reconciledAt?: string;
  /** When an oral agreement was reached in it. */
  readonly agreedAt?: string;
}

export interface Obligation {
  readonly obligationId: string;
  readonly obligorId: string;
  readonly obligeeId?: string;
  readonly kind: string;
  readonly amountFen?: number;
  readonly dueDate?: string;
  readonly manner: Personal<string>;
  readonly performedAtOnce: boolean;
  readonly status: string;
  readonly performedFen: number;
  readonly partlyPerformedOn?: string;
  readonly performedOn?: string;
}

export interface AgreementDraft {
  readonly version: number;
  readonly facts: Personal<string>;
  readonly disputedPoints: Personal<string>;
  readonly responsibility: Personal<string>;
  readonly content: Personal<string>;
  readonly terms: readonly Obligation[];
  readonly sha256: Personal<string>;
  readonly signedBy: readonly AgreementSignature[];
  readonly mediators: readonly { readonly mediatorId: string; readonly method: string; readonly at: string }[];
  readonly sealedAt?: string;
}

export interface AgreementSignature {
  readonly partyId: string;
  readonly method: string;
  readonly byGuardian: boolean;
  readonly at: string;
}

export interface Agreement {
  readonly agreementNo: string;
  readonly form: 'ORAL' | 'WRITTEN';
  readonly effectiveAt: string;
  readonly confirmationDeadline: string;
  /** What the deadline was found with; agreements of before it was rolled to a workday have none. */
  readonly calendarVersion?: string;
  readonly content?: Personal<string>;
  readonly obligations: readonly Obligation[];
  readonly copies?: number;
  readonly digest?: Personal<string>;
}

export interface FollowUp {
  readonly followUpId: string;
  readonly dueDate?: string;
  readonly visitedOn?: string;
  /** Who made it and answers for what is recorded of it. */
  readonly visitorId?: string;
  readonly partyId?: string;
  readonly agreementNo?: string;
  readonly matter?: Personal<string>;
  readonly performance?: string;
  readonly satisfaction?: number;
  readonly litigation?: Personal<string>;
  readonly escalationSigns?: boolean;
  readonly measures?: Personal<string>;
  readonly visitId?: string;
}

export interface EscalationRisk {
  readonly level: number;
  readonly toUnitId: string;
  readonly account: Personal<string>;
  readonly measures?: Personal<string>;
  readonly at: string;
}

/** A rule that something recorded in the case broke. */
export interface CaseDeviation {
  readonly rule: string;
  readonly citation: string;
  /** The event that it was recorded with. */
  readonly revision: number;
}

export interface Dispute {
  readonly status: StoredStatus;
  readonly orgUnitId?: string;
  readonly title?: string;
  readonly source?: string;
  readonly category?: string;
  readonly divisionCode?: string;
  readonly village?: Personal<string>;
  readonly summary?: Personal<string>;
  readonly occurredOn?: string;
  readonly reportedAt?: string;
  readonly visitId?: string;
  readonly parties: readonly Party[];
  readonly unknownSides: readonly PartySide[];
  /** Parties under 18 at any time of the case. */
  readonly minorIds: readonly string[];
  readonly screening?: {
    readonly legalBasis: string;
    readonly riskLevel: number;
    readonly exclusions: readonly string[];
  };
  readonly exclusion?: { readonly code: string; readonly citation: string };
  readonly referral?: { readonly toUnitId: string; readonly reason: string; readonly acceptedOn?: string };
  readonly track?: string;
  readonly caseNo?: string;
  readonly acceptedOn?: string;
  readonly dueDate?: string;
  readonly calendarVersion?: string;
  readonly ruleSetId?: string;
  readonly mediators: readonly CaseMediator[];
  readonly misconduct: readonly Misconduct[];
  readonly participants: readonly Participant[];
  readonly sessions: readonly Session[];
  readonly draft?: AgreementDraft;
  readonly agreement?: Agreement;
  /** Versions of an agreement that were drafted so far, over every time that the case was open. */
  readonly draftsMade: number;
  /** Of before the case was reopened. They bind as before: what they left to do is performed, and followed up. */
  readonly formerAgreements: readonly Agreement[];
  readonly termination?: { readonly reason: string; readonly on: string };
  readonly followUps: readonly FollowUp[];
  readonly risks: readonly EscalationRisk[];
  readonly closure?: { readonly outcome: string; readonly on: string };
  readonly archive?: { readonly documents: readonly string[]; readonly waived: readonly string[]; readonly on: string };
  readonly reopenings: readonly Reopening[];
  readonly deviations: readonly CaseDeviation[];
}

export const noDispute: Dispute = {
  status: 'NONE',
  parties: [],
  unknownSides: [],
  minorIds: [],
  mediators: [],
  misconduct: [],
  participants: [],
  sessions: [],
  draftsMade: 0,
  formerAgreements: [],
  followUps: [],
  risks: [],
  reopenings: [],
  deviations: [],
};
