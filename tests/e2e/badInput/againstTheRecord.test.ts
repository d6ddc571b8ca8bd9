import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHOTO } from '../../harness/doorstep.js';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { LIU, registerResident } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';
import { leavesNothingBehind, refusalsOf, TELLING } from './refusals.js';

describe('a command that the record contradicts', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let stranger: string;
  const visitId = newId('visit');
  const certificateId = newId('certificate');
  const bookId = newId('certificate');

  const onCertificate = (command: string, input: object = {}) =>
    satchel.done(people.officer, command, { certificateId, ...input });
  const refused = (command: string, input: object, by = people.officer) => refusalsOf(satchel, { by, command, input });
  const inSession = (command: string, input: object) =>
    refused(command, { disputeId: held.id, sessionId: held.sessionId, ...input });

  /** A card that was renewed, in the backpack of the officer; the old one is still with its holder. */
  const renewalInBackpack = async (applicantId: string) => {
    await satchel.done(people.officer, 'takeCertificateApplication', {
      id: certificateId,
      certType: 'ID_CARD',
      reason: 'EXPIRED',
      applicantId,
      divisionCode: '621224110',
    });
    await onCertificate('recordSpecialPiConsent', { basis: 'STATUTORY_NOTICE', noticeVersion: '2022-1' });
    await onCertificate('capturePhoto', PHOTO);
    await onCertificate('captureFingerprint', { vaultRef: 'vault:0192f0aa-0001' });
    await onCertificate('submitApplication');
    await onCertificate('acceptCertificateApplication', { receiptNo: '受2022-1' });
    await onCertificate('produceCertificate', { batchNo: 'B-1' });
    await onCertificate('receiveAtStation');
    await onCertificate('loadIntoBackpack');
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    await satchel.done(people.chief, 'issueBackpack', {
      officerId: people.officer,
      backpackId: newId('backpack'),
      serial: 'B-1',
    });
    stranger = await registerResident(satchel, people.officer, LIU);
    held = await scheduledCase(satchel, people);
    await openSession(held);
    await satchel.done(people.officer, 'startVisit', {
      id: visitId,
      kind: 'HOUSEHOLD',
      officerIds: [people.officer],
      divisionCode: '621224110',
    });
    await renewalInBackpack(stranger);
    await satchel.done(people.officer, 'takeCertificateApplication', {
      id: bookId,
      certType: 'HUKOU_BOOK',
      reason: 'DAMAGED',
      applicantId: stranger,
    });
  });
  afterAll(() => satchel.close());
  leavesNothingBehind(() => satchel);

  it('a statement of someone who is no party to the case', async () => {
    for (const partyId of [stranger, newId('resident')])
      expect(await inSession('recordStatement', { partyId, text: TELLING })).toEqual([
        { code: 'SPEAKER_NOT_PARTY', field: 'partyId', message: expect.stringContaining('party') },
      ]);
  });

  it('rights, withdrawal and proposals of someone who is no party', async () => {
    const input = { disputeId: held.id, partyId: stranger };
    const nobody = { code: 'NOT_A_PARTY', field: 'partyId', message: 'This person is not a party of the case' };
    expect(await refused('notifyRightsAndDuties', input)).toEqual([nobody]);
    expect(await refused('withdrawConsent', input)).toContainEqual(nobody);
    expect(await inSession('makeProposal', { partyId: stranger, content: TELLING })).toEqual([nobody]);
  });

  it('a side that is said to be unknown beside a party on it', async () => {
    const input = {
      source: 'PARTY_APPLICATION',
      category: 'DEBT',
      title: '借款纠纷',
      divisionCode: '621224110',
      summary: TELLING,
      parties: [held.sideA, held.sideB].map((subjectId, index) => ({ subjectId, side: 'AB'.charAt(index) })),
      unknownSides: ['B'],
    };
    expect(await refused('reportDispute', input)).toEqual([
      { code: 'SIDE_KNOWN', field: 'unknownSides.0', message: 'A side that has a party is not unknown' },
    ]);
  });

  it('a recording that nobody was told of', async () => {
    expect(await inSession('startRecording', { deviceSerial: TELLING })).toEqual([
      {
        code: 'RECORDING_NOTICE_REQUIRED',
        field: 'sessionId',
        message: 'The parties have to be told before anything is recorded',
      },
    ]);
  });

  it('a day in the far future, or a time limit that is over', async () => {
    const { id: disputeId } = held;
    const far = { code: 'TOO_FAR_AHEAD', message: 'The day has to lie within a year from now: check the year' };
    const extension = { disputeId, newDueDate: '9999-12-31', consentBy: ['A', 'B'] };
    expect(await refused('extendMediation', extension)).toEqual([{ ...far, field: 'newDueDate' }]);
    const session = { disputeId, plannedFor: at('2222-10-18', '10:00'), placeType: 'STATION' };
    expect(await refused('scheduleSession', session)).toEqual([{ ...far, field: 'plannedFor' }]);
    const term = { obligorId: held.sideA, kind: 'REPAIR', dueDate: '1990-01-01', manner: TELLING };
    expect(await inSession('reachOralAgreement', { content: TELLING, terms: [term] })).toMatchObject([
      { code: 'TERM_DUE_DATE_UNFIT', field: 'terms.0.dueDate' },
    ]);
  });

  it('a second backpack', async () => {
    const input = { officerId: people.officer, backpackId: newId('backpack'), serial: TELLING };
    expect(await refused('issueBackpack', input, people.chief)).toEqual([
      { code: 'BACKPACK_ALREADY_HELD', field: 'officerId', message: 'The officer holds a backpack already' },
    ]);
  });

  it('a renewed card handed over while the old one is kept', async () => {
    const input = {
      certificateId,
      visitId,
      signer: 'PROXY',
      proxyName: TELLING,
      authorisationNo: '委2022-7',
      verifiedChip: true,
      verifiedFinger: true,
    };
    expect(await refused('deliverCertificate', input)).toMatchObject([
      { code: 'OLD_CARD_REQUIRED', field: 'certificateId', message: expect.stringContaining('old card') },
    ]);
  });

  it('a balance, a visit and a form of a year that nobody meant', async () => {
    const balance = { metric: 'HUKOU_COVER', quantity: 1949, unit: 'GE', qualifier: 'EXACT', citation: 'Sample' };
    expect(
      await refused(
        'importOpeningBalance',
        { orgUnitId: people.county, ...balance, asOf: '2222-11-15' },
        people.countyChief,
      ),
    ).toEqual([{ code: 'BALANCE_DATED_AHEAD', field: 'asOf', message: expect.stringContaining('check the year') }]);
    const visit = { kind: 'HOUSEHOLD', officerIds: [people.officer], divisionCode: '621224110' };
    expect(await refused('planVisit', { ...visit, plannedFor: '2222-10-20' })).toEqual([
      { code: 'TOO_FAR_AHEAD', field: 'plannedFor', message: expect.stringContaining('within a year') },
    ]);
    const form = { certificateId: bookId, formDate: '1900-01-01' };
    expect(await refused('submitApplication', form)).toEqual([
      { code: 'FORM_DATED_LONG_AGO', field: 'formDate', message: expect.stringContaining('check the year') },
    ]);
  });

  it('a dispute of tomorrow', async () => {
    expect(
      await refused('reportDispute', {
        source: 'PROACTIVE',
        category: 'LAND',
        title: '山林界线纠纷',
        divisionCode: '621224110',
        occurredOn: '2022-10-19',
        summary: TELLING,
        parties: [{ subjectId: stranger, side: 'A' }],
        unknownSides: ['B'],
      }),
    ).toMatchObject([{ code: 'DATE_IN_FUTURE', field: 'occurredOn' }]);
  });

  it('an id that is there already, of whatever station', async () => {
    const input = { id: stranger, name: TELLING };
    expect(await refused('registerResident', input)).toMatchObject([{ code: 'ALREADY_EXISTS', field: 'id' }]);
    expect(await refused('registerResident', input, people.otherOfficer)).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
