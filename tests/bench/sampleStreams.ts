import { certificate } from '../../src/certificates/certificate.js';
import type { AnyAggregate, NewEvent } from '../../src/kernel/decider.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { dispute } from '../../src/mediation/dispute.js';
import { resident } from '../../src/residents/resident.js';
import { visit } from '../../src/visits/visit.js';
import type { Post } from './station.js';

/** A stream as it is to be recorded: real shapes, personal values still in the clear. */
export interface SampleStream {
  readonly aggregate: AnyAggregate;
  readonly id: string;
  readonly post: Post;
  readonly occurredAt: Date;
  readonly events: readonly NewEvent[];
}

/** As an officer writes on the way. */
const NOTE = '老人身体尚好，儿子在外务工；提醒防范电信诈骗，勿向陌生人转账。院墙排水一事已自行商定，下月回访。';
const DAY_MS = 24 * 3600_000;
const FIRST_DAY = Date.UTC(2021, 3, 1, 2);
const DAYS = 600;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The same numbers again for the same counter, spread well enough for dates and picks. */
const spread = (counter: number, size: number): number => (counter * 7919) % size;

function timeOf(counter: number): Date {
  return new Date(FIRST_DAY + spread(counter, DAYS) * DAY_MS + spread(counter, 480) * 60_000);
}

export function residentStream(post: Post, counter: number): SampleStream {
  const number = `62122419${String(40 + spread(counter, 60))}0101${String(counter % 1000).padStart(3, '0')}X`;
  return {
    aggregate: resident,
    id: streamId('resident', newUuid()),
    post,
    occurredAt: timeOf(counter),
    events: [
      {
        type: 'ResidentRegistered',
        data: {
          orgUnitId: post.stationId,
          name: '测试甲',
          number,
          sex: 'FEMALE',
          phone: '13900000000',
          address: '康县豆坝镇测试村一组二十三号',
          village: '测试村',
          divisionCode: post.divisionCode,
          birthDate: '1960-01-01',
        },
      },
      { type: 'HouseholdJoined', data: { householdId: newUuid(), relation: 'HEAD' } },
    ],
  };
}

/** A visit of so many events that is still under way, if not `ended`. */
export function visitStream(
  post: Post,
  counter: number,
  subjectId: string,
  size = 20,
  ended = counter % 10 > 0,
): SampleStream {
  const started: NewEvent = {
    type: 'VisitStarted',
    data: {
      orgUnitId: post.stationId,
      kind: 'HOUSEHOLD',
      officerIds: [post.officerId],
      auxiliaryIds: [],
      householdId: newUuid(),
      divisionCode: post.divisionCode,
      village: '测试村一组',
    },
  };
  const doings: readonly NewEvent[] = [
    { type: 'VisitNoteRecorded', data: { text: NOTE } },
    { type: 'MaterialDistributed', data: { topic: 'ANTI_FRAUD', quantity: 12, audience: 20 } },
    { type: 'VisitNoteRecorded', data: { subjectId, text: NOTE } },
    { type: 'HukouCoverGiven', data: { quantity: 2 } },
    { type: 'ContactCardGiven', data: { quantity: 3 } },
    { type: 'BriefingHeld', data: { topic: 'ILLEGAL_FISHING', audienceCount: 8, durationMin: 20 } },
    { type: 'ResidentInfoVerified', data: { subjectId, fieldsVerified: ['NAME', 'PHONE'], result: 'MATCH' } },
  ];
  const between = size - (ended ? 2 : 1);
  return {
    aggregate: visit,
    id: streamId('visit', newUuid()),
    post,
    occurredAt: timeOf(counter),
    events: [
      started,
      ...Array.from({ length: between }, (_, index) => doings[index % doings.length]!),
      ...(ended ? [{ type: 'VisitCompleted', data: {} }] : []),
    ],
  };
}

