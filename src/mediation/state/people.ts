import type { Personal } from '../../kernel/personal.js';
import type { PartyConsent, PartySide } from '../codes.js';

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
