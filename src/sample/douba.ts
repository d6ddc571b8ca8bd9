import { hostOf } from './mediators.js';
import { sampleNumber } from './names.js';
import { crewOf } from './staff.js';
import { at, type Step, story, watch } from './story.js';
import { douba } from './units.js';

const tale = story('Douba');
const crew = crewOf(douba);
const mediator = hostOf(douba);
const host = mediator.officer;

/** The reported mediation of October 2022, hosted by one officer with an auxiliary. */
export const doubaMediation = {
  disputeId: tale.id('dispute', 'drain'),
  sessionId: tale.uuid('session'),
  host,
  mediator,
  /** When the quarrel was on, and not yet written down. */
  duringTheQuarrel: at('2022-10-18', '14:57'),
} as const;

const DIVISION = '621224110';
const VILLAGE = '豆坝镇样河村';

const [plaintiff, respondent, relative] = [
  { id: tale.id('resident', 'A'), name: '王样甲', number: sampleNumber(1971, 300_995), phone: '15409391018' },
  { id: tale.id('resident', 'B'), name: '李样乙', number: sampleNumber(1968, 300_996), phone: '15409391019' },
  { id: tale.id('resident', 'relative'), name: '赵样亲', number: sampleNumber(1959, 300_997), phone: '15409391020' },
] as const;

export function doubaSteps(): readonly Step[] {
  const { disputeId, sessionId } = doubaMediation;
  const { steps, uuid, do: tell } = story('Douba');
  const [kin, cadre, recordingId] = [uuid('kin'), uuid('cadre'), uuid('recording')];
  const by =
    (clock: (minutes: number) => Date, person = host.id) =>
    (minutes: number, command: string, input: Readonly<Record<string, unknown>>, enteredAt?: Date) =>
      tell(clock(minutes), person, command, { disputeId, ...input }, enteredAt);

  for (const { id, name, number, phone } of [plaintiff, respondent, relative])
    tell(at('2022-10-09', '10:00'), host.id, 'registerResident', {
      id,
      name,
      number,
      phone,
      address: `${VILLAGE}二社${phone.slice(-2)}号`,
      village: '样河村',
      divisionCode: DIVISION,
    });

  const reporting = watch(at('2022-10-10', '09:00'));
  tell(reporting(0), host.id, 'reportDispute', {
    id: disputeId,
    source: 'PARTY_APPLICATION',
    category: 'ADJOINING',
    title: '相邻排水纠纷',
    parties: [
      { subjectId: plaintiff.id, side: 'A' },
      { subjectId: respondent.id, side: 'B' },
    ],
    divisionCode: DIVISION,
    village: VILLAGE,
    summary: '样例情况：屋后排水沟改道后雨水流入邻家院内，双方多次争吵。',
    occurredOn: '2022-10-07',
  });
  const desk = by(reporting);
  desk(30, 'screenDispute', { legalBasis: 'CIVIL', riskLevel: 2 });
  by(watch(at('2022-10-11', '09:00')), crew.chief.id)(0, 'acceptDispute', {});
  by(watch(at('2022-10-11', '09:10')), crew.chief.id)(0, 'assignMediator', { mediatorId: doubaMediation.mediator.id });
  const home = by(watch(at('2022-10-12', '15:00')));
  for (const { id: partyId } of [plaintiff, respondent]) {
    home(10, 'notifyRightsAndDuties', { partyId });
    home(2, 'giveConsent', { partyId });
  }
  const inviting = by(watch(at('2022-10-13', '09:00')));
  inviting(0, 'inviteParticipant', {
    participantId: kin,
    role: 'COMMON_RELATIVE',
    name: relative.name,
    subjectId: relative.id,
  });
  for (const side of ['A', 'B']) inviting(5, 'recordParticipantConsent', { participantId: kin, side, agreed: true });
  inviting(5, 'inviteParticipant', {
    participantId: cadre,
    role: 'VILLAGE_CADRE',
    name: '陈样干',
    consentBy: ['A', 'B'],
  });
  inviting(5, 'scheduleSession', {
    sessionId,
    plannedFor: at('2022-10-18', '14:30').toISOString(),
    placeType: 'STATION',
    place: '豆坝镇样河村村委会旁警务室',
  });

  const session = by(watch(at('2022-10-18', '14:30')));
  session(0, 'openSession', { sessionId, officersPresent: 1, auxiliariesPresent: 1 });
  session(4, 'explainLegalProvisions', { sessionId, provisions: ['人民调解法第二十三条', '民法典第二百九十条'] });
  session(4, 'announceDiscipline', { sessionId });
  session(2, 'giveRecordingNotice', { sessionId });
  session(1, 'startRecording', { sessionId, recordingId, deviceSerial: 'KX-ZFJLY-0110' });
  session(2, 'draftTranscript', { sessionId, content: '样例笔录：双方到场，主持人核对身份并说明调解事项。' });
  session(2, 'recordStatement', { sessionId, partyId: plaintiff.id, text: '样例陈述：水都流到我家院子，墙脚泡坏了。' });
  session(5, 'recordStatement', { sessionId, partyId: respondent.id, text: '样例陈述：沟是老沟，我只是清了淤。' });
  // Written down when it was over: one clock has it at once, the other ten minutes later.
  const calm = at('2022-10-18', '15:05');
  session(4, 'recordDisorder', { sessionId, kind: 'VERBAL', byPartyIds: [plaintiff.id, respondent.id] }, calm);
  session(
    7,
    'recordPersuasion',
    { sessionId, participantId: cadre, summary: '样例劝说：低头不见抬头见，各让一步。' },
    calm,
  );
  session(
    3,
    'recordPersuasion',
    { sessionId, participantId: kin, summary: '样例劝说：都是一家亲戚，别伤和气。' },
    calm,
  );
  session(6, 'offerRecordingReview', { sessionId });
  session(9, 'recordReconciliation', { sessionId, account: '样例情况：双方握手言和。' });
  session(3, 'reachOralAgreement', {
    sessionId,
    content: '样例协议：乙方恢复排水沟原走向，并向甲方道歉。',
    terms: [
      {
        obligorId: respondent.id,
        obligeeId: plaintiff.id,
        kind: 'APOLOGY',
        performedAtOnce: true,
        manner: '样例履行：当面道歉',
      },
      {
        obligorId: respondent.id,
        obligeeId: plaintiff.id,
        kind: 'REPAIR',
        dueDate: '2022-11-30',
        manner: '样例履行：恢复排水沟',
      },
    ],
  });
  session(4, 'stopRecording', {
    sessionId,
    recordingId,
    reason: 'SESSION_OVER',
    durationMs: 2_700_000,
    sha256: 'd0'.repeat(32),
  });
  session(3, 'signTranscript', {
    sessionId,
    version: 1,
    signers: [plaintiff, respondent].map(({ id }) => ({ subjectId: id, method: 'FINGERPRINT', unableToRead: false })),
    mediators: [{ mediatorId: doubaMediation.mediator.id, method: 'SIGN' }],
  });
  session(2, 'endSession', { sessionId });
  return steps;
}
