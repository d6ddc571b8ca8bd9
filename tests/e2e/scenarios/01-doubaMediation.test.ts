import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/mediation/digest.js';
import { beforeTheSession, DAY, doubaSession, type Happening, tell } from '../../harness/doubaMediation.js';
import { DOUBA_ORDER } from '../../harness/doubaOrder.js';
import type { MediationCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const HISTORY = `query Q($id: ID!, $first: Int!, $after: String) { dispute(id: $id) {
  history(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }
    nodes { type label english: label(locale: en) revision occurredAt recordedAt stateAfter deviceId actorId
      actorRole orgUnitId divisionCode deviations { rule } } } } }`;

const STATE = `query Q($id: ID!) { dispute(id: $id) { status statusLabel evidentiaryStatus track caseNo
  deviations { rule } draft: sessions { status recordingRequired recordings { status } reconciledAt
    statements { side content } persuasions { participantId towards } transcript { version signers { subjectId } } }
  agreement { form agreementNo effectiveAt confirmationDeadline copies digest
    obligations { obligationId obligorId kind amountFen performedFen status dueDate } } } }`;

const ALLOWED = `query Q($id: ID!) { dispute(id: $id) { allowedCommands { name label allowed reasons { code } } } }`;

describe('scenario 1: the Douba mediation', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let happenings: readonly Happening[];
  let before: Anything;

  const dispute = async (personId: string, query: string, variables: object = {}) =>
    (await satchel.read(personId, query, { id: held.id, ...variables })).dispute;
  const allowed = async (personId = people.officer) => {
    const { allowedCommands } = await dispute(personId, ALLOWED);
    return new Map<string, Anything>(allowedCommands.map((command: Anything) => [command.name, command]));
  };
  const history = async (personId: string) => (await dispute(personId, HISTORY, { first: 100 })).history;

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    held = await beforeTheSession(satchel, people);
    happenings = doubaSession(held);
    before = { allowed: await allowed(), auxiliary: await allowed(people.auxiliary) };
    await tell(satchel, held, happenings);
  });
  afterAll(() => satchel.close());

  it('comes from a report to a session with everyone’s consent', async () => {
    const { nodes } = await history(people.officer);
    expect(
      nodes.slice(0, -happenings.length).map(({ type, stateAfter }: Anything) => `${type} → ${stateAfter}`),
    ).toEqual([
      'DisputeReported → REPORTED',
      'DisputeScreened → SCREENED',
      'DisputeAccepted → ACCEPTED',
      'MediatorAssigned → ACCEPTED',
      'RightsAndDutiesNotified → CONSENT_PENDING',
      'RightsAndDutiesNotified → CONSENT_PENDING',
      'ConsentGiven → CONSENT_PENDING',
      'ConsentGiven → READY',
      'SessionScheduled → READY',
      'ParticipantInvited → READY',
      'ParticipantInvited → READY',
    ]);
  });

  it('has a history of exactly these events, in this order, by both clocks', async () => {
    const { nodes, totalCount } = await history(people.officer);
    expect(totalCount).toBe(11 + happenings.length);
    expect(nodes.map(({ revision }: Anything) => revision)).toEqual(nodes.map((_: Anything, index: number) => index));
    const session = nodes.slice(11).map(({ type, label, occurredAt, recordedAt }: Anything) => ({
      type,
      label,
      occurredAt,
      recordedAt,
    }));
    expect(session).toEqual(
      happenings.map(({ type, label, occurred, recorded }) => ({
        type,
        label,
        occurredAt: at(DAY, occurred),
        recordedAt: at(DAY, recorded),
      })),
    );
    expect(session.map(({ type }: Anything) => type)).toEqual(DOUBA_ORDER);
  });

  it('says of each event who recorded it, where, and that no rule was broken', async () => {
    for (const event of (await history(people.auditor)).nodes)
      expect(event).toMatchObject({
        actorId: people.officer,
        actorRole: 'OFFICER',
        orgUnitId: people.station,
        divisionCode: '621224110',
        deviations: [],
      });
  });

  it('reads the same history page by page', async () => {
    const whole = (await history(people.officer)).nodes;
    const paged: Anything[] = [];
    let after: string | undefined;
    do {
      const page = (await dispute(people.officer, HISTORY, { first: 5, after })).history;
      expect(page.pageInfo).toMatchObject({
        hasPreviousPage: after !== undefined,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      paged.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after);
    expect(paged).toEqual(whole);
  });

  it('tells the fields of an event in words, with those of its codes', async () => {
    const query = `query Q($id: ID!) { dispute(id: $id) { history(first: 1) { nodes {
      zh: fields { path label value valueLabel } en: fields(locale: en) { path label value valueLabel } } } } }`;
    const [{ zh, en }] = (await dispute(people.auditor, query)).history.nodes;
    const of = (fields: Anything[], name: string) => fields.find(({ path }) => path[0] === name);
    expect(of(zh, 'source')).toMatchObject({ label: '来源', value: 'PARTY_APPLICATION', valueLabel: '当事人申请' });
    expect(of(en, 'source')).toMatchObject({ value: 'PARTY_APPLICATION', valueLabel: 'Application of a party' });
    expect(of(zh, 'divisionCode')).toMatchObject({ value: '621224110', valueLabel: null });
    expect(of(zh, 'summary')?.valueLabel ?? null).toBeNull();
  });

  it('is agreed and being performed, with a record that can carry proof', async () => {
    const state = await dispute(people.officer, STATE);
    expect(state).toMatchObject({
      status: 'PERFORMING',
      statusLabel: '履行中',
      evidentiaryStatus: 'OK',
      track: 'PEOPLES',
      caseNo: '(2022)人调字第 1 号',
      deviations: [],
    });
    const last = (await history(people.officer)).nodes.at(-1);
    expect(last.stateAfter).toBe('AGREED');
    expect(state.draft).toMatchObject([
      {
        status: 'OPEN',
        recordingRequired: true,
        recordings: [{ status: 'STOPPED' }],
        reconciledAt: at(DAY, '10:58'),
        statements: [
          { side: 'A', content: '样例陈述：雨水流进我家院子' },
          { side: 'B', content: '样例陈述：沟是他家堵的' },
        ],
        persuasions: [
          { participantId: held.cadre, towards: null },
          { participantId: held.relative, towards: 'A' },
        ],
        transcript: [{ version: 1, signers: [{ subjectId: held.sideA }, { subjectId: held.sideB }] }],
      },
    ]);
  });

  it('needs no written agreement, and may be confirmed by a court for thirty days', async () => {
    const { agreement } = await dispute(people.officer, STATE);
    expect(agreement).toMatchObject({
      form: 'ORAL',
      effectiveAt: at(DAY, '11:05'),
      confirmationDeadline: '2022-11-17',
      copies: null,
      digest: null,
    });
    expect(agreement.obligations).toMatchObject([
      { obligorId: held.sideA, kind: 'APOLOGY', status: 'PERFORMED' },
      { obligorId: held.sideB, kind: 'PAYMENT', status: 'OUTSTANDING', amountFen: 30_000, dueDate: '2022-11-01' },
    ]);
  });

  it('shows what was said to who works on the case, and to nobody else', async () => {
    const said = ['雨水流进', '沟是他家', '乡里乡亲', '共同疏通', '赵样本', '陈样本', '王样本', '621299'];
    for (const personId of [people.auditor, people.countyChief]) {
      const seen = JSON.stringify([
        await dispute(personId, STATE),
        await dispute(
          personId,
          'query Q($id: ID!) { dispute(id: $id) { history { nodes { data fields { value } changes { before after } } } } }',
        ),
      ]);
      for (const words of said) expect(seen).not.toContain(words);
    }
    const other = await satchel.ask(people.otherOfficer, STATE, { id: held.id });
    expect(other.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('tells the digest of the transcript to nobody else either: it could confirm a guess of the words', async () => {
    const query = 'query Q($id: ID!) { dispute(id: $id) { sessions { transcript { sha256 content } } } }';
    const transcriptFor = async (personId: string) => (await dispute(personId, query)).sessions[0].transcript[0];
    const { sha256, content } = await transcriptFor(people.officer);
    expect(sha256).toBe(digestOf({ disputeId: held.id, sessionId: held.sessionId, version: 1, content }));
    expect(await transcriptFor(people.auditor)).toEqual({ sha256: '［已封存］', content: '［已封存］' });
    let stored = '';
    for await (const batch of satchel.stores.events.readAllRaw()) stored += batch.map(({ bytes }) => bytes).join();
    expect(stored).toContain('"TranscriptSigned"');
    expect(stored).not.toContain(sha256);
    const { nodes } = (
      await dispute(people.officer, 'query Q($id: ID!) { dispute(id: $id) { history(first: 100) { nodes { data } } } }')
    ).history;
    const digests = nodes.flatMap(({ data }: Anything) => (data.readBack === undefined ? [] : [data.sha256]));
    expect(digests).toEqual(['［已封存］']);
  });

  it('says what may be done next, before and after', async () => {
    expect(before.allowed.get('openSession')).toEqual({
      name: 'openSession',
      label: '开始调解',
      allowed: true,
      reasons: [],
    });
    expect(before.auxiliary.get('openSession').reasons).toEqual([{ code: 'FORBIDDEN' }]);
    expect(before.allowed.get('reachOralAgreement').reasons).toEqual([{ code: 'NOT_IN_MEDIATION' }]);
    expect(before.allowed.get('withdrawConsent').allowed).toBe(true);
    expect(before.allowed.get('recordPerformance').reasons).toEqual([{ code: 'NO_AGREEMENT_IN_EFFECT' }]);
    const after = await allowed();
    expect(after.get('recordPerformance').allowed).toBe(true);
    expect(after.get('withdrawConsent').reasons).toEqual([{ code: 'AGREEMENT_IN_EFFECT' }]);
    expect(after.get('reachOralAgreement').reasons).toEqual([{ code: 'NOT_IN_MEDIATION' }]);
    expect([...after.keys()]).toEqual([...before.allowed.keys()]);
  });

  it('is performed when the last term is, and closed as settled', async () => {
    satchel.clock.set(new Date(at(DAY, '11:20')));
    await held.do('endSession', { sessionId: held.sessionId });
    satchel.clock.set(new Date(at('2022-11-01', '09:00')));
    const { agreement } = await dispute(people.officer, STATE);
    const { dispute: performed, events } = await held.do(
      'recordPerformance',
      { obligationId: agreement.obligations[1].obligationId, amountFen: 30_000 },
      'dispute { status statusLabel }',
    );
    expect(performed).toEqual({ status: 'PERFORMED', statusLabel: '已履行' });
    expect(events).toMatchObject([{ type: 'ObligationPerformed', stateAfter: 'AGREED' }]);
    const { dispute: closed } = await held.do('closeDispute', { outcome: 'SETTLED' }, 'dispute { status }');
    expect(closed.status).toBe('CLOSED');
  });
});
