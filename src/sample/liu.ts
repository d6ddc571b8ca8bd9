import { createHash } from 'node:crypto';
import { crewOf, officerOf } from './staff.js';
import { at, type Step, story, watch } from './story.js';
import { dananyu } from './units.js';

const tale = story('Liu');
const crew = crewOf(dananyu);
const officer = officerOf(crew, 1);

/** The reported story of August 2022: an elder whose card had expired. */
export const liu = {
  residentId: tale.id('resident', 'Liu'),
  visitId: tale.id('visit', 'at the door'),
  deliveryVisitId: tale.id('visit', 'with the card'),
  needId: tale.id('need', 'a new card'),
  certificateId: tale.id('certificate', 'card'),
  officer,
} as const;

const DIVISION = '621224112';
const VILLAGE = '郑湾村';

export function liuSteps(): readonly Step[] {
  const { residentId, visitId, deliveryVisitId, needId, certificateId } = liu;
  const { steps, uuid, do: tell } = story('Liu');
  const [householdId, giftId] = [uuid('household'), uuid('gift')];
  const trip = {
    officerIds: [officer.id],
    auxiliaryIds: [crew.auxiliary.id],
    divisionCode: DIVISION,
    village: VILLAGE,
    householdId,
    backpackId: officer.backpack.id,
  };
  const by =
    (clock: (minutes: number) => Date, person = officer.id) =>
    (minutes: number, command: string, input: Readonly<Record<string, unknown>>) =>
      tell(clock(minutes), person, command, input);

  by(watch(at('2022-03-16', '10:00')))(0, 'registerResident', {
    id: residentId,
    name: '刘样本',
    number: '62262518991231001X',
    phone: '15409390830',
    address: '大南峪镇郑湾村样例社7号',
    village: VILLAGE,
    divisionCode: DIVISION,
    vulnerabilities: ['ELDER', 'DISABLED'],
    householdId,
    relation: 'HEAD',
  });

  const door = by(watch(at('2022-08-30', '09:10')));
  door(0, 'startVisit', { id: visitId, kind: 'HOUSEHOLD', ...trip });
  door(5, 'verifyResidentInfo', {
    visitId,
    subjectId: residentId,
    fieldsVerified: ['NAME', 'ADDRESS'],
    result: 'MATCH',
  });
  door(5, 'distributeMaterial', { visitId, topic: 'ANTI_FRAUD', quantity: 2, audience: 1 });
  door(5, 'raiseNeed', {
    id: needId,
    category: 'CERTIFICATE',
    summary: '样例诉求：身份证已过期，行动不便，无法到镇上办理。',
    vulnerable: ['ELDER', 'DISABLED'],
    originVisitId: visitId,
    residentId,
  });
  door(5, 'takeCertificateApplication', {
    id: certificateId,
    certType: 'ID_CARD',
    reason: 'EXPIRED',
    applicantId: residentId,
    originVisitId: visitId,
    needId,
  });
  door(3, 'recordSpecialPiConsent', { certificateId, basis: 'STATUTORY_NOTICE', noticeVersion: 'KX-GZ-2021-1' });
  door(6, 'capturePhoto', {
    certificateId,
    sha256: createHash('sha256').update('photo of Liu').digest('hex'),
    widthPx: 358,
    heightPx: 441,
    background: 'WHITE',
    backdropUsed: true,
  });
  door(5, 'captureFingerprint', { certificateId, vaultRef: `vault:${uuid('fingerprint')}` });
  door(4, 'submitApplication', { certificateId, formDate: '2022-08-30' });
  door(3, 'offerGift', { visitId, giftId, description: '样例礼品：饮料和水果，硬塞进背包', estValueFen: 3_500 });
  door(1, 'disposeOfGift', { visitId, giftId, disposition: 'DECLINED' });
  door(4, 'recordNote', {
    visitId,
    subjectId: residentId,
    text: '样例记录：老人独自在家，已拍照采集信息，证件办好后送来。',
  });
  door(5, 'completeVisit', { visitId });

  const desk = by(watch(at('2022-08-31', '09:00')));
  desk(0, 'acceptNeed', { needId });
  desk(5, 'planResponse', { needId, measure: '样例对策：证件制好后送到家中，当面核验。', plannedFor: '2022-10-29' });
  by(watch(at('2022-09-05', '10:00')))(0, 'acceptCertificateApplication', {
    certificateId,
    receiptNo: '样回大南峪8301',
  });
  by(watch(at('2022-10-25', '16:00')), crew.chief.id)(0, 'extendCertificateDeadline', {
    certificateId,
    extraDays: 30,
    reason: 'REMOTE_VILLAGE',
  });
  by(watch(at('2022-11-07', '10:00')))(0, 'produceCertificate', { certificateId, batchNo: '样批2022-11-07' });
  by(watch(at('2022-11-09', '15:00')))(0, 'receiveAtStation', { certificateId });

  const delivery = by(watch(at('2022-11-11', '08:10')));
  delivery(0, 'loadIntoBackpack', { certificateId, backpackId: officer.backpack.id });
  delivery(60, 'startVisit', { id: deliveryVisitId, kind: 'FOLLOW_UP', ...trip });
  delivery(10, 'attemptDelivery', { certificateId, visitId: deliveryVisitId });
  delivery(4, 'surrenderOldCard', { certificateId });
  delivery(3, 'deliverCertificate', {
    certificateId,
    visitId: deliveryVisitId,
    signer: 'SELF',
    verifiedChip: true,
    verifiedFinger: true,
  });
  delivery(2, 'deliverResponse', { needId, responseVisitId: deliveryVisitId, outcome: 'SOLVED' });
  delivery(10, 'completeVisit', { visitId: deliveryVisitId });
  delivery(90, 'closeNeed', { needId });
  return steps;
}
