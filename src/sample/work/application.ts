import { createHash } from 'node:crypto';
import { at } from '../story.js';
import { daysAfter, goOut, type Scene } from './scene.js';

/** A certificate on its way, step by step; `after` counts days from the beginning of the scene. */
export interface Paper {
  readonly scene: Scene;
  readonly certificateId: string;
  readonly do: (after: number, time: string, command: string, input?: Readonly<Record<string, unknown>>) => void;
  /** The same by the chief of the station. */
  readonly byChief: Paper['do'];
}

interface Applying {
  readonly certType?: string;
  readonly reason?: string;
  readonly applicantId?: string;
  readonly guardianId?: string;
  /** Leaves out the notice of sensitive data. */
  readonly withoutNotice?: boolean;
  readonly backdropUsed?: boolean;
  readonly exempted?: boolean;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Taken at the door with photo and fingerprints. */
export function apply(scene: Scene, { certType = 'ID_CARD', reason = 'EXPIRED', ...rest }: Applying = {}): Paper {
  const { story, officer, crew, household } = scene;
  const certificateId = story.id('certificate', 'certificate');
  const outing = goOut(scene);
  const take = (command: string, input: Readonly<Record<string, unknown>>) =>
    outing.do(4, command, { certificateId, ...input });
  outing.do(10, 'takeCertificateApplication', {
    id: certificateId,
    certType,
    reason,
    applicantId: rest.applicantId ?? household.members[0].id,
    ...(rest.guardianId ? { guardianId: rest.guardianId } : {}),
    originVisitId: outing.visitId,
  });
  if (!rest.withoutNotice) take('recordSpecialPiConsent', { basis: 'STATUTORY_NOTICE', noticeVersion: 'KX-GZ-2021-1' });
  take('capturePhoto', {
    sha256: digestOf(`photo ${certificateId}`),
    widthPx: 358,
    heightPx: 441,
    background: 'WHITE',
    backdropUsed: rest.backdropUsed ?? true,
  });
  if (rest.exempted) take('exemptFingerprint', { reason: 'PRINTS_WORN' });
  else take('captureFingerprint', { vaultRef: `vault:${story.uuid('fingerprint')}` });
  outing.complete();

  const by =
    (person: string): Paper['do'] =>
    (after, time, command, input = {}) =>
      void story.do(at(daysAfter(scene, after), time), person, command, { certificateId, ...input });
  return { scene, certificateId, do: by(officer.id), byChief: by(crew.chief.id) };
}

export const submit = (paper: Paper): void => paper.do(0, '17:00', 'submitApplication');

export const accept = (paper: Paper): void =>
  paper.byChief(4, '10:00', 'acceptCertificateApplication', { receiptNo: `样回${paper.scene.random.int(1, 99_999)}` });

export const produce = (paper: Paper): void =>
  paper.byChief(20, '10:00', 'produceCertificate', { batchNo: `样批${paper.scene.random.int(1, 999)}` });

const receive = (paper: Paper): void => paper.do(24, '09:00', 'receiveAtStation');

export const load = (paper: Paper, after: number): void =>
  paper.do(after, '07:45', 'loadIntoBackpack', { backpackId: paper.scene.officer.backpack.id });

/** From the application to the shelf of the station. */
export function arrive(paper: Paper): void {
  submit(paper);
  accept(paper);
  produce(paper);
  receive(paper);
}

export const surrenderOldCard = (paper: Paper, after: number): void => paper.do(after, '07:50', 'surrenderOldCard');

const SELF = { signer: 'SELF', verifiedChip: true, verifiedFinger: true };

/** Handed over at the door. */
export function deliver(paper: Paper, inDays: number, signature: Readonly<Record<string, unknown>> = SELF): void {
  const outing = goOut(paper.scene, { kind: 'FOLLOW_UP', inDays });
  const { certificateId } = paper;
  outing.do(12, 'attemptDelivery', { certificateId, visitId: outing.visitId });
  outing.do(6, 'deliverCertificate', { certificateId, visitId: outing.visitId, ...signature });
  outing.complete();
}

/** Taken to the door in vain. */
export function fail(paper: Paper, after: number, reason: string): void {
  paper.do(after, '10:10', 'attemptDelivery');
  paper.do(after, '10:15', 'failDelivery', { reason });
}

export const giveBack = (paper: Paper, after: number): void => paper.do(after, '17:20', 'returnCertificate');
