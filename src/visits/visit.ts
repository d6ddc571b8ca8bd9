import type { CodeOf } from '../kernel/codes.js';
import type { Aggregate } from '../kernel/decider.js';
import type { Personal } from '../kernel/personal.js';
import type { VisitKind } from './codes.js';
import { type VisitEvent, visitEvents } from './events.js';
import { type VisitRule, visitRuleSets } from './rules.js';

/** What was seen and heard. */
export interface Note {
  readonly text: Personal<string>;
  /** The resident whom it is about, if it is about one. */
  readonly subjectId?: string;
  readonly at: string;
}

export interface Material {
  readonly topic: string;
  /** Copies. */
  readonly quantity: number;
  readonly audience?: number;
}

export interface Briefing {
  readonly topic: string;
  readonly audienceCount: number;
  readonly durationMin: number;
}

export interface Verification {
  readonly subjectId: string;
  readonly fieldsVerified: readonly string[];
  readonly result: string;
}

export interface Gift {
  readonly giftId: string;
  readonly estValueFen?: number;
  /** Absent until it is known what became of it. */
  readonly disposition?: string;
}

/** Who goes, and where to. */
export interface Trip {
  readonly orgUnitId: string;
  readonly kind: CodeOf<typeof VisitKind>;
  readonly officerIds: readonly string[];
  readonly auxiliaryIds: readonly string[];
  readonly householdId?: string;
  readonly divisionCode: string;
  readonly village?: Personal<string>;
  readonly villageCode?: Personal<string>;
}

export interface Visit {
  readonly status: 'NONE' | 'PLANNED' | 'STARTED' | 'COMPLETED' | 'ABANDONED';
  readonly trip?: Trip;
  /** Everyone who was to go or went. */
  readonly participantIds: readonly string[];
  /** Legal day. */
  readonly plannedFor?: string;
  readonly backpackId?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly abandonReason?: string;
  readonly notes: readonly Note[];
  readonly materials: readonly Material[];
  readonly hukouCovers: number;
  readonly contactCards: number;
  readonly briefings: readonly Briefing[];
  readonly verifications: readonly Verification[];
  readonly gifts: readonly Gift[];
}

type TripData = Extract<VisitEvent, { type: 'VisitPlanned' | 'VisitStarted' }>['data'];

const tripOf = (data: TripData): Trip => ({
  orgUnitId: data.orgUnitId,
  kind: data.kind,
  officerIds: data.officerIds,
  auxiliaryIds: data.auxiliaryIds,
  divisionCode: data.divisionCode,
  ...(data.householdId === undefined ? {} : { householdId: data.householdId }),
  ...(data.village === undefined ? {} : { village: data.village }),
  ...(data.villageCode === undefined ? {} : { villageCode: data.villageCode }),
});

const participantsOf = (visit: Visit, { officerIds, auxiliaryIds }: TripData): readonly string[] => [
  ...new Set([...visit.participantIds, ...officerIds, ...auxiliaryIds]),
];

const disposed = (visit: Visit, giftId: string, disposition: string): Visit => ({
  ...visit,
  gifts: visit.gifts.map(gift => (gift.giftId === giftId ? { ...gift, disposition } : gift)),
});

const initial: Visit = {
  status: 'NONE',
  participantIds: [],
  notes: [],
  materials: [],
  hukouCovers: 0,
  contactCards: 0,
  briefings: [],
  verifications: [],
  gifts: [],
};

export const visit: Aggregate<Visit, VisitEvent, VisitRule> = {
  category: 'visit',
  noun: 'Visit',
  label: { zh: '走访', en: 'visit' },
  events: visitEvents,
  initial,
  ruleSets: visitRuleSets,
  statusOf: state => state.status,
  orgUnitOf: state => state.trip?.orgUnitId,
  participantsOf: state => state.participantIds,
  placeOf: state => state.trip?.divisionCode,
  evolve: {
    VisitPlanned: (state, { data }) => ({
      ...state,
      status: 'PLANNED',
      trip: tripOf(data),
      participantIds: participantsOf(state, data),
      plannedFor: data.plannedFor,
    }),
    VisitStarted: (state, { data, occurredAt }) => ({
      ...state,
      status: 'STARTED',
      // What is personal of the place is sealed with the plan, and not said again.
      trip: { ...state.trip, ...tripOf(data) },
      participantIds: participantsOf(state, data),
      startedAt: occurredAt,
      ...(data.backpackId === undefined ? {} : { backpackId: data.backpackId }),
    }),
    VisitNoteRecorded: (state, { occurredAt, data: { text, subjectId } }) => ({
      ...state,
      notes: [...state.notes, { text, at: occurredAt, ...(subjectId === undefined ? {} : { subjectId }) }],
    }),
    MaterialDistributed: (state, { data }) => ({
      ...state,
      materials: [
        ...state.materials,
        {
          topic: data.topic,
          quantity: data.quantity,
          ...(data.audience === undefined ? {} : { audience: data.audience }),
        },
      ],
    }),
    HukouCoverGiven: (state, { data }) => ({ ...state, hukouCovers: state.hukouCovers + data.quantity }),
    ContactCardGiven: (state, { data }) => ({ ...state, contactCards: state.contactCards + data.quantity }),
    BriefingHeld: (state, { data: { topic, audienceCount, durationMin } }) => ({
      ...state,
      briefings: [...state.briefings, { topic, audienceCount, durationMin }],
    }),
    ResidentInfoVerified: (state, { data: { subjectId, fieldsVerified, result } }) => ({
      ...state,
      verifications: [...state.verifications, { subjectId, fieldsVerified, result }],
    }),
    GiftOffered: (state, { data }) => ({
      ...state,
      gifts: [
        ...state.gifts,
        { giftId: data.giftId, ...(data.estValueFen === undefined ? {} : { estValueFen: data.estValueFen }) },
      ],
    }),
    GiftDeclined: (state, { data }) => disposed(state, data.giftId, 'DECLINED'),
    GiftReturned: (state, { data }) => disposed(state, data.giftId, 'RETURNED'),
    GiftHandedIn: (state, { data }) => disposed(state, data.giftId, 'HANDED_IN'),
    VisitCompleted: (state, { occurredAt }) => ({ ...state, status: 'COMPLETED', endedAt: occurredAt }),
    VisitAbandoned: (state, { data, occurredAt }) => ({
      ...state,
      status: 'ABANDONED',
      endedAt: occurredAt,
      abandonReason: data.reason,
    }),
  },
};
