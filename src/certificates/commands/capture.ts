import { OFFICER_ROLES, STATION_ROLES } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { field, positive } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { certificate } from '../certificate.js';
import { FingerprintExemption } from '../codes.js';
import { certificateEvents } from '../events.js';
import { PHOTO_SIZE } from '../terms.js';
import { takingDown } from './guards.js';

const command = commandsOf(certificate);
const photo = certificateEvents.PhotoCaptured.data.shape;
const notice = certificateEvents.SpecialPiConsentRecorded.data.shape;

export const recordSpecialPiConsent = command({
  name: 'recordSpecialPiConsent',
  label: { zh: '敏感信息告知', en: 'Record the notice of sensitive data' },
  description: 'Records that the applicant was told on what, and to what end, sensitive data are taken.',
  citation: 'PIPL arts 29, 30, 35',
  roles: STATION_ROLES,
  input: { basis: notice.basis, noticeVersion: notice.noticeVersion },
  guard: takingDown,
  decide: (_state, input) =>
    decision([], () => [
      { type: 'SpecialPiConsentRecorded', data: { basis: input.basis, noticeVersion: input.noticeVersion } },
    ]),
});

export const capturePhoto = command({
  name: 'capturePhoto',
  label: { zh: '照相', en: 'Capture a photo' },
  description: 'Records the photo of the applicant, by its digest.',
  citation: 'GA 461-2004',
  roles: STATION_ROLES,
  input: {
    sha256: photo.sha256,
    widthPx: field(positive(), '宽（像素）', 'Width in pixels'),
    heightPx: field(positive(), '高（像素）', 'Height in pixels'),
    background: photo.background,
    backdropUsed: photo.backdropUsed,
  },
  guard: takingDown,
  decide: (_state, input) =>
    decision(
      [
        ...unless(input.widthPx === PHOTO_SIZE.widthPx, 'PHOTO_SIZE_WRONG', 'widthPx'),
        ...unless(input.heightPx === PHOTO_SIZE.heightPx, 'PHOTO_SIZE_WRONG', 'heightPx'),
        ...unless(input.background === 'WHITE', 'PHOTO_BACKGROUND_NOT_WHITE', 'background'),
        ...unless(input.backdropUsed, 'BACKDROP_NOT_USED', 'backdropUsed'),
      ],
      () => [
        {
          type: 'PhotoCaptured',
          data: {
            ...PHOTO_SIZE,
            sha256: input.sha256,
            background: input.background,
            backdropUsed: input.backdropUsed,
          },
        },
      ],
    ),
});

export const rejectPhoto = command({
  name: 'rejectPhoto',
  label: { zh: '照片不合格', en: 'Reject a photo' },
  description: 'Says that the photo will not do: another has to be taken.',
  citation: 'GA 461-2004',
  roles: STATION_ROLES,
  input: { fault: certificateEvents.PhotoRejected.data.shape.fault },
  guard: state => [...takingDown(state), ...unless(state.photo !== undefined, 'NO_PHOTO')],
  decide: (_state, input) => decision([], () => [{ type: 'PhotoRejected', data: { fault: input.fault } }]),
});

export const captureFingerprint = command({
  name: 'captureFingerprint',
  label: { zh: '采集指纹', en: 'Capture fingerprints' },
  description: 'Records where the biometric vault keeps the fingerprints; the prints themselves are never sent here.',
  citation: 'ID Law art. 3',
  roles: OFFICER_ROLES,
  input: { vaultRef: certificateEvents.FingerprintCaptured.data.shape.vaultRef },
  guard: takingDown,
  decide: (state, input) =>
    decision(unless(state.noticeGiven, 'NOTICE_NOT_GIVEN'), () => [
      { type: 'FingerprintCaptured', data: { vaultRef: input.vaultRef } },
    ]),
});

export const exemptFingerprint = command({
  name: 'exemptFingerprint',
  label: { zh: '免采指纹', en: 'Exempt from fingerprints' },
  description: 'Says that no fingerprint can be taken, and why.',
  citation: 'ID Law art. 3',
  roles: OFFICER_ROLES,
  input: { reason: field(FingerprintExemption.schema, '原因', 'Why none can be taken') },
  guard: takingDown,
  decide: (state, input) =>
    decision([], () => [
      {
        type: 'FingerprintExempted',
        data: { applicantId: state.application!.applicantId, reason: input.reason },
      },
    ]),
});