export function certificateStream(post: Post, counter: number, applicantId: string): SampleStream {
  const occurredAt = timeOf(counter);
  const visitId = streamId('visit', newUuid());
  const digest = String(counter).padStart(64, '0');
  const events: readonly NewEvent[] = [
    {
      type: 'CertificateApplicationTaken',
      data: {
        certType: 'ID_CARD',
        reason: 'EXPIRED',
        applicantId,
        originVisitId: visitId,
        divisionCode: post.divisionCode,
      },
    },
    { type: 'SpecialPiConsentRecorded', data: { basis: 'STATUTORY_NOTICE', noticeVersion: '2021-1' } },
    {
      type: 'PhotoCaptured',
      data: { sha256: digest, widthPx: 358, heightPx: 441, background: 'WHITE', backdropUsed: true },
    },
    { type: 'FingerprintExempted', data: { applicantId, reason: 'PRINTS_WORN' } },
    {
      type: 'ApplicationSubmitted',
      data: { formDate: dayOf(occurredAt), dueDate: dayOf(new Date(occurredAt.getTime() + 60 * DAY_MS)) },
    },
    { type: 'ApplicationAccepted', data: { receiptNo: `R${counter}` } },
    { type: 'CertificateProduced', data: { batchNo: `B${counter % 100}` } },
    { type: 'ReceivedAtStation', data: { stationId: post.stationId } },
    { type: 'LoadedIntoBackpack', data: { backpackId: post.backpackId, officerId: post.officerId } },
    { type: 'DeliveryAttempted', data: { attempt: 1, visitId } },
    { type: 'OldCardSurrendered', data: { applicantId } },
    {
      type: 'CertificateDelivered',
      data: {
        certType: 'ID_CARD',
        applicantId,
        method: 'DOOR',
        visitId,
        signer: 'SELF',
        verifiedChip: true,
        verifiedFinger: false,
        oldCard: 'SURRENDERED',
        attempt: 1,
      },
    },
  ];
  // Every third is still on its way.
  const size = counter % 3 === 0 ? 8 : events.length;
  return {
    aggregate: certificate,
    id: streamId('certificate', newUuid()),
    post,
    occurredAt,
    events: events.slice(0, size),
  };
}

export function disputeStream(post: Post, counter: number, parties: readonly [string, string]): SampleStream {
  const occurredAt = timeOf(counter);
  const today = dayOf(occurredAt);
  const [a, b] = parties;
  const [sessionId, mediatorId, participantId] = [newUuid(), streamId('mediator', newUuid()), newUuid()];
  const said = (partyId: string, side: string): NewEvent => ({
    type: 'PartyStatementRecorded',
    data: { sessionId, statementId: newUuid(), partyId, side, text: NOTE, settlementPrivilege: false },
  });
  const events: readonly NewEvent[] = [
    {
      type: 'DisputeReported',
      data: {
        orgUnitId: post.stationId,
        source: 'VISIT_SCREENING',
        category: counter % 2 === 0 ? 'NEIGHBOUR' : 'LAND',
        title: '院墙排水纠纷',
        parties: [
          { subjectId: a, side: 'A' },
          { subjectId: b, side: 'B' },
        ],
        unknownSides: [],
        minorIds: [],
        divisionCode: post.divisionCode,
        village: '测试村一组',
        summary: NOTE,
        occurredOn: today,
      },
    },
    { type: 'DisputeScreened', data: { legalBasis: 'CIVIL', riskLevel: 2, exclusions: [] } },
    {
      type: 'DisputeAccepted',
      data: {
        track: 'PEOPLES',
        caseNo: `(${today.slice(0, 4)})人调字第 ${counter} 号`,
        acceptedOn: today,
        dueDate: dayOf(new Date(occurredAt.getTime() + 30 * DAY_MS)),
        calendarVersion: '2021-1',
        ruleSetId: 'CN-PM-2010',
      },
    },
    { type: 'MediatorAssigned', data: { mediatorId, category: 'OFFICER', officerId: post.officerId } },
    { type: 'RightsAndDutiesNotified', data: { partyId: a, acknowledged: true, notifiedOn: today } },
    { type: 'RightsAndDutiesNotified', data: { partyId: b, acknowledged: true, notifiedOn: today } },
    { type: 'ConsentGiven', data: { partyId: a, givenOn: today } },
    { type: 'ConsentGiven', data: { partyId: b, givenOn: today } },
    {
      type: 'SessionOpened',
      data: {
        sessionId,
        round: 1,
        openness: 'CLOSED',
        placeType: 'VILLAGE',
        hostId: mediatorId,
        hostOfficerId: post.officerId,
        coMediatorIds: [],
        officersPresent: 2,
        auxiliariesPresent: 0,
        recordingRequired: false,
        minorIds: [],
      },
    },
    { type: 'LegalProvisionsExplained', data: { sessionId, provisions: ['民法典第二百八十八条'] } },
    { type: 'DisciplineAnnounced', data: { sessionId } },
    said(a, 'A'),
    said(b, 'B'),
    { type: 'PersuasionMade', data: { sessionId, participantId, towards: 'A', summary: NOTE } },
    said(a, 'A'),
    said(b, 'B'),
    { type: 'PartiesReconciled', data: { sessionId } },
    { type: 'SessionEnded', data: { sessionId } },
    {
      type: 'MediationTerminated',
      data: { reason: 'NO_AGREEMENT', terminatedOn: today, account: NOTE },
    },
    { type: 'DisputeClosed', data: { outcome: 'FAILED', closedOn: today } },
  ];
  // Every second is still under way.
  const size = counter % 2 === 0 ? 15 : events.length;
  return { aggregate: dispute, id: streamId('dispute', newUuid()), post, occurredAt, events: events.slice(0, size) };
}
