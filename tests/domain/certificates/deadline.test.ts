import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { submitApplication } from '../../../src/certificates/commands/application.js';
import { capturePhoto, exemptFingerprint } from '../../../src/certificates/commands/capture.js';
import { cancelCertificate } from '../../../src/certificates/commands/custody.js';
import { recordDeadlineBreach } from '../../../src/certificates/commands/deadline.js';
import { extendCertificateDeadline, rejectCertificateApplication } from '../../../src/certificates/commands/issuing.js';
import { certificateBinding } from '../../../src/certificates/graphql.js';
import { certificatePolicies } from '../../../src/certificates/policies.js';
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

describe('that it ended without a handover', () => {
  /** The first instant after the last day, 29 October, in Shanghai. */
  const after = { at: '2022-10-29T16:00:00.000Z' };

  it('is recorded from the moment after its last day', async () => {
    const given = await accepted();
    expect(given.when(recordDeadlineBreach, {}, after)).toEqual([
      { type: 'DeadlineBreached', data: { dueDate: '2022-10-29' } },
    ]);
    expect(given.refuses(recordDeadlineBreach, {}, { at: '2022-10-29T15:59:59.999Z' })).toEqual(['TERM_NOT_OVER']);
  });

  it('is recorded once, and again for a term that was extended afterwards', async () => {
    const breached = (await accepted()).after(recordDeadlineBreach, {}, after);
    expect(stateOf(breached).breachedDueDate).toBe('2022-10-29');
    expect(breached.refuses(recordDeadlineBreach, {}, { at: '2022-12-24T00:00:00.000Z' })).toEqual([
      'BREACH_ON_RECORD',
    ]);
    const extended = breached.after(extendCertificateDeadline, extension, {
      actor: chief,
      at: '2022-11-02T02:00:00.000Z',
    });
    expect(extended.when(recordDeadlineBreach, {}, { at: '2022-11-28T16:00:00.000Z' })).toEqual([
      { type: 'DeadlineBreached', data: { dueDate: '2022-11-28' } },
    ]);
  });

  it('is taken back where what is told late had ended or moved the term in time', async () => {
    const breached = (await accepted()).after(recordDeadlineBreach, {}, after);
    const extended = breached.after(extendCertificateDeadline, extension, byChief);
    expect(stateOf(extended).breachedDueDate).toBeUndefined();
    const rejected = (await submitted())
      .after(recordDeadlineBreach, {}, after)
      .after(rejectCertificateApplication, { reason: 'DUPLICATE' }, { at: '2022-09-01T02:00:00.000Z' });
    expect(stateOf(rejected).breachedDueDate).toBeUndefined();
  });

  it('is not, where no term runs, or it was moved, or all is over', async () => {
    expect((await applied()).refuses(recordDeadlineBreach, {}, after)).toEqual(['NO_DEADLINE']);
    const extended = (await accepted()).after(extendCertificateDeadline, extension, byChief);
    expect(extended.refuses(recordDeadlineBreach, {}, after)).toEqual(['TERM_NOT_OVER']);
    const cancelled = (await accepted()).after(cancelCertificate, { reason: 'WITHDRAWN' });
    expect(cancelled.refuses(recordDeadlineBreach, {}, after)).toEqual(['ALREADY_ENDED']);
  });

  it('is by the moment, whatever of a later one is on record by then', async () => {
    const missed = [{ type: 'DeadlineBreached', data: { dueDate: '2022-10-29' } }];
    const given = await accepted();
    const cancelled = (at: string) => given.after(cancelCertificate, { reason: 'WITHDRAWN' }, { at });
    expect(cancelled('2022-10-29T16:00:00.000Z').when(recordDeadlineBreach, {}, after)).toEqual(missed);
    expect(cancelled('2022-10-29T15:59:59.999Z').refuses(recordDeadlineBreach, {}, after)).toEqual(['ALREADY_ENDED']);
    const extended = given.after(extendCertificateDeadline, extension, {
      actor: chief,
      at: '2022-11-02T02:00:00.000Z',
    });
    expect(extended.when(recordDeadlineBreach, {}, after)).toEqual(missed);
    expect(
      extended
        .after(recordDeadlineBreach, {}, after)
        .when(recordDeadlineBreach, {}, { at: '2022-11-28T16:00:00.000Z' }),
    ).toEqual([{ type: 'DeadlineBreached', data: { dueDate: '2022-11-28' } }]);
  });

  it('is for Satchel itself to say', () => {
    expect(recordDeadlineBreach.roles).toEqual([]);
    const [policy] = certificatePolicies;
    expect(policy!.command.command).toBe(recordDeadlineBreach);
    expect(certificateBinding.commands.map(({ command }) => command)).not.toContain(recordDeadlineBreach);
  });
});
