import { describe, expect, it } from 'vitest';
import { submitApplication, takeCertificateApplication } from '../../../src/certificates/commands/application.js';
import {
  captureFingerprint,
  capturePhoto,
  exemptFingerprint,
  recordSpecialPiConsent,
  rejectPhoto,
} from '../../../src/certificates/commands/capture.js';
import {
  acceptCertificateApplication,
  produceCertificate,
  rejectCertificateApplication,
  requestSupplement,
} from '../../../src/certificates/commands/issuing.js';
import { certificateEvents } from '../../../src/certificates/events.js';
import { deviationsOf, idFor } from '../spec.js';
import { factsOf } from '../standInLookup.js';
import {
  accepted,
  applicant,
  application,
  applied,
  child,
  guardian,
  known,
  nothing,
  photo,
  stateOf,
  submitted,
} from './story.js';

const refusals = async (changes: object) => {
  const input = { ...application, ...changes };
  const facts = await factsOf(takeCertificateApplication, input, known);
  return nothing.refuses(takeCertificateApplication, input, { facts });
};

describe('taking an application at the door', () => {
  it('records what the applicant says, with the place of the visit', async () => {
    expect(stateOf(await applied())).toMatchObject({
      status: 'APPLIED_AT_DOOR',
      application,
      divisionCode: '621224112',
    });
  });

  it.each(['EXPIRED', 'FIRST_GEN_VOID', 'UNKNOWN'])('keeps the reason %s of someone over 46', async reason => {
    expect(stateOf(await applied({ reason })).application?.reason).toBe(reason);
  });

  it('refuses residents, visits, needs and places that nobody knows', async () => {
    expect(await refusals({ applicantId: idFor('resident', 'nobody') })).toEqual(['RESIDENT_UNKNOWN']);
    expect(await refusals({ guardianId: idFor('resident', 'nobody') })).toEqual(['RESIDENT_UNKNOWN']);
    expect(await refusals({ originVisitId: idFor('visit', 'none') })).toEqual(['VISIT_UNKNOWN']);
    expect(await refusals({ needId: idFor('need', 'none') })).toEqual(['NEED_UNKNOWN']);
    expect(await refusals({ divisionCode: '621299110' })).toEqual(['DIVISION_UNKNOWN']);
  });

  it('of someone under 16 goes through a guardian', async () => {
    expect(await refusals({ applicantId: child, reason: 'FIRST' })).toEqual(['GUARDIAN_REQUIRED']);
    const through = await applied({ applicantId: child, reason: 'FIRST', guardianId: guardian });
    expect(stateOf(through).application).toMatchObject({ applicantId: child, guardianId: guardian });
  });

  it('from the sixteenth birthday on is one’s own', async () => {
    const input = { ...application, applicantId: child, reason: 'FIRST' };
    const facts = await factsOf(takeCertificateApplication, input, known);
    // The last instant of 31 May 2029 in Shanghai, and the first of 1 June.
    expect(nothing.refuses(takeCertificateApplication, input, { facts, at: '2029-05-31T15:59:59.999Z' })).toEqual([
      'GUARDIAN_REQUIRED',
    ]);
    expect(nothing.when(takeCertificateApplication, input, { facts, at: '2029-05-31T16:00:00.000Z' })).toHaveLength(1);
  });

  it('refuses a guardian who is the applicant, or a minor', async () => {
    expect(await refusals({ guardianId: applicant })).toEqual(['GUARDIAN_UNFIT']);
    expect(await refusals({ guardianId: child })).toEqual(['GUARDIAN_UNFIT']);
  });
});

describe('a certificate with a defect', () => {
  const replacesId = idFor('certificate', 'defective');
  const defective = { applicantId: applicant, certType: 'ID_CARD', ended: true };
  const input = { ...application, reason: 'ERROR', replacesId };
  const knowing = (certificate: object | undefined) =>
    factsOf(takeCertificateApplication, input, { ...known, certificate: async () => certificate as never });

  it('opens a new request, which is linked to it', async () => {
    const facts = await knowing(defective);
    expect(nothing.when(takeCertificateApplication, input, { facts })[0]?.data).toMatchObject({ replacesId });
    const given = nothing.after(takeCertificateApplication, input, { facts });
    expect(stateOf(given).application).toMatchObject({ replacesId });
  });

  it.each([
    [undefined, ['CERTIFICATE_UNKNOWN']],
    [{ ...defective, applicantId: guardian }, ['REPLACES_ANOTHERS']],
    [{ ...defective, certType: 'TEMP_ID' }, ['REPLACES_ANOTHERS']],
  ])('is one of the same applicant and type: not %j', async (certificate, codes) => {
    expect(nothing.refuses(takeCertificateApplication, input, { facts: await knowing(certificate) })).toEqual(codes);
  });

  it('deviates while it is still on its way', async () => {
    const facts = await knowing({ ...defective, ended: false });
    expect(deviationsOf(nothing.when(takeCertificateApplication, input, { facts })[0])).toEqual(['REPLACED_NOT_ENDED']);
  });
});

