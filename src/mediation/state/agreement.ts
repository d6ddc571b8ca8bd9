import type { Personal } from '../../kernel/personal.js';

/** When a party did not do what it had agreed to. */
export interface ObligationBreach {
  /** Legal day. */
  readonly on: string;
  readonly account?: Personal<string>;
}

/** When a party was urged to perform. */
export interface Urging {
  readonly at: string;
  /** Day until which performance is awaited. */
  readonly newDueDate?: string;
  readonly account?: Personal<string>;
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
  /** The last day of performance that came while it was not performed. */
  readonly fellDueOn?: string;
  readonly status: string;
  readonly performedFen: number;
  readonly partlyPerformedOn?: string;
  readonly performedOn?: string;
  readonly breaches: readonly ObligationBreach[];
  readonly urgings: readonly Urging[];
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
