import { describe, expect, it } from 'vitest';
import { submitApplication } from '../../../src/certificates/commands/application.js';
import { capturePhoto, exemptFingerprint } from '../../../src/certificates/commands/capture.js';
import { cancelCertificate } from '../../../src/certificates/commands/custody.js';
import { extendCertificateDeadline } from '../../../src/certificates/commands/issuing.js';
import { deviationsOf, officerActor } from '../spec.js';
import { accepted, applied, chief, photo, stateOf, submitted } from './story.js';

const extension = { extraDays: 30, reason: 'REMOTE_VILLAGE' };
const byChief = { actor: chief, at: '2022-10-20T02:00:00.000Z' };

describe('the term of sixty days', () => {
  it('runs from the day of the form', async () => {
    expect(stateOf(await submitted())).toMatchObject({ formDate: '2022-08-30', dueDate: '2022-10-29' });
  });

  it('counts calendar days, whatever day it ends on', async () => {
    const complete = (await applied()).after(capturePhoto, photo).after(exemptFingerprint, { reason: 'PRINTS_WORN' });
    // 1 October 2022 is a Saturday, and the first day of the National Day holiday.
    const [event] = complete.when(submitApplication, { formDate: '2022-08-02' });
    expect(event?.data).toMatchObject({ dueDate: '2022-10-01' });
  });
});

describe('extending it', () => {
  it('the station chief adds thirty days', async () => {
    const given = await accepted();
    expect(given.when(extendCertificateDeadline, extension, byChief)).toEqual([
      { type: 'DeadlineExtended', data: { ...extension, approverId: chief.actorId, newDueDate: '2022-11-28' } },
    ]);
    expect(stateOf(given.after(extendCertificateDeadline, extension, byChief)).dueDate).toBe('2022-11-28');
  });

  it('is for the station chief alone', async () => {
    expect(extendCertificateDeadline.roles).toEqual(['STATION_CHIEF']);
    expect(
      (await accepted()).refuses(extendCertificateDeadline, extension, { ...byChief, actor: officerActor }),
    ).toEqual(['APPROVER_NOT_CHIEF']);
  });

  it('by thirty days at most, and by one at least', async () => {
    const given = await accepted();
    expect(given.refuses(extendCertificateDeadline, { ...extension, extraDays: 31 }, byChief)).toEqual([
      'EXTENSION_TOO_LONG',
    ]);
    expect(given.refuses(extendCertificateDeadline, { ...extension, extraDays: 0 }, byChief)).toEqual([
      'INPUT_INVALID',
    ]);
  });

  it('once', async () => {
    const extended = (await accepted()).after(extendCertificateDeadline, { ...extension, extraDays: 1 }, byChief);
    expect(extended.refuses(extendCertificateDeadline, { ...extension, extraDays: 1 }, byChief)).toEqual([
      'ALREADY_EXTENDED',
    ]);
  });

  it('needs a term that runs', async () => {
    expect((await applied()).refuses(extendCertificateDeadline, extension, byChief)).toEqual(['NO_DEADLINE']);
    const cancelled = (await accepted()).after(cancelCertificate, { reason: 'WITHDRAWN' });
    expect(cancelled.refuses(extendCertificateDeadline, extension, byChief)).toEqual(['ALREADY_ENDED']);
  });

  it('after its end is recorded, with the deviation', async () => {
    const given = await accepted();
    const on = (at: string) => deviationsOf(given.when(extendCertificateDeadline, extension, { actor: chief, at })[0]);
    // The last instant of 29 October in Shanghai, and the first of the 30th.
    expect(on('2022-10-29T15:59:59.999Z')).toEqual([]);
    expect(on('2022-10-29T16:00:00.000Z')).toEqual(['EXTENDED_TOO_LATE']);
  });
});
