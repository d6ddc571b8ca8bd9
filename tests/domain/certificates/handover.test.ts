import { describe, expect, it } from 'vitest';
import { holderOf } from '../../../src/certificates/certificate.js';
import { attemptDelivery, failDelivery, returnCertificate } from '../../../src/certificates/commands/custody.js';
import {
  deliverCertificate,
  handOverAtCounter,
  surrenderOldCard,
  waiveOldCard,
} from '../../../src/certificates/commands/handover.js';
import { certificateEvents } from '../../../src/certificates/events.js';
import { certificateRuleSets } from '../../../src/certificates/rules.js';
import { deviationsOf, type Given, idFor, officerActor } from '../spec.js';
import { applicant, atStation, child, guardian, loaded, signed, stateOf, visit, visitFact } from './story.js';

const delivery = { visitId: visit, ...signed };
const withVisit = { facts: visitFact };
const lost = { reason: 'LOST' };

const deliver = (given: Given, changes: object = {}, options: object = {}) =>
  given.when(deliverCertificate, { ...delivery, ...changes }, { ...withVisit, ...options })[0];

describe('the old card', () => {
  it.each(['HUKOU_BOOK', 'RESIDENCE_PERMIT', 'TEMP_ID'])('is of identity cards alone: not of a %s', async certType => {
    for (const reason of ['EXPIRED', 'UNKNOWN']) {
      const given = await loaded({ certType, reason });
      expect(given.refuses(waiveOldCard, { reason: 'NOT_FOUND' })).toEqual(['OLD_CARD_NOT_WAIVABLE']);
      expect(deliver(given)?.data).toMatchObject({ oldCard: 'NOT_REQUIRED' });
    }
  });

  it.each(['EXPIRED', 'DAMAGED', 'RENAME', 'ERROR'])(
    '%s: comes back before the new one is handed over',
    async reason => {
      const given = await loaded({ reason });
      expect(given.refuses(deliverCertificate, delivery, withVisit)).toEqual(['OLD_CARD_REQUIRED']);
      expect(given.refuses(waiveOldCard, { reason: 'NOT_FOUND' })).toEqual(['OLD_CARD_NOT_WAIVABLE']);
      expect(deliver(given.after(surrenderOldCard, {}))?.data).toMatchObject({ oldCard: 'SURRENDERED' });
    },
  );

  it.each(['FIRST_GEN_VOID', 'UNKNOWN'])('%s: comes back, or is waived with a reason', async reason => {
    const given = await loaded({ reason });
    expect(given.refuses(deliverCertificate, delivery, withVisit)).toEqual(['OLD_CARD_REQUIRED']);
    expect(deliver(given.after(waiveOldCard, { reason: 'NOT_FOUND' }))?.data).toMatchObject({ oldCard: 'WAIVED' });
    expect(deliver(given.after(surrenderOldCard, {}))?.data).toMatchObject({ oldCard: 'SURRENDERED' });
  });

  it.each(['LOST', 'FIRST'])('%s: there is none to hand back', async reason => {
    const given = await loaded({ reason });
    expect(deliver(given)?.data).toMatchObject({ oldCard: 'NOT_REQUIRED' });
    expect(given.refuses(waiveOldCard, { reason: 'NEVER_HELD' })).toEqual(['OLD_CARD_NOT_WAIVABLE']);
  });

  it('is handed back once, also after it was waived', async () => {
    const given = await loaded({ reason: 'UNKNOWN' });
    const waived = given.after(waiveOldCard, { reason: 'NOT_FOUND' });
    expect(waived.refuses(waiveOldCard, { reason: 'NOT_FOUND' })).toEqual(['OLD_CARD_SETTLED']);
    const surrendered = waived.after(surrenderOldCard, {});
    expect(stateOf(surrendered).oldCard).toBe('SURRENDERED');
    expect(surrendered.refuses(surrenderOldCard, {})).toEqual(['OLD_CARD_SETTLED']);
  });
});