describe('photo and fingerprints', () => {
  it('a photo is recorded by its digest', async () => {
    const given = await applied();
    expect(given.when(capturePhoto, photo)).toEqual([{ type: 'PhotoCaptured', data: photo }]);
    expect(stateOf(given.after(capturePhoto, photo)).photo).toBe(photo.sha256);
  });

  it.each([
    [{ widthPx: 357 }, ['PHOTO_SIZE_WRONG']],
    [{ heightPx: 442 }, ['PHOTO_SIZE_WRONG']],
    [{ background: 'OTHER' }, ['PHOTO_BACKGROUND_NOT_WHITE']],
    [{ sha256: 'photo.jpg' }, ['INPUT_INVALID']],
  ])('a photo with %j is refused', async (changes, codes) => {
    expect((await applied()).refuses(capturePhoto, { ...photo, ...changes })).toEqual(codes);
  });

  it('a photo without the backdrop is recorded, with the deviation', async () => {
    const [event] = (await applied()).when(capturePhoto, { ...photo, backdropUsed: false });
    expect(deviationsOf(event)).toEqual(['BACKDROP_NOT_USED']);
  });

  it('a rejected photo no longer stands', async () => {
    const given = await applied();
    expect(given.refuses(rejectPhoto, { fault: 'BLURRED' })).toEqual(['NO_PHOTO']);
    const rejected = given.after(capturePhoto, photo).after(rejectPhoto, { fault: 'BLURRED' });
    expect(stateOf(rejected).photo).toBeUndefined();
  });

  it('of fingerprints only the place in the vault is taken', async () => {
    const told = (await applied()).after(recordSpecialPiConsent, {
      basis: 'STATUTORY_NOTICE',
      noticeVersion: '2022-1',
    });
    const [event] = told.when(captureFingerprint, { vaultRef: 'vault:0192f0aa-0001' });
    expect(event?.data).toEqual({ vaultRef: 'vault:0192f0aa-0001' });
    expect(told.refuses(captureFingerprint, { vaultRef: 'Rk1SACAyMAAAAAEI' })).toEqual(['INPUT_INVALID']);
  });

  it('fingerprints before the notice are recorded, with the deviation', async () => {
    const [event] = (await applied()).when(captureFingerprint, { vaultRef: 'vault:0192f0aa-0001' });
    expect(deviationsOf(event)).toEqual(['NOTICE_NOT_GIVEN']);
  });

  it('why someone is exempt is personal: it tells of health', async () => {
    const exempt = (await applied()).after(exemptFingerprint, { reason: 'FINGERS_MISSING' });
    expect(JSON.stringify(exempt.state)).not.toContain('FINGERS_MISSING');
    const [reason] = certificateEvents.FingerprintExempted.personal;
    expect(reason).toMatchObject({ path: ['reason'], meta: { personal: { of: 'applicantId' } } });
    expect(exempt.after(capturePhoto, photo).when(submitApplication, {})).toHaveLength(1);
  });

  it('nothing is taken down once the application is submitted', async () => {
    const given = await submitted();
    expect(given.refuses(capturePhoto, photo)).toEqual(['ALREADY_SUBMITTED']);
    expect(given.refuses(rejectPhoto, { fault: 'BLURRED' })).toEqual(['ALREADY_SUBMITTED']);
    expect(given.refuses(captureFingerprint, { vaultRef: 'vault:0192f0aa-0001' })).toEqual(['ALREADY_SUBMITTED']);
    expect(given.refuses(exemptFingerprint, { reason: 'UNABLE' })).toEqual(['ALREADY_SUBMITTED']);
    const notice = { basis: 'STATUTORY_NOTICE', noticeVersion: '2022-1' };
    expect(given.refuses(recordSpecialPiConsent, notice)).toEqual(['ALREADY_SUBMITTED']);
  });
});

