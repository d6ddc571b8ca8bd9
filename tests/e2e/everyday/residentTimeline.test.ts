import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordedEvent } from '../../../src/eventstore/port.js';
import type { RequestContext } from '../../../src/graphql/context.js';
import { GONE } from '../../../src/graphql/errors.js';
import { happeningsWith } from '../../../src/reporting/residentTimeline/timeline.js';
import { type MediationCase, reportedCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const TIMELINE = `query Q($residentId: ID!, $first: Int! = 50, $after: String) {
  residentTimeline(residentId: $residentId, first: $first, after: $after) {
    nodes { event { type streamId data } of { __typename id } } edges { cursor }
    pageInfo { hasNextPage endCursor } readAt } }`;

const WORDS = '样例原话，只说过一次';

/** The latest first. */
const WHOLE = [
  'ErrandRequested of another station',
  'AppointmentCancelled',
  'ErrandCompleted',
  'AppointmentBooked',
  'ErrandRequested',
  'ResidentInfoVerified',
  'DisputeScreened',
  'DisputeReported',
  'ResidentRegistered',
];

describe('the timeline of a resident', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let residentId: string;
  const [visit, errand, appointment, ofOthers] = [
    newId('visit'),
    newId('errand'),
    newId('appointment'),
    newId('errand'),
  ];

  const page = async (personId: string, variables: object = {}): Promise<Anything> =>
    (await satchel.read(personId, TIMELINE, { residentId, ...variables })).residentTimeline;
  const told = (nodes: Anything): readonly string[] =>
    nodes.map(({ event, of }: Anything) => `${event.type}${of.id === ofOthers ? ' of another station' : ''}`);
  const timeline = async (personId: string, variables: object = {}) => told((await page(personId, variables)).nodes);
  const codeOf = async (personId: string, variables: object = {}) =>
    (await satchel.ask(personId, TIMELINE, { residentId, ...variables })).errors?.[0]?.extensions.code;
  /** Who looked at whose timeline, in order. */
  const looks = async (): Promise<readonly string[]> => {
    const found: RecordedEvent[] = [];
    for await (const batch of satchel.services.store.readAll({ categories: ['access'] })) found.push(...batch);
    return found.map(({ type, actorId, subjectIds }) => `${type} ${subjectIds.join()} by ${actorId}`);
  };
  const lookBy = (personId: string) => `ResidentTimelineViewed ${residentId} by ${personId}`;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-09-01', '09:00'));
    people = await sampleStation(satchel);
    let hour = 9;
    const asOfficer = (command: string, input: object) => {
      satchel.clock.set(new Date(at('2022-09-01', `${++hour}:00`)));
      return satchel.done(people.officer, command, input);
    };
    held = await reportedCase(satchel, people);
    residentId = held.sideA;
    const place = { divisionCode: '621224110' };
    const verified = { visitId: visit, fieldsVerified: ['NAME'], result: 'MATCH' };
    await asOfficer('startVisit', { id: visit, kind: 'VILLAGE', officerIds: [people.officer], ...place });
    await asOfficer('verifyResidentInfo', { ...verified, subjectId: residentId });
    await asOfficer('verifyResidentInfo', { ...verified, subjectId: held.sideB });
    await asOfficer('requestErrand', { id: errand, kind: 'HUKOU', residentId, details: WORDS });
    await asOfficer('bookAppointment', {
      id: appointment,
      purpose: 'PROOF',
      channel: 'PHONE',
      plannedFor: at('2022-09-08', '09:00'),
      residentId,
      details: WORDS,
    });
    await asOfficer('completeErrand', { errandId: errand, count: 1 });
    await asOfficer('cancelAppointment', { appointmentId: appointment, reason: 'RESIDENT_ASKED' });
    satchel.clock.set(new Date(at('2022-09-01', `${++hour}:00`)));
    await satchel.done(people.otherOfficer, 'requestErrand', { id: ofOthers, kind: 'PROOF', residentId });
  });
  afterAll(() => satchel.close());

  it('tells what happened across nouns, the latest first, each within the scope of who asks', async () => {
    expect(await timeline(people.officer)).toEqual(WHOLE.slice(1));
    for (const personId of [people.countyChief, people.auditor]) expect(await timeline(personId)).toEqual(WHOLE);
    const { nodes, readAt } = await page(people.officer);
    expect(nodes.map(({ of }: Anything) => of)).toEqual([
      { __typename: 'Appointment', id: appointment },
      { __typename: 'Errand', id: errand },
      { __typename: 'Appointment', id: appointment },
      { __typename: 'Errand', id: errand },
      { __typename: 'Visit', id: visit },
      { __typename: 'Dispute', id: held.id },
      { __typename: 'Dispute', id: held.id },
      { __typename: 'Resident', id: residentId },
    ]);
    expect(readAt).toBe(satchel.services.projections.position);
  });

  it('masks what is personal', async () => {
    const { nodes } = await page(people.auditor);
    expect(JSON.stringify(nodes)).not.toContain(WORDS);
    const registered = nodes.find(({ event }: Anything) => event.type === 'ResidentRegistered');
    expect(registered.event.data).toMatchObject({
      name: '陈某',
      number: expect.stringMatching(/^62\*{12}\d{3}[\dX]$/),
    });
  });

  it('is read page by page, whatever happens in between', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const { nodes, edges, pageInfo } = await page(people.officer, { first: 3, after });
      expect(edges.at(-1).cursor).toBe(pageInfo.endCursor);
      seen.push(...told(nodes));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
      await satchel.done(people.officer, 'updateContact', { residentId, village: '样例村' });
    }
    expect(seen).toEqual(WHOLE.slice(1));
    expect((await timeline(people.officer)).slice(0, 2)).toEqual(['ContactUpdated', 'ContactUpdated']);
  });

  it('takes no cursor of another resident, and no page beyond its size', async () => {
    const { pageInfo } = await page(people.officer, { first: 1 });
    expect(await codeOf(people.officer, { residentId: held.sideB, after: pageInfo.endCursor })).toBe('BAD_CURSOR');
    for (const first of [0, 101]) expect(await codeOf(people.officer, { first })).toBe('BAD_USER_INPUT');
  });

  it('records who looked, once an hour, before it answers', async () => {
    satchel.clock.set(new Date(at('2022-09-02', '10:00')));
    const before = await looks();
    const { pageInfo } = await page(people.officer, { first: 2 });
    await Promise.all([page(people.officer, { after: pageInfo.endCursor }), page(people.officer)]);
    await page(people.chief);
    const after = [...before, lookBy(people.officer), lookBy(people.chief)];
    expect(await looks()).toEqual(after);
    satchel.clock.set(new Date(at('2022-09-02', '11:00')));
    await page(people.officer);
    expect(await looks()).toEqual([...after, lookBy(people.officer)]);
  });

  it('gives no answer when the look cannot be recorded, and asks for it again', async () => {
    satchel.clock.set(new Date(at('2022-09-02', '12:00')));
    const before = await looks();
    const { store } = satchel.services;
    const append = store.append.bind(store);
    try {
      Object.assign(store, { append: () => Promise.reject(new Error('the disk is full')) });
      expect(await codeOf(people.officer)).toBe('INTERNAL');
    } finally {
      Object.assign(store, { append });
    }
    await page(people.officer);
    expect(await looks()).toEqual([...before, lookBy(people.officer)]);
  });

  it('tells nothing of a child with the guardian, who is named in what is the child’s', async () => {
    const [guardianId, applicantId, certificateId] = [newId('resident'), newId('resident'), newId('certificate')];
    for (const [id, birthDate] of [
      [guardianId, '1985-03-04'],
      [applicantId, '2014-05-06'],
    ])
      await satchel.done(people.officer, 'registerResident', { id, name: '赵样本', birthDate });
    const application = { id: certificateId, certType: 'ID_CARD', reason: 'FIRST', applicantId, guardianId };
    await satchel.done(people.officer, 'takeCertificateApplication', { ...application, divisionCode: '621224110' });
    await satchel.done(people.officer, 'cancelCertificate', { certificateId, reason: 'WITHDRAWN' });
    expect(await timeline(people.officer, { residentId: applicantId })).toHaveLength(3);
    expect(await timeline(people.officer, { residentId: guardianId })).toEqual(['ResidentRegistered']);
  });

  it.each([
    [GONE, 'CLIENT_GONE'],
    [undefined, 'REQUEST_TIMEOUT'],
  ])('goes no further once nobody waits for it', async (reason, code) => {
    const { services } = satchel;
    const readStream = vi.spyOn(services.store, 'readStream');
    const context = { services, signal: AbortSignal.abort(reason) } as unknown as RequestContext;
    await expect(happeningsWith(context, residentId, services.projections.position)).rejects.toMatchObject({
      extensions: { code },
    });
    expect(readStream).not.toHaveBeenCalled();
    readStream.mockRestore();
  });

  it('is not there for another station, nor for who does not work with residents, and is not recorded then', async () => {
    const before = await looks();
    expect(await codeOf(people.otherOfficer)).toBe('NOT_FOUND');
    expect(await codeOf(people.officer, { residentId: newId('resident') })).toBe('NOT_FOUND');
    expect(await codeOf(people.officer, { residentId: errand })).toBe('NOT_FOUND');
    for (const personId of [people.analyst, people.admin]) expect(await codeOf(personId)).toBe('FORBIDDEN');
    expect(await looks()).toEqual(before);
  });
});