describe('delivering to the door', () => {
  it('ends custody with whoever signed', async () => {
    const given = await loaded(lost);
    expect(deliver(given)).toEqual({
      type: 'CertificateDelivered',
      data: {
        certType: 'ID_CARD',
        applicantId: applicant,
        method: 'DOOR',
        visitId: visit,
        ...signed,
        oldCard: 'NOT_REQUIRED',
        attempt: 1,
      },
    });
    const delivered = given.after(deliverCertificate, delivery, withVisit);
    expect(stateOf(delivered)).toMatchObject({ status: 'DELIVERED', handover: { method: 'DOOR', signer: 'SELF' } });
    expect(holderOf(stateOf(delivered))).toEqual({ kind: 'RECIPIENT' });
    expect(delivered.refuses(deliverCertificate, delivery, withVisit)).toEqual(['ALREADY_ENDED']);
    expect(delivered.refuses(surrenderOldCard, {})).toEqual(['ALREADY_ENDED']);
    expect(delivered.refuses(waiveOldCard, { reason: 'NOT_FOUND' })).toContain('ALREADY_ENDED');
  });

  it('is the attempt that was begun', async () => {
    expect(deliver((await loaded(lost)).after(attemptDelivery, {}))?.data).toMatchObject({ attempt: 1 });
  });

  it('needs a certificate that is carried, and a visit that is recorded', async () => {
    expect((await atStation(lost)).refuses(deliverCertificate, delivery, withVisit)).toEqual(['NOT_CARRIED']);
    expect((await loaded(lost)).refuses(deliverCertificate, delivery, { facts: undefined })).toEqual(['VISIT_UNKNOWN']);
  });

  it('after the term is recorded, and cites the law', async () => {
    const given = await loaded(lost);
    const on = (at: string) => deviationsOf(deliver(given, {}, { at }));
    // The last instant of 29 October in Shanghai, and the first of the 30th.
    expect(on('2022-10-29T15:59:59.999Z')).toEqual([]);
    expect(on('2022-10-29T16:00:00.000Z')).toEqual(['DEADLINE_MISSED']);
    expect(certificateRuleSets[0].rules.DEADLINE_MISSED.citation).toBe('ID Law arts 12, 20(3)');
  });

  it('by someone else than who carried it is recorded, with the deviation', async () => {
    const actor = { ...officerActor, actorId: idFor('officer', 'colleague') };
    expect(deviationsOf(deliver(await loaded(lost), {}, { actor }))).toEqual(['CARRIED_BY_ANOTHER']);
  });

  it('straight after a failed attempt is recorded, with the deviation', async () => {
    const failed = (await loaded(lost)).after(failDelivery, { reason: 'NOT_HOME' });
    const event = deliver(failed);
    expect(deviationsOf(event)).toEqual(['NOT_RETURNED']);
    expect(event?.data).toMatchObject({ attempt: 2 });
  });

  it.each([
    [{ verifiedChip: false }, ['NOT_VERIFIED']],
    [{ verifiedFinger: false }, ['NOT_VERIFIED']],
    [{ signer: 'PROXY', proxyName: '刘小妹', authorisationNo: '委2022-7', verifiedFinger: false }, []],
  ])('with %j', async (changes, deviations) => {
    expect(deviationsOf(deliver(await loaded(lost), changes))).toEqual(deviations);
  });
});

describe('whoever signs for another', () => {
  it('a proxy has a name and an authorisation', async () => {
    const given = await loaded(lost);
    for (const lacking of [{}, { proxyName: '刘小妹' }, { authorisationNo: '委2022-7' }])
      expect(given.refuses(deliverCertificate, { ...delivery, signer: 'PROXY', ...lacking }, withVisit)).toEqual([
        'AUTHORISATION_REQUIRED',
      ]);
  });

  it('the name of a proxy is personal', () => {
    const [name] = certificateEvents.CertificateDelivered.personal;
    expect(name).toMatchObject({ path: ['proxyName'], meta: { personal: { mask: 'TEXT' } } });
  });

  it('a guardian is the one of the application; another is recorded, with the deviation', async () => {
    const signedByGuardian = { signer: 'GUARDIAN', verifiedFinger: false };
    const ofChild = await loaded({ applicantId: child, guardianId: guardian, reason: 'FIRST' });
    expect(deviationsOf(deliver(ofChild, signedByGuardian))).toEqual([]);
    expect(deviationsOf(deliver(await loaded(lost), signedByGuardian))).toEqual(['GUARDIAN_NOT_NAMED']);
  });
});

describe('collecting at the counter', () => {
  it('is no delivery to the door', async () => {
    const [event] = (await atStation(lost)).when(handOverAtCounter, signed);
    expect(event).toMatchObject({ type: 'CertificateDelivered', data: { method: 'COUNTER', attempt: 0 } });
  });

  it('is possible after a failed attempt, once it is back', async () => {
    const failed = (await loaded(lost)).after(failDelivery, { reason: 'MOVED' });
    expect(failed.refuses(handOverAtCounter, signed)).toEqual(['RETURN_FIRST']);
    const [event] = failed.after(returnCertificate, {}).when(handOverAtCounter, signed);
    expect(event?.data).toMatchObject({ method: 'COUNTER', attempt: 1 });
  });

  it('takes the old card and keeps the term, as at the door', async () => {
    expect((await atStation()).refuses(handOverAtCounter, signed)).toEqual(['OLD_CARD_REQUIRED']);
    const late = (await atStation(lost)).when(handOverAtCounter, signed, { at: '2022-11-01T02:00:00.000Z' });
    expect(deviationsOf(late[0])).toEqual(['DEADLINE_MISSED']);
  });
});
