import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { at } from '../../harness/moments.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const LIST = `query Q($status: DisputeStatus, $category: DisputeCategory, $orgUnitId: ID, $divisionCode: String,
    $mediatorId: ID, $reportedFrom: Date, $reportedTo: Date, $text: String, $sort: DisputeSort, $first: Int, $after: String) {
  disputes(status: $status, category: $category, orgUnitId: $orgUnitId, divisionCode: $divisionCode,
    mediatorId: $mediatorId, reportedFrom: $reportedFrom, reportedTo: $reportedTo, text: $text, sort: $sort,
    first: $first, after: $after) {
    nodes { id status dueDate reportedAt lastRecordedAt } pageInfo { hasNextPage endCursor } } }`;

/** The day on which the lists are read. */
const TODAY = '2022-11-20';

describe('the list of disputes', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let parties: readonly [string, string];
  let host: string;
  let elder: string;
  let tribunal: string;
  /** Ids of the cases, by what each is here for. */
  const cases = new Map<string, string>();

  type Step = readonly [command: string, input?: object];

  interface Course {
    /** Day of October 2022 on which it is reported. */
    readonly on: number;
    readonly report?: object;
    readonly by?: string;
    readonly steps?: readonly Step[];
  }

  async function take(name: string, { on, report = {}, by = people.officer, steps = [] }: Course): Promise<void> {
    const id = newId('dispute');
    cases.set(name, id);
    satchel.clock.set(new Date(at(`2022-10-${String(on).padStart(2, '0')}`, '09:00')));
    const [sideA, sideB] = parties;
    await satchel.done(by, 'reportDispute', {
      id,
      source: 'PARTY_APPLICATION',
      category: 'NEIGHBOUR',
      title: '邻里排水纠纷',
      divisionCode: '621224110',
      parties: [
        { subjectId: sideA, side: 'A' },
        { subjectId: sideB, side: 'B' },
      ],
      ...report,
    });
    for (const [command, input = {}] of steps) await satchel.done(by, command, { disputeId: id, ...input });
  }

  const each = (command: string): readonly Step[] => parties.map(partyId => [command, { partyId }]);
  const screened = (exclusions: readonly string[] = []): Step => [
    'screenDispute',
    { legalBasis: 'CIVIL', riskLevel: 1, exclusions },
  ];
  const accepted = (): readonly Step[] => [screened(), ['acceptDispute']];
  const ready = (): readonly Step[] => [...accepted(), ...each('notifyRightsAndDuties'), ...each('giveConsent')];

  const opened = (sessionId = newUuid()): readonly Step[] => [
    ...ready(),
    ['assignMediator', { mediatorId: host }],
    ['scheduleSession', { sessionId, plannedFor: '2022-11-01T10:00:00+08:00', placeType: 'VILLAGE' }],
    ['openSession', { sessionId, officersPresent: 1, auxiliariesPresent: 1 }],
  ];

  function agreed(term: object): readonly Step[] {
    const sessionId = newUuid();
    const terms = [{ obligorId: parties[0], kind: 'REPAIR', manner: '疏通水沟', ...term }];
    const agreement = { sessionId, content: '样例协议', terms };
    return [...opened(sessionId), ['reachOralAgreement', agreement], ['endSession', { sessionId }]];
  }

  const performed = () => agreed({ performedAtOnce: true });
  const failed = (): readonly Step[] => [...accepted(), ['refuseConsent', { partyId: parties[0] }]];
  const closed = (): readonly Step[] => [
    ...failed(),
    ['notifyRemedies', { routes: ['JUDICIAL'] }],
    ['closeDispute', { outcome: 'FAILED' }],
  ];
  const waivers = ['RIGHTS_NOTICE', 'ID_PROOF'].map(document => ({ document, reason: 'PARTY_REFUSED' }));

  async function breach(name: string): Promise<void> {
    const disputeId = cases.get(name);
    const terms = 'query Q($id: ID!) { dispute(id: $id) { agreement { obligations { obligationId } } } }';
    const { dispute } = await satchel.read(people.officer, terms, { id: disputeId });
    const { obligationId } = dispute.agreement.obligations[0];
    await satchel.done(people.officer, 'recordBreach', { disputeId, obligationId });
  }

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-01', '08:00'));
    people = await sampleStation(satchel);
    const person = (name: string, born: string, sequence: number) =>
      registerResident(satchel, people.officer, { name, number: numberOf(born, sequence) });
    parties = [await person('陈样本', '1948-03-05', 1), await person('王样本', '1985-07-12', 2)];
    tribunal = await registerUnit(satchel, people, { name: '豆坝法庭', level: 'TRIBUNAL', divisionCode: '621224110' });
    [host, elder] = [newId('mediator'), newId('mediator')];
    const appointment = { orgUnitId: people.station, adult: true };
    await satchel.done(people.chief, 'appointMediator', {
      id: host,
      officerId: people.officer,
      category: 'OFFICER',
      ...appointment,
    });
    await satchel.done(people.chief, 'appointMediator', {
      id: elder,
      name: '典样本',
      category: 'VILLAGE_WORTHY',
      ...appointment,
    });
    const later = { dueDate: '2022-12-31' };
    const visitOn = (dueDate: string): Step => ['scheduleFollowUp', { dueDate }];
    const replaced = { mediatorId: host, replacementId: elder, reason: 'PARTY_REQUEST' };
    const elsewhere = {
      orgUnitId: people.otherStation,
      divisionCode: '621224112',
      title: '借款纠纷',
      category: 'DEBT',
    };
    await take('reported', { on: 1 });
    await take('debt', { on: 2, report: { category: 'DEBT', title: '砖款纠纷', divisionCode: '621224113' } });
    await take('screened', { on: 3, steps: [screened()] });
    const bar = 'ALREADY_HANDLED';
    await take('excluded', { on: 4, steps: [screened([bar]), ['excludeDispute', { exclusionCode: bar }]] });
    const toCourt: Step = ['referDispute', { toUnitId: tribunal, reason: 'LITIGATION' }];
    await take('referred', { on: 5, steps: [screened(), toCourt] });
    await take('accepted', { on: 6, steps: accepted() });
    await take('pending', { on: 7, steps: [...accepted(), ...each('notifyRightsAndDuties')] });
    await take('ready', { on: 8, steps: [...ready(), ['assignMediator', { mediatorId: elder }]] });
    await take('opened', { on: 9, steps: opened() });
    await take('handed over', {
      on: 10,
      steps: [...ready(), ['assignMediator', { mediatorId: host }], ['replaceMediator', replaced]],
    });
    await take('performing', { on: 11, steps: agreed(later) });
    await take('performed', { on: 12, steps: performed() });
    await take('to be visited', { on: 13, steps: [...performed(), visitOn('2022-11-21')] });
    await take('to be visited today', { on: 14, steps: [...performed(), visitOn(TODAY)] });
    await take('failed', { on: 15, steps: failed() });
    await take('breached', { on: 16, steps: agreed(later) });
    await breach('breached');
    await take('closed', { on: 17, steps: closed() });
    await take('archived', { on: 18, steps: [...closed(), ['archiveCaseFile', { waivers }]] });
    await take('elsewhere', { on: 19, by: people.otherOfficer, report: elsewhere, steps: [...accepted()] });
    satchel.clock.set(new Date(at(TODAY, '09:00')));
  }, 120_000);
  afterAll(() => satchel.close());

  const page = async (personId: string, variables: object) =>
    (await satchel.read(personId, LIST, { first: 100, ...variables })).disputes;
  const nameOf = (id: string) => [...cases].find(([, known]) => known === id)?.[0];
  const names = async (personId: string, variables: object): Promise<readonly (string | undefined)[]> =>
    (await page(personId, variables)).nodes.map(({ id }: Anything) => nameOf(id));
  const all = () => [...cases.keys()];
  const withHost = () => ['breached', 'opened', 'performed', 'performing', 'to be visited', 'to be visited today'];

  /** A filter, and the cases that it lets in: every other one stays out. */
  const filters: readonly [what: string, filter: () => object, letIn: () => readonly string[]][] = [
    ['no filter', () => ({}), all],
    ['REPORTED', () => ({ status: 'REPORTED' }), () => ['debt', 'reported']],
    ['SCREENED', () => ({ status: 'SCREENED' }), () => ['screened']],
    ['EXCLUDED', () => ({ status: 'EXCLUDED' }), () => ['excluded']],
    ['REFERRED', () => ({ status: 'REFERRED' }), () => ['referred']],
    ['ACCEPTED', () => ({ status: 'ACCEPTED' }), () => ['accepted', 'elsewhere']],
    ['CONSENT_PENDING', () => ({ status: 'CONSENT_PENDING' }), () => ['pending']],
    ['READY', () => ({ status: 'READY' }), () => ['handed over', 'ready']],
    ['IN_MEDIATION', () => ({ status: 'IN_MEDIATION' }), () => ['opened']],
    [
      'AGREED, by what it comes to',
      () => ({ status: 'AGREED' }),
      () => ['performed', 'performing', 'to be visited', 'to be visited today'],
    ],
    ['PERFORMING', () => ({ status: 'PERFORMING' }), () => ['performing']],
    ['PERFORMED, its visit not due yet', () => ({ status: 'PERFORMED' }), () => ['performed', 'to be visited']],
    ['FOLLOWUP_DUE, from the day on', () => ({ status: 'FOLLOWUP_DUE' }), () => ['to be visited today']],
    ['TERMINATED', () => ({ status: 'TERMINATED' }), () => ['failed']],
    ['BREACHED', () => ({ status: 'BREACHED' }), () => ['breached']],
    ['CLOSED', () => ({ status: 'CLOSED' }), () => ['closed']],
    ['ARCHIVED', () => ({ status: 'ARCHIVED' }), () => ['archived']],
    ['a category', () => ({ category: 'DEBT' }), () => ['debt', 'elsewhere']],
    ['a category that none is of', () => ({ category: 'LABOUR' }), () => []],
    ['a station', () => ({ orgUnitId: people.otherStation }), () => ['elsewhere']],
    ['a township', () => ({ divisionCode: '621224113' }), () => ['debt']],
    ['the county that the townships are in', () => ({ divisionCode: '621224' }), all],
    ['another county', () => ({ divisionCode: '621225' }), () => []],
    ['a mediator, while on the case', () => ({ mediatorId: host }), withHost],
    ['a mediator who took over', () => ({ mediatorId: elder }), () => ['handed over', 'ready']],
    ['reported from a day on', () => ({ reportedFrom: '2022-10-17' }), () => ['archived', 'closed', 'elsewhere']],
    ['reported up to a day', () => ({ reportedTo: '2022-10-02' }), () => ['debt', 'reported']],
    [
      'reported between',
      () => ({ reportedFrom: '2022-10-04', reportedTo: '2022-10-05' }),
      () => ['excluded', 'referred'],
    ],
    ['text of the title', () => ({ text: '砖款' }), () => ['debt']],
    ['text of the place', () => ({ text: '大南峪' }), () => ['elsewhere']],
    ['text of the number', () => ({ text: '字第 1 号', orgUnitId: people.otherStation }), () => ['elsewhere']],
    [
      'the number, as a Chinese keyboard types it',
      () => ({ text: '（2022）人调字第1号', orgUnitId: people.otherStation }),
      () => ['elsewhere'],
    ],
    ['two at once', () => ({ status: 'REPORTED', category: 'DEBT' }), () => ['debt']],
    ['a mediator, and a state', () => ({ mediatorId: host, status: 'BREACHED' }), () => ['breached']],
  ];

  it.each(filters)('lets in by %s', async (_what, filter, letIn) => {
    expect((await names(people.countyChief, filter())).toSorted()).toEqual([...letIn()].toSorted());
    const own = letIn().filter(name => name !== 'elsewhere');
    expect((await names(people.officer, filter())).toSorted()).toEqual([...own].toSorted());
  });

  it('says of each case the state by which it is found', async () => {
    const { nodes } = await page(people.countyChief, {});
    for (const { id, status } of nodes) {
      const found = await page(people.countyChief, { status });
      expect(found.nodes.map((node: Anything) => [node.id, node.status])).toContainEqual([id, status]);
    }
  });

  it('moves a case from PERFORMED to FOLLOWUP_DUE on the day of its visit, with nothing recorded', async () => {
    satchel.clock.set(new Date(at('2022-11-21', '09:00')));
    expect(await names(people.officer, { status: 'PERFORMED' })).toEqual(['performed']);
    expect((await names(people.officer, { status: 'FOLLOWUP_DUE' })).toSorted()).toEqual([
      'to be visited',
      'to be visited today',
    ]);
    satchel.clock.set(new Date(at(TODAY, '09:00')));
  });

  const orders: readonly [sort: string, keyOf: (node: Anything) => string, descending: boolean][] = [
    ['LAST_RECORDED', node => node.lastRecordedAt, true],
    ['REPORTED', node => node.reportedAt, true],
    // Without a term at the end.
    ['DUE_DATE', node => node.dueDate ?? '9999-12-31', false],
  ];

  it.each(orders)('is in the order of %s, page by page as at once', async (sort, keyOf, descending) => {
    const { nodes } = await page(people.countyChief, { sort });
    expect(nodes).toHaveLength(cases.size);
    const values: readonly string[] = nodes.map(keyOf);
    expect(new Set(values).size).toBeGreaterThan(3);
    const ordered = values.toSorted();
    expect(values).toEqual(descending ? ordered.toReversed() : ordered);
    const paged: Anything[] = [];
    for (let after: string | null = null; ; ) {
      const next: Anything = await page(people.countyChief, { sort, first: 4, after });
      paged.push(...next.nodes);
      if (!next.pageInfo.hasNextPage) break;
      after = next.pageInfo.endCursor;
    }
    expect(paged).toEqual(nodes);
  });

  it('refuses what is no division code, and names the argument', async () => {
    const { errors } = await satchel.ask(people.officer, LIST, { divisionCode: '62122' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'divisionCode' });
  });
});
