import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DisputeStatus } from '../../src/mediation/codes.js';
import { loadSampleCounty, sampleCounty, sampleCountySteps } from '../../src/sample/index.js';
import { sampleQueries } from '../../src/sample/queries.js';
import { DOUBA_ORDER } from '../harness/doubaOrder.js';
import { subscribe } from '../harness/subscribers.js';
import { type Anything, TestSatchel } from '../harness/testSatchel.js';
import { typedTexts } from '../harness/typedTexts.js';

const SIZE = 300;
const AFTERWARDS = new Date('2023-04-03T01:00:00Z');
const { county, douba, stations, people, doubaMediation, liu } = sampleCounty;
const personAs = (role: string): string => people.find(person => person.role === role)?.id ?? '';
const chief = personAs('COUNTY_CHIEF');

let satchel: TestSatchel;

const load = async () => {
  await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: SIZE }));
  satchel.clock.set(AFTERWARDS);
};

beforeAll(async () => {
  satchel = await TestSatchel.start();
  await load();
}, 180_000);
afterAll(() => satchel.close());

describe('the sample county', () => {
  const totals = (asOf: string, orgUnitId = county.id) =>
    satchel.read(
      chief,
      `query T($asOf: Date!, $orgUnitId: ID) { totals(asOf: $asOf, orgUnitId: $orgUnitId) {
        metrics { metric quantity qualifier } checksum stations officersWithBackpack mediationTeams } }`,
      { asOf, orgUnitId },
    );

  it('had done by 15 November 2022 what was reported', async () => {
    const { totals: reported } = await totals('2022-11-15');
    expect(reported.metrics).toEqual([
      { metric: 'CERT_DELIVERED', quantity: 2_864, qualifier: 'EXACT' },
      { metric: 'MATERIAL', quantity: 62_450, qualifier: 'AT_LEAST' },
      { metric: 'HUKOU_COVER', quantity: 1_949, qualifier: 'EXACT' },
      { metric: 'ERRAND', quantity: 4_435, qualifier: 'EXACT' },
    ]);
    expect(reported).toMatchObject({ checksum: 71_698, stations: 18, officersWithBackpack: 67, mediationTeams: 24 });
  });

  it('goes on working after that day', async () => {
    const [before, after] = [await totals('2022-11-15'), await totals('2023-03-31')];
    expect(after.totals.checksum).toBeGreaterThan(before.totals.checksum);
  });

  it('has backpacks in Douba alone before June 2021', async () => {
    const held = await Promise.all(
      stations.map(async ({ id }) => (await totals('2021-05-31', id)).totals.officersWithBackpack as number),
    );
    expect(held.filter(count => count > 0)).toEqual([7]);
    expect((await totals('2021-05-31', douba.id)).totals.officersWithBackpack).toBe(7);
    expect((await totals('2021-06-30')).totals.officersWithBackpack).toBe(67);
  });

  it('mediated in Douba in the order that was reported', async () => {
    const { dispute } = await satchel.read(
      personAs('OFFICER'),
      `{ dispute(id: "${doubaMediation.disputeId}") { status evidentiaryStatus deviations { rule }
        agreement { confirmationDeadline } history(first: 100) { nodes { type } } } }`,
    );
    expect(dispute).toMatchObject({
      status: 'PERFORMING',
      evidentiaryStatus: 'OK',
      deviations: [],
      agreement: { confirmationDeadline: '2022-11-17' },
    });
    const types = dispute.history.nodes.map(({ type }: Anything) => type);
    // The last day of what was agreed has come, and of its performance nothing is known.
    expect(types.slice(types.indexOf('SessionOpened'))).toEqual([...DOUBA_ORDER, 'SessionEnded', 'ObligationDue']);
  });

  it('brought Liu the new card within the extended term', async () => {
    const { certificate, need, visit } = await satchel.read(
      chief,
      `{ certificate(id: "${liu.certificateId}") { status formDate dueDate applicant { name number } }
        need(id: "${liu.needId}") { status } visit(id: "${liu.visitId}") { gifts { disposition } } }`,
    );
    expect(certificate).toEqual({
      status: 'DELIVERED',
      formDate: '2022-08-30',
      dueDate: '2022-11-28',
      applicant: { name: '刘某', number: '62************001X' },
    });
    expect(need.status).toBe('CLOSED');
    expect(visit.gifts).toEqual([{ disposition: 'DECLINED' }]);
  });

  it('has disputes wherever a case can stand', async () => {
    const everything: string[] = [];
    for (let after: string | undefined; ; ) {
      const { disputes }: Anything = await satchel.read(
        chief,
        'query D($after: String) { disputes(first: 100, after: $after) { nodes { status } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      everything.push(...disputes.nodes.map(({ status }: Anything) => status));
      if (!disputes.pageInfo.hasNextPage) break;
      after = disputes.pageInfo.endCursor;
    }
    // An agreement shows as being performed, or performed.
    const possible = DisputeStatus.values.filter(status => status !== 'NONE' && status !== 'AGREED');
    expect(new Set(everything)).toEqual(new Set(possible));
  });

  it('lets everyone of every role in', async () => {
    for (const { id, role } of people)
      expect(await satchel.read(id, '{ viewer { role } }')).toEqual({ viewer: { role } });
    const { disputes } = await satchel.read(personAs('MEDIATOR'), '{ disputes(first: 5) { nodes { id } } }');
    expect(disputes.nodes.length).toBeGreaterThan(0);
  });

  it('answers each of its sample queries', async () => {
    for (const { query, role } of sampleQueries.filter(sample => sample.query.startsWith('query')))
      expect(Object.values(await satchel.read(role ? personAs(role) : chief, query))).not.toContain(null);
  });

  it.each(sampleQueries.filter(sample => sample.query.startsWith('subscription')))(
    'begins to tell: $name',
    async sample => {
      const subscriber = await subscribe(satchel, 'WebSocket', chief, sample);
      expect((await subscriber.next(1))[0].cursor).toBeTruthy();
      await subscriber.close();
    },
  );

  it('is told in the same words every time', () => {
    expect(sampleCountySteps(SIZE)).toEqual(sampleCountySteps(SIZE));
  });

  it('is the same when it is loaded again', async () => {
    const head = await satchel.services.store.head();
    await load();
    expect(await satchel.services.store.head()).toBe(head);
  }, 60_000);
});

/** Where what is typed may stand in the clear: names of units and teams, numbers of papers and things, titles. */
const PUBLIC = [
  'registerOrgUnit.name',
  'registerOrgUnit.divisionCode',
  'registerOfficer.post',
  'registerOfficer.badgeNumber',
  'assignToUnit.post',
  'issueBackpack.serial',
  'importOpeningBalance.citation',
  'formTeam.name',
  'trainMediator.subject',
  'startVisit.divisionCode',
  'planVisit.divisionCode',
  'bookAppointment.divisionCode',
  'registerResident.divisionCode',
  'recordSpecialPiConsent.noticeVersion',
  'acceptCertificateApplication.receiptNo',
  'produceCertificate.batchNo',
  'deliverCertificate.authorisationNo',
  'completeErrand.receiptNo',
  'reportDispute.title',
  'reportDispute.divisionCode',
  'explainLegalProvisions.provisions',
  'startRecording.deviceSerial',
];

describe('what lies on the disk', () => {
  it('holds nothing personal of the sample county', async () => {
    await satchel.stop();
    const files = readdirSync(satchel.directory).map(name => ({
      name,
      bytes: readFileSync(join(satchel.directory, name)),
    }));
    const filesWith = (text: string) => files.filter(({ bytes }) => bytes.includes(text, 0, 'utf8')).map(f => f.name);

    expect(filesWith(douba.name)).toEqual(expect.arrayContaining(['events.db', 'readmodel.db']));

    const personal = typedTexts(sampleCountySteps(SIZE)).filter(({ where }) => !PUBLIC.includes(where));
    const kinds = new Set(personal.map(({ where }) => where));
    for (const kind of [
      'registerResident.name',
      'registerResident.number',
      'registerResident.phone',
      'registerResident.address',
      'registerResident.village',
      'registerOfficer.name',
      'appointMediator.name',
      'startVisit.village',
      'recordNote.text',
      'offerGift.description',
      'raiseNeed.summary',
      'planResponse.measure',
      'requestErrand.details',
      'bookAppointment.details',
      'deliverCertificate.proxyName',
      'reportDispute.summary',
      'reportDispute.village',
      'inviteParticipant.name',
      'recordStatement.text',
      'draftTranscript.content',
      'reachOralAgreement.terms.manner',
      'recordFollowUp.matter',
    ])
      expect(kinds).toContain(kind);

    const texts = [...new Map(personal.map(({ where, text }) => [text, where]))];
    expect(texts.filter(([text]) => filesWith(text).length > 0)).toEqual([]);
  }, 60_000);
});
