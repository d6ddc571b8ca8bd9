import type { Viewer } from '../access/viewer.js';

/** What a decision may ask of other nouns. Each answer is a fact of the moment, written into the event. */
export interface Lookup {
  /** Nothing when no such resident is registered. */
  resident(id: string): Promise<ResidentFact | undefined>;
  /** The same with the date of birth unsealed, for rules that ask how old someone is. */
  residentWithBirthDate(id: string): Promise<(ResidentFact & BirthFact) | undefined>;
  /** Id of the resident registered under this number, if any. */
  residentByNumber(number: string): Promise<string | undefined>;
  /** Records that someone learned, by registering, who is registered already; done when it is on disk. */
  recordNumberFound(residentId: string, actor: Pick<Viewer, 'actorId' | 'role' | 'orgUnitId'>): Promise<void>;
  /** Id of the person whom a token of this issuer and subject names, if any. */
  holderOfIdentity(identity: { readonly issuer: string; readonly subject: string }): Promise<string | undefined>;
  officer(id: string): Promise<OfficerFact | undefined>;
  mediator(id: string): Promise<MediatorFact | undefined>;
  /** Ids under which an officer was appointed as mediator, suspended or not. */
  mediatorsOfOfficer(officerId: string): Promise<readonly string[]>;
  /** How much work of all kinds an officer has in hand, as mediator too. */
  openWorkOf(officerId: string): Promise<number>;
  orgUnit(id: string): Promise<OrgUnitFact | undefined>;
  visit(id: string): Promise<VisitFact | undefined>;
  need(id: string): Promise<{ readonly status: string; readonly orgUnitId: string } | undefined>;
  certificate(id: string): Promise<CertificateFact | undefined>;
  /** Officer who holds this backpack now, if any. */
  holderOfBackpack(backpackId: string): Promise<string | undefined>;
  /** Units above and below this one that have an opening balance of this metric. */
  openingBalancesAround(orgUnitId: string, metric: string): Promise<readonly string[]>;
  /** The next number of a unit's cases in a year; the same again for the same command on the same case. */
  allocateCaseNumber(wanted: CaseNumberWanted): Promise<number>;
}

export interface CaseNumberWanted {
  readonly unitId: string;
  readonly year: number;
  /** Stream of the case that is to bear it. */
  readonly caseId: string;
  readonly commandId: string;
  readonly occurredAt: string;
}

export interface ResidentFact {
  readonly orgUnitId: string;
  /** Whether the data may only be stored (PIPL art. 47): nothing new is begun with this resident. */
  readonly restricted?: boolean;
}

export interface BirthFact {
  /** Absent when it was never known, and once the key is destroyed. */
  readonly birthDate?: string | undefined;
}

export interface OfficerFact {
  /** Role, unit and all: of the post in force, or the last one of whoever left. */
  readonly role?: string;
  readonly orgUnitId?: string;
  readonly backpackId?: string;
  /** Legal day on which the officer left, with no post to follow. */
  readonly leftOn?: string;
}

export interface VisitFact {
  /** Code of `VisitKind`. */
  readonly kind: string;
  readonly orgUnitId: string;
  /** Everyone who was to go or went. */
  readonly participantIds: readonly string[];
  /** Absent when it has not started, or was abandoned before. */
  readonly startedAt?: string;
  /** Township that it went to. */
  readonly divisionCode?: string;
}

export interface CertificateFact {
  readonly applicantId: string;
  /** Code of `CertificateType`. */
  readonly certType: string;
  /** Handed over, cancelled or rejected. */
  readonly ended: boolean;
}

export interface MediatorFact {
  /** `APPOINTED`, or `SUSPENDED`: then the mediator may not mediate. */
  readonly status: string;
  readonly category: string;
  /** The officer that the mediator also is. */
  readonly officerId?: string;
  /** Legal day on which a mediator who was appointed as a serving officer left the service. */
  readonly leftOn?: string;
}

export interface OrgUnitFact {
  readonly level: string;
  readonly parentId?: string;
  readonly divisionCode?: string;
}
