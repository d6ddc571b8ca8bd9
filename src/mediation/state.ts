import type { Personal } from '../kernel/personal.js';
import type { PartySide } from './codes.js';
import type { Agreement, AgreementDraft } from './state/agreement.js';
import type { EscalationRisk, FollowUp } from './state/followUp.js';
import type { CaseMediator, Misconduct, Participant, Party } from './state/people.js';
import type { Session } from './state/session.js';

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

export interface Reopening {
  readonly reason: string;
  readonly account?: Personal<string>;
  readonly at: string;
}

/** To whom a case is handed over. */
export interface Referral {
  readonly toUnitId: string;
  readonly reason: string;
  readonly acceptedOn?: string;
}

/** One that came to nothing, and why: the other unit sent the case back, or the one that had sent it recalled it. */
export interface FormerReferral extends Referral {
  readonly returnReason?: string;
  readonly recallReason?: string;
  readonly endedAt: string;
}

/** A rule that something recorded in the case broke. */
export interface CaseDeviation {
  readonly rule: string;
  readonly citation: string;
  /** The event that it was recorded with. */
  readonly revision: number;
}

/** Here and in the parts: days (`…On`, `dueDate`) are legal days in Asia/Shanghai, instants (`…At`) ISO 8601 in UTC. */
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
  readonly referral?: Referral;
  readonly formerReferrals: readonly FormerReferral[];
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
  readonly termination?: { readonly reason: string; readonly account?: Personal<string>; readonly on: string };
  readonly followUps: readonly FollowUp[];
  readonly risks: readonly EscalationRisk[];
  readonly closure?: { readonly outcome: string; readonly on: string };
  readonly archive?: {
    readonly documents: readonly string[];
    /** Documents that are missing, and why each may be. */
    readonly waivers: readonly { readonly document: string; readonly reason: string }[];
    readonly on: string;
  };
  readonly reopenings: readonly Reopening[];
  readonly deviations: readonly CaseDeviation[];
}

export const noDispute: Dispute = {
  status: 'NONE',
  parties: [],
  unknownSides: [],
  minorIds: [],
  formerReferrals: [],
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