describe('submitting', () => {
  it('an identity card takes a photo and fingerprints', async () => {
    const given = await applied();
    expect(given.refuses(submitApplication, {})).toEqual(['NO_PHOTO', 'NO_FINGERPRINT']);
    expect(given.after(capturePhoto, photo).refuses(submitApplication, {})).toEqual(['NO_FINGERPRINT']);
  });

  it.each([
    ['HUKOU_BOOK', []],
    ['TEMP_ID', ['NO_PHOTO']],
    ['RESIDENCE_PERMIT', ['NO_PHOTO']],
  ])('a %s lacks %j', async (certType, lacking) => {
    const given = await applied({ certType });
    if (lacking.length > 0) expect(given.refuses(submitApplication, {})).toEqual(lacking);
    const [event] = given.after(capturePhoto, photo).when(submitApplication, {});
    // The law sets a term for identity cards alone.
    expect(event?.data).toEqual({ formDate: '2022-08-30' });
  });

  it('refuses a form of a later day, and one of another year', async () => {
    const complete = (await applied())
      .after(capturePhoto, photo)
      .after(captureFingerprint, { vaultRef: 'vault:0192f0aa-0001' });
    expect(complete.refuses(submitApplication, { formDate: '2022-08-31' })).toEqual(['FORM_DATED_AHEAD']);
    for (const formDate of ['1900-01-01', '2021-08-29'])
      expect(complete.refuses(submitApplication, { formDate })).toEqual(['FORM_DATED_LONG_AGO']);
    expect(complete.when(submitApplication, { formDate: '2021-08-30' })).toHaveLength(1);
  });

  it('happens once', async () => {
    expect((await submitted()).refuses(submitApplication, {})).toEqual(['ALREADY_SUBMITTED']);
  });
});

describe('what the county says', () => {
  it('accepts, with a receipt', async () => {
    const given = await accepted();
    expect(stateOf(given)).toMatchObject({ status: 'ACCEPTED', receiptNo: '受2022-0830' });
    expect(given.refuses(acceptCertificateApplication, { receiptNo: '2' })).toEqual(['NOT_SUBMITTED']);
  });

  it('takes no resident number for a receipt number', async () => {
    expect((await submitted()).refuses(acceptCertificateApplication, { receiptNo: '621299194803050018' })).toEqual([
      'INPUT_INVALID',
    ]);
  });

  it('asks for a supplement, and the term goes on from the first form', async () => {
    const back = (await submitted()).after(requestSupplement, { reason: 'PHOTO' });
    expect(stateOf(back).status).toBe('SUPPLEMENT_REQUIRED');
    expect(back.refuses(acceptCertificateApplication, { receiptNo: '1' })).toEqual(['NOT_SUBMITTED']);
    const later = { at: '2022-09-10T02:00:00.000Z' };
    const mended = back.after(capturePhoto, photo);
    expect(mended.refuses(submitApplication, { formDate: '2022-09-10' }, later)).toEqual(['FORM_DATE_STANDS']);
    for (const again of [{}, { formDate: '2022-08-30' }]) {
      const [event] = mended.when(submitApplication, again, later);
      expect(event?.data).toEqual({ formDate: '2022-08-30', dueDate: '2022-10-29' });
    }
  });

  it('rejects, and nothing more comes of it', async () => {
    const given = await submitted();
    const rejected = given.after(rejectCertificateApplication, { reason: 'NOT_REGISTERED_HERE' });
    expect(stateOf(rejected).status).toBe('REJECTED');
    expect(rejected.refuses(requestSupplement, { reason: 'FORM' })).toEqual(['ALREADY_ENDED']);
    expect(rejected.refuses(capturePhoto, photo)).toEqual(['ALREADY_ENDED']);
  });

  it('decides only on what was submitted', async () => {
    const given = await applied();
    expect(given.refuses(requestSupplement, { reason: 'FORM' })).toEqual(['NOT_SUBMITTED']);
    expect(given.refuses(rejectCertificateApplication, { reason: 'DUPLICATE' })).toEqual(['NOT_SUBMITTED']);
    expect((await submitted()).refuses(produceCertificate, { batchNo: 'B-1' })).toEqual(['NOT_ACCEPTED']);
  });
});
