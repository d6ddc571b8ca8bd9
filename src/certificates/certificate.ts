import type { Aggregate } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import { legalDayOf } from '../kernel/legalDay.js';
import type {
  ApplicationReason,
  CertificateStatus,
  CertificateType,
  CustodyEvent,
  DeliveryMethod,
  HolderKind,
  SignerRelation,
} from './codes.js';
import { type CertificateEvent, certificateEvents } from './events.js';
import { type CertificateRule, certificateRuleSets } from './rules.js';

export interface Application {
  readonly certType: CertificateType;
  readonly reason: ApplicationReason;
  readonly applicantId: string;
  readonly guardianId?: string;
  readonly originVisitId?: string;
  readonly needId?: string;
  /** The certificate with a defect in whose place it was applied for. */
  readonly replacesId?: string;
}

/** Who holds the certificate: a station, an officer with a backpack, or whoever signed for it. */
export interface Holder {
  readonly kind: HolderKind;
  /** Id of the unit or officer; none of who signed. */
  readonly id?: string;
  readonly backpackId?: string;
}

/** A link in the chain of custody: what happened, who holds the certificate from then on, when. */
export interface CustodyLink {
  readonly event: CustodyEvent;
  readonly holder?: Holder;
  readonly at: string;
}

export interface Extension {
  readonly extraDays: number;
  readonly reason: string;
  readonly approverId: string;
}

export interface Handover {
  readonly method: DeliveryMethod;
  readonly signer: SignerRelation;
  readonly visitId?: string;
  readonly at: string;
}

export interface Certificate {
  readonly status?: CertificateStatus;
  readonly orgUnitId?: string;
  readonly divisionCode?: string;
  readonly application?: Application;
  readonly noticeGiven: boolean;
  /** SHA-256 of the photo that stands. */
  readonly photo?: string;
  readonly fingerprint?: 'CAPTURED' | 'EXEMPTED';
  /** Legal days. */
  readonly formDate?: string;
  readonly dueDate?: string;
  readonly extension?: Extension;
  /** Last legal day of the term that had ended already when it was extended. */
  readonly endedBeforeExtension?: string;
  /** Last legal day of the term that has ended without a handover in it. */
  readonly breachedDueDate?: string;
  readonly receiptNo?: string;
  readonly batchNo?: string;
  readonly oldCard?: 'SURRENDERED' | 'WAIVED';
  readonly attempts: number;
  readonly custody: readonly CustodyLink[];
  readonly handover?: Handover;
  /** Legal day on which it was handed over, cancelled or rejected. */
  readonly endedOn?: string;
}

const ENDED: readonly (CertificateStatus | undefined)[] = ['DELIVERED', 'CANCELLED', 'REJECTED'];
const CARRIED: readonly CertificateStatus[] = ['LOADED_IN_BACKPACK', 'DELIVERING', 'DELIVERY_FAILED'];

/** Where a certificate stands that has been made and not handed over. */
export const UNDELIVERED: readonly CertificateStatus[] = ['PRODUCED', 'AT_STATION', ...CARRIED];

/** Handed over, cancelled or rejected: nothing more will come. */
export const hasEnded = ({ status }: Certificate): boolean => ENDED.includes(status);
export const isCarried = ({ status }: Certificate): boolean => status !== undefined && CARRIED.includes(status);
export const holderOf = ({ custody }: Certificate): Holder | undefined => custody.at(-1)?.holder;

type Link = Pick<EventEnvelope, 'occurredAt'>;

const passTo = (state: Certificate, event: CustodyEvent, { occurredAt }: Link, holder: Holder | undefined) => [
  ...state.custody,
  { event, at: occurredAt, ...(holder ? { holder } : {}) },
];

/** The former last day, where the extension came after it. */
const endedBefore = ({ dueDate }: Certificate, { occurredAt }: Link): Pick<Certificate, 'endedBeforeExtension'> =>
  dueDate !== undefined && dueDate < legalDayOf(occurredAt) ? { endedBeforeExtension: dueDate } : {};

const ended = (state: Certificate, event: Link): Certificate => ({
  ...withoutBreachAfter(state, event),
  endedOn: legalDayOf(event.occurredAt),
});

/** What a device told late of, and ended or moved the term in time after all: it was not missed. */
function withoutBreachAfter(state: Certificate, { occurredAt }: Link): Certificate {
  const { breachedDueDate, ...rest } = state;
  return breachedDueDate !== undefined && legalDayOf(occurredAt) <= breachedDueDate ? rest : state;
}

