import type { Personal } from '../../kernel/personal.js';
import type { PartySide, SessionOpenness, SessionPlaceType, SessionStatus } from '../codes.js';

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
