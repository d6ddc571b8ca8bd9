import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHOTO } from '../harness/doorstep.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

/** An invented number with the old prefix of the county, and a name that is nobody's. */
const LIU = { name: '刘样本', number: '62262518991231001X' };
const SUMMARY = '证件过期，行动不便，想在家办理';
const PROXY = '王样本';

const CERTIFICATES = `query Q($applicantId: ID, $backpackId: ID, $dueBefore: Date, $open: Boolean, $divisionCode: String,
  $sort: CertificateSort, $first: Int, $after: String) {
  certificates(applicantId: $applicantId, backpackId: $backpackId, dueBefore: $dueBefore, open: $open,
    divisionCode: $divisionCode, sort: $sort, first: $first, after: $after) {
    nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } } }`;

describe('a need, a certificate and an errand over HTTP', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const resident = newId('resident');
  const firstVisit = newId('visit');
  const secondVisit = newId('visit');
  const backpack = newId('backpack');
  const needId = newId('need');
  const certificateId = newId('certificate');
  const errandId = newId('errand');

  const asOfficer = (name: string, input: object, fields = '') => satchel.done(people.officer, name, input, fields);
  const onCertificate = (name: string, input: object = {}) => asOfficer(name, { certificateId, ...input });
  const startVisit = (id: string) =>
    asOfficer('startVisit', { id, kind: 'HOUSEHOLD', officerIds: [people.officer], divisionCode: '621224112' });
  const ids = async (variables: object) => {
    const { certificates } = await satchel.read(people.officer, CERTIFICATES, { ...variables });
    return certificates.nodes.map((node: { id: string }) => node.id);
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z');
    people = await sampleStation(satchel);
    await satchel.done(people.chief, 'issueBackpack', {
      officerId: people.officer,
      backpackId: backpack,
      serial: 'B-01',
    });
    await asOfficer('registerResident', { id: resident, ...LIU, divisionCode: '621224112' });
    await startVisit(firstVisit);
    await asOfficer('raiseNeed', {
      id: needId,
      category: 'CERTIFICATE',
      summary: SUMMARY,
      vulnerable: ['ELDER', 'DISABLED'],
      originVisitId: firstVisit,
      residentId: resident,
    });
    await asOfficer('acceptNeed', { needId });
    await asOfficer('planResponse', { needId, measure: '制证后送到家', plannedFor: '2022-10-01' });
    await asOfficer('takeCertificateApplication', {
      id: certificateId,
      certType: 'ID_CARD',
      reason: 'EXPIRED',
      applicantId: resident,
      originVisitId: firstVisit,
      needId,
    });
    await onCertificate('recordSpecialPiConsent', { basis: 'STATUTORY_NOTICE', noticeVersion: '2022-1' });
    await onCertificate('capturePhoto', PHOTO);
    await onCertificate('captureFingerprint', { vaultRef: 'vault:0192f0aa-0001' });
    await onCertificate('submitApplication', { formDate: '2022-08-30' });
  });
  afterAll(() => satchel.close());

  it('shows a need in words to its station, with its visit, and its vulnerable to the station alone', async () => {
    const query = `query Q($id: ID!) { need(id: $id) { status summary vulnerable divisionCode loopClosed
      resident { name } originVisit { id } officer { id } orgUnit { id } history { nodes { type data } } } }`;
    const { need } = await satchel.read(people.officer, query, { id: needId });
    expect(need).toMatchObject({
      status: 'PLANNED',
      summary: SUMMARY,
      vulnerable: ['ELDER', 'DISABLED'],
      divisionCode: '621224112',
      loopClosed: false,
      resident: { name: '刘某' },
      originVisit: { id: firstVisit },
      officer: { id: people.officer },
      orgUnit: { id: people.station },
    });
    expect(JSON.stringify(need.history)).not.toContain(SUMMARY);
    const audited = (await satchel.read(people.auditor, query, { id: needId })).need;
    expect(audited.vulnerable).toBeNull();
    expect(audited.summary).toBe('［已封存］');
    for (const words of ['DISABLED', SUMMARY]) expect(JSON.stringify(audited)).not.toContain(words);
  });

  it('shows how long there is to deliver', async () => {
    const query = `query Q($id: ID!) { certificate(id: $id) { status dueDate today: daysLeft
      then: daysLeft(on: "2022-10-30") applicant { name number } orgUnit { id } oldCard
      allowedCommands { name allowed reasons { code } } } }`;
    const { certificate } = await satchel.read(people.officer, query, { id: certificateId });
    expect(certificate).toMatchObject({
      status: 'SUBMITTED',
      dueDate: '2022-10-29',
      today: 60,
      // biome-ignore lint/suspicious/noThenProperty: the name that the query gives it
      then: -1,
      applicant: { name: '刘某', number: '62************001X' },
      orgUnit: { id: people.station },
      oldCard: null,
    });
    const deliver = certificate.allowedCommands.find(({ name }: { name: string }) => name === 'deliverCertificate');
    expect(deliver.reasons).toEqual([{ code: 'NOT_CARRIED' }, { code: 'OLD_CARD_REQUIRED' }]);
  });

  it('is extended by the chief of the station, once, to ninety days', async () => {
    const input = { certificateId, extraDays: 30, reason: 'REMOTE_VILLAGE' };
    const answer = await satchel.ask(
      people.officer,
      `mutation Do($input: ExtendCertificateDeadlineInput!) { extendCertificateDeadline(input: $input) { events { id } } }`,
      { input: { commandId: crypto.randomUUID(), ...input } },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { certificate } = await satchel.done(
      people.chief,
      'extendCertificateDeadline',
      input,
      'certificate { dueDate extension { extraDays approver { id } } }',
    );
    expect(certificate).toEqual({
      dueDate: '2022-11-28',
      extension: { extraDays: 30, approver: { id: people.chief } },
    });
    expect(await satchel.refused(people.chief, 'extendCertificateDeadline', input)).toEqual(['ALREADY_EXTENDED']);
  });

  it('goes from hand to hand, and is refused without the old card', async () => {
    satchel.clock.set(new Date('2022-11-16T02:00:00Z'));
    await onCertificate('acceptCertificateApplication', { receiptNo: '受2022-1' });
    await onCertificate('produceCertificate', { batchNo: 'B-1' });
    await onCertificate('receiveAtStation');
    await onCertificate('loadIntoBackpack');
    expect(await ids({ backpackId: backpack })).toEqual([certificateId]);
    await satchel.done(people.auxiliary, 'failDelivery', { certificateId, reason: 'NOT_HOME' });
    await onCertificate('returnCertificate');
    expect(await ids({ backpackId: backpack })).toEqual([]);
    await onCertificate('loadIntoBackpack', { backpackId: backpack });
    await startVisit(secondVisit);
    const signed = {
      visitId: secondVisit,
      signer: 'PROXY',
      proxyName: PROXY,
      authorisationNo: '委2022-7',
      verifiedChip: true,
      verifiedFinger: false,
    };
    expect(await satchel.refused(people.officer, 'deliverCertificate', { certificateId, ...signed })).toEqual([
      'OLD_CARD_REQUIRED',
    ]);
    await onCertificate('surrenderOldCard');
    const { certificate, events } = await asOfficer(
      'deliverCertificate',
      { certificateId, ...signed },
      `certificate { status attempts daysLeft oldCard handover { method signer visitId }
        custody { event at holder { kind id backpackId officer { id } } } history { nodes { data } } }`,
    );
    expect(events).toMatchObject([{ type: 'CertificateDelivered', stateAfter: 'DELIVERED', deviations: [] }]);
    expect(certificate).toMatchObject({
      status: 'DELIVERED',
      attempts: 2,
      daysLeft: null,
      oldCard: 'SURRENDERED',
      handover: { method: 'DOOR', signer: 'PROXY', visitId: secondVisit },
    });
    expect(certificate.custody.map((link: { event: string }) => link.event)).toEqual([
      'RECEIVED',
      'LOADED',
      'ATTEMPTED',
      'RETURNED',
      'LOADED',
      'DELIVERED',
    ]);
    expect(certificate.custody[1].holder).toEqual({
      kind: 'OFFICER',
      id: people.officer,
      backpackId: backpack,
      officer: { id: people.officer },
    });
    expect(JSON.stringify(certificate)).not.toContain(PROXY);
  });

  it('closes the loop', async () => {
    await asOfficer('deliverResponse', { needId, responseVisitId: secondVisit, outcome: 'SOLVED' });
    const { need } = await asOfficer('closeNeed', { needId }, 'need { status loopClosed daysToClose closedOn }');
    expect(need).toEqual({ status: 'CLOSED', loopClosed: true, daysToClose: 78, closedOn: '2022-11-16' });
  });

  it('lists certificates by the end of their term, page by page', async () => {
    const bookId = newId('certificate');
    const lateId = newId('certificate');
    const application = { applicantId: resident, reason: 'DAMAGED', divisionCode: '621224110' };
    await asOfficer('takeCertificateApplication', { id: bookId, certType: 'HUKOU_BOOK', ...application });
    await asOfficer('takeCertificateApplication', { id: lateId, certType: 'ID_CARD', ...application, reason: 'LOST' });
    expect(await ids({ applicantId: resident, sort: 'LAST_RECORDED' })).toEqual([lateId, bookId, certificateId]);
    const firstPage = (await satchel.read(people.officer, CERTIFICATES, { first: 1 })).certificates;
    expect(firstPage.nodes).toEqual([{ id: certificateId }]);
    const rest = await ids({ first: 2, after: firstPage.pageInfo.endCursor });
    expect([...rest].sort()).toEqual([bookId, lateId].sort());
    expect(await ids({ dueBefore: '2022-11-28' })).toEqual([]);
    expect(await ids({ dueBefore: '2022-11-29' })).toEqual([certificateId]);
    expect(await ids({ open: null, dueBefore: null, divisionCode: null })).toHaveLength(3);
    expect(await ids({ open: false })).toEqual([certificateId]);
    expect(await ids({ open: true })).toHaveLength(2);
    expect(await ids({ divisionCode: '621224112' })).toEqual([certificateId]);
    expect(await ids({ divisionCode: '621224' })).toHaveLength(3);
    const wild = await satchel.ask(people.officer, CERTIFICATES, { divisionCode: '%' });
    expect(wild.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const foreign = await satchel.ask(people.officer, CERTIFICATES, {
      sort: 'LAST_RECORDED',
      after: firstPage.pageInfo.endCursor,
    });
    expect(foreign.errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it('lists needs by state, category, place and resident: what is in, and that all else stays out', async () => {
    const wish = newId('need');
    const input = { category: 'SUGGESTION', summary: SUMMARY, divisionCode: '621224110' };
    await asOfficer('raiseNeed', { id: wish, ...input, originVisitId: firstVisit });
    const query = `query Q($status: NeedStatus, $category: NeedCategory, $divisionCode: String, $residentId: ID) {
      needs(status: $status, category: $category, divisionCode: $divisionCode, residentId: $residentId) { nodes { id } } }`;
    const found = async (variables: object): Promise<readonly string[]> =>
      (await satchel.read(people.officer, query, { ...variables })).needs.nodes.map(({ id }: { id: string }) => id);
    expect(await found({})).toEqual([wish, needId]);
    expect(await found({ status: 'CLOSED' })).toEqual([needId]);
    expect(await found({ status: 'RAISED' })).toEqual([wish]);
    expect(await found({ status: 'PLANNED' })).toEqual([]);
    expect(await found({ category: 'CERTIFICATE' })).toEqual([needId]);
    expect(await found({ category: 'SUGGESTION' })).toEqual([wish]);
    expect(await found({ divisionCode: '621224112' })).toEqual([needId]);
    expect(await found({ divisionCode: '621224110' })).toEqual([wish]);
    expect(await found({ divisionCode: '621224' })).toEqual([wish, needId]);
    expect(await found({ residentId: resident })).toEqual([needId]);
    expect(await found({ status: 'RAISED', category: 'SUGGESTION', divisionCode: '621224110' })).toEqual([wish]);
    expect(await found({ status: 'RAISED', category: 'CERTIFICATE' })).toEqual([]);
  });

  it('keeps the money of an errand apart', async () => {
    await asOfficer('requestErrand', { id: errandId, kind: 'HUKOU', residentId: resident, details: SUMMARY, needId });
    await asOfficer('acceptErrand', { errandId });
    await asOfficer('completeErrand', {
      errandId,
      count: 2,
      feeCollectedFen: 5000,
      feeRemittedFen: 4000,
      receiptNo: '票1',
    });
    const { errand } = await asOfficer(
      'returnResult',
      { errandId, feeReturnedFen: 1000 },
      'errand { status count kind details receiptNo money { collectedFen remittedFen returnedFen } resident { name } }',
    );
    expect(errand).toEqual({
      status: 'RETURNED',
      count: 2,
      kind: 'HUKOU',
      details: SUMMARY,
      receiptNo: '票1',
      money: { collectedFen: 5000, remittedFen: 4000, returnedFen: 1000 },
      resident: { name: '刘某' },
    });
    const { errands } = await satchel.read(
      people.chief,
      'query Q($id: ID) { errands(kind: HUKOU, status: RETURNED, residentId: $id) { nodes { id } } }',
      { id: resident },
    );
    expect(errands.nodes).toEqual([{ id: errandId }]);
  });

  it('counts what was delivered and done in the totals', async () => {
    const { totals } = await satchel.read(
      people.chief,
      'query Q { totals(asOf: "2022-11-16") { metrics { metric quantity } } }',
    );
    expect(totals.metrics).toEqual(
      expect.arrayContaining([
        { metric: 'CERT_DELIVERED', quantity: 1 },
        { metric: 'ERRAND', quantity: 2 },
      ]),
    );
  });

  it.each(['need', 'certificate', 'errand'])('is not there for another station: %s', async noun => {
    const id = { need: needId, certificate: certificateId, errand: errandId }[noun];
    const query = `query Q($id: ID!) { ${noun}(id: $id) { id } }`;
    const other = await satchel.ask(people.otherOfficer, query, { id });
    expect(other.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const analyst = await satchel.ask(people.analyst, query, { id });
    expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
