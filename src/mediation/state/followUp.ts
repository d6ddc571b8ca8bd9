import type { Personal } from '../../kernel/personal.js';

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