export const certificate: Aggregate<Certificate, CertificateEvent, CertificateRule> = {
  category: 'certificate',
  noun: 'Certificate',
  label: { zh: '办证', en: 'certificate' },
  events: certificateEvents,
  initial: { noticeGiven: false, attempts: 0, custody: [] },
  ruleSets: certificateRuleSets,
  statusOf: state => state.status ?? 'NONE',
  orgUnitOf: state => state.orgUnitId,
  placeOf: state => state.divisionCode,
  evolve: {
    CertificateApplicationTaken: (state, { orgUnitId, data }) => ({
      ...state,
      status: 'APPLIED_AT_DOOR',
      orgUnitId,
      application: {
        certType: data.certType,
        reason: data.reason,
        applicantId: data.applicantId,
        ...(data.guardianId ? { guardianId: data.guardianId } : {}),
        ...(data.originVisitId ? { originVisitId: data.originVisitId } : {}),
        ...(data.needId ? { needId: data.needId } : {}),
        ...(data.replacesId ? { replacesId: data.replacesId } : {}),
      },
      ...(data.divisionCode ? { divisionCode: data.divisionCode } : {}),
    }),
    SpecialPiConsentRecorded: state => ({ ...state, noticeGiven: true }),
    PhotoCaptured: (state, { data }) => ({ ...state, photo: data.sha256 }),
    PhotoRejected: state => {
      const { photo: _rejected, ...rest } = state;
      return rest;
    },
    FingerprintCaptured: state => ({ ...state, fingerprint: 'CAPTURED' }),
    FingerprintExempted: state => ({ ...state, fingerprint: 'EXEMPTED' }),
    ApplicationSubmitted: (state, { data }) => ({
      ...state,
      status: 'SUBMITTED',
      formDate: data.formDate,
      ...(data.dueDate ? { dueDate: data.dueDate } : {}),
    }),
    ApplicationAccepted: (state, { data }) => ({ ...state, status: 'ACCEPTED', receiptNo: data.receiptNo }),
    SupplementRequested: state => ({ ...state, status: 'SUPPLEMENT_REQUIRED' }),
    ApplicationRejected: (state, event) => ({ ...ended(state, event), status: 'REJECTED' }),
    DeadlineExtended: (state, event) => ({
      ...withoutBreachAfter(state, event),
      ...endedBefore(state, event),
      dueDate: event.data.newDueDate,
      extension: {
        extraDays: event.data.extraDays,
        reason: event.data.reason,
        approverId: event.data.approverId,
      },
    }),
    DeadlineBreached: (state, { data }) => ({ ...state, breachedDueDate: data.dueDate }),
    CertificateProduced: (state, { data }) => ({ ...state, status: 'PRODUCED', batchNo: data.batchNo }),
    ReceivedAtStation: (state, event) => ({
      ...state,
      status: 'AT_STATION',
      custody: passTo(state, 'RECEIVED', event, { kind: 'STATION', id: event.data.stationId }),
    }),
    LoadedIntoBackpack: (state, event) => ({
      ...state,
      status: 'LOADED_IN_BACKPACK',
      custody: passTo(state, 'LOADED', event, {
        kind: 'OFFICER',
        id: event.data.officerId,
        backpackId: event.data.backpackId,
      }),
    }),
    DeliveryAttempted: (state, event) => ({
      ...state,
      status: 'DELIVERING',
      attempts: event.data.attempt,
      custody: passTo(state, 'ATTEMPTED', event, holderOf(state)),
    }),
    DeliveryFailed: (state, { data }) => ({ ...state, status: 'DELIVERY_FAILED', attempts: data.attempt }),
    CertificateReturned: (state, event) => ({
      ...state,
      status: 'AT_STATION',
      custody: passTo(state, 'RETURNED', event, { kind: 'STATION', id: event.data.stationId }),
    }),
    OldCardSurrendered: state => ({ ...state, oldCard: 'SURRENDERED' }),
    OldCardWaived: state => ({ ...state, oldCard: 'WAIVED' }),
    CertificateDelivered: (state, event) => ({
      ...ended(state, event),
      status: 'DELIVERED',
      attempts: event.data.attempt,
      custody: passTo(state, 'DELIVERED', event, { kind: 'RECIPIENT' }),
      handover: {
        method: event.data.method,
        signer: event.data.signer,
        at: event.occurredAt,
        ...(event.data.visitId ? { visitId: event.data.visitId } : {}),
      },
    }),
    CertificateCancelled: (state, event) => ({ ...ended(state, event), status: 'CANCELLED' }),
  },
};
