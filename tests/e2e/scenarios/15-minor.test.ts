import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { caseEvents } from '../../harness/caseEvents.js';
import { everyFieldOf } from '../../harness/everyField.js';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const HOUSEHOLD = newUuid();
const GUARDIAN = {
  name: '李大样',
  number: numberOf('1980-03-03', 12),
  address: '豆坝镇豆坝村样例社3号',
  village: '豆坝村',
  householdId: HOUSEHOLD,
  relation: 'HEAD',
};
/** Twelve years old on the day of the session. */
const CHILD = {
  name: '李小样',
  number: numberOf('2010-06-01', 11),
  phone: '15400000011',
  address: '豆坝镇豆坝村样例社3号',
  village: '豆坝村',
  householdId: HOUSEHOLD,
  relation: 'CHILD',
};
/** All that would tell who the child is; the surname, the village and the home are the guardian's too. */
const TELLING = ['李', '小样', '6212992010', '0601', '1540000', '样例社', HOUSEHOLD];

const PARTIES =
  'query Q($id: ID!) { dispute(id: $id) { parties { subjectId name isMinor resident { name number phone address village } } } }';
const HISTORY = `history(first: 100) { nodes { ${everyFieldOf('Event')} } }`;

describe('scenario 15: a minor', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let judge: string;
  let justice: string;
  let elder: string;
  let guardian: string;

  const parties = async (personId: string): Promise<readonly Anything[]> =>
    (await satchel.read(personId, PARTIES, { id: held.id })).dispute.parties;
  const count = async () =>
    (
      await satchel.read(people.officer, 'query Q($id: ID!) { dispute(id: $id) { history { totalCount } } }', {
        id: held.id,
      })
    ).dispute.history.totalCount;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '09:00'));
    people = await sampleStation(satchel);
    const unit = (name: string, level: string) =>
      registerUnit(satchel, people, { name, level, divisionCode: '621224110' });
    const [tribunal, office] = [await unit('豆坝法庭', 'TRIBUNAL'), await unit('豆坝司法所', 'JUSTICE_OFFICE')];
    judge = await registerOfficer(satchel, people, { name: '法官甲', orgUnitId: tribunal, role: 'COURT' });
    justice = await registerOfficer(satchel, people, { name: '司法甲', orgUnitId: office, role: 'JUSTICE_OFFICE' });
    elder = newId('mediator');
    await satchel.done(people.chief, 'appointMediator', {
      id: elder,
      name: '典样本',
      category: 'VILLAGE_WORTHY',
      orgUnitId: people.station,
      adult: true,
    });
    guardian = await registerResident(satchel, people.officer, GUARDIAN);
    held = await scheduledCase(satchel, people, { sideA: { ...CHILD, guardianIds: [guardian] } });
    for (const [role, orgUnitId, name] of [
      ['COURT', tribunal, '法官甲'],
      ['JUSTICE_OFFICE', office, '司法甲'],
    ])
      await held.do('inviteParticipant', { role, orgUnitId, name, consentBy: ['A', 'B'] });
  });
  afterAll(() => satchel.close());

  it('has no session without the guardian', async () => {
    const before = await count();
    const opening = { sessionId: held.sessionId, officersPresent: 1, auxiliariesPresent: 1 };
    expect(await held.refused('openSession', opening)).toEqual(['GUARDIAN_REQUIRED']);
    await held.do('notifyGuardian', { partyId: held.sideA, guardianName: GUARDIAN.name, guardianId: guardian });
    expect(await held.refused('openSession', opening)).toEqual(['GUARDIAN_REQUIRED']);
    expect(await held.refused('waiveGuardian', { partyId: held.sideA, selfSupporting: true })).toEqual([
      'GUARDIAN_WAIVER_NOT_ALLOWED',
    ]);
    expect(await count()).toBe(before + 1);
  });

  it('has one once the guardian is there', async () => {
    await held.do('recordGuardianAttendance', {
      partyId: held.sideA,
      guardianName: GUARDIAN.name,
      guardianId: guardian,
      sessionId: held.sessionId,
    });
    const { events } = await openSession(held);
    expect(events).toMatchObject([{ type: 'SessionOpened', stateAfter: 'IN_MEDIATION', deviations: [] }]);
  });

  it('shows the surname to the host, and to the host alone', async () => {
    expect(await parties(people.officer)).toMatchObject([
      { subjectId: held.sideA, name: '李某', isMinor: true },
      { subjectId: held.sideB, name: '王某', isMinor: false },
    ]);
    const others = [people.chief, people.auxiliary, people.countyChief, people.auditor, judge, justice];
    for (const personId of others)
      expect(await parties(personId)).toMatchObject([
        { subjectId: held.sideA, name: '***', isMinor: true },
        { subjectId: held.sideB, name: '王某', isMinor: false },
      ]);
  });

  it('has a host whose standing the court knows, and whose own record it does not see', async () => {
    const query = `query Q($id: ID!) { dispute(id: $id) {
      mediators { mediatorId name category mediator { id suspendedOn history { totalCount } } } } }`;
    const hostFor = async (personId: string) =>
      (await satchel.read(personId, query, { id: held.id })).dispute.mediators[0];
    const named = { mediatorId: held.host, category: 'OFFICER' };
    expect(await hostFor(people.officer)).toMatchObject({
      ...named,
      name: expect.any(String),
      mediator: { id: held.host, suspendedOn: null, history: { totalCount: 1 } },
    });
    for (const personId of [judge, justice])
      expect(await hostFor(personId)).toMatchObject({ ...named, mediator: null });
  });

  it('is masked whole wherever the person is shown, for the host too', async () => {
    const masked = { name: '***', number: '***', phone: '***', address: '***', village: '***' };
    for (const personId of [people.officer, people.chief, people.auxiliary])
      expect((await parties(personId))[0].resident).toEqual(masked);
    for (const personId of [people.officer, people.chief, people.auditor, people.countyChief]) {
      const query = `query Q($id: ID!) { resident(id: $id) { ${everyFieldOf('Resident', ['history'])} ${HISTORY} } }`;
      const seen = JSON.stringify((await satchel.read(personId, query, { id: held.sideA })).resident);
      for (const telling of [...TELLING, guardian]) expect(seen).not.toContain(telling);
    }
  });

  it('is not told by guardian, household or certificate', async () => {
    const certificate = newId('certificate');
    await satchel.done(people.officer, 'takeCertificateApplication', {
      id: certificate,
      certType: 'ID_CARD',
      reason: 'LOST',
      applicantId: held.sideA,
      guardianId: guardian,
      divisionCode: '621224110',
    });
    const kin = 'guardians { id name village address } household { householdId relation }';
    const query = `query Q($case: ID!, $certificate: ID!) {
      dispute(id: $case) { parties { resident { ${kin} } } }
      certificate(id: $certificate) { applicant { ${kin} } guardian { id name village } ${HISTORY} } }`;
    for (const personId of [people.officer, people.chief, people.auxiliary, people.countyChief, people.auditor]) {
      const seen = await satchel.read(personId, query, { case: held.id, certificate });
      expect(seen.dispute.parties[0].resident).toEqual({ guardians: [], household: null });
      expect(seen.certificate).toMatchObject({ applicant: { guardians: [], household: null }, guardian: null });
      for (const telling of [...TELLING, guardian]) expect(JSON.stringify(seen)).not.toContain(telling);
    }
  });

  it('is not among those of the household, whose names are the same', async () => {
    const query = 'query Q($home: ID) { residents(householdId: $home) { nodes { id name } edges { node { id } } } }';
    for (const personId of [people.officer, people.chief, people.auxiliary])
      expect((await satchel.read(personId, query, { home: HOUSEHOLD })).residents).toEqual({
        nodes: [{ id: guardian, name: '李某' }],
        edges: [{ node: { id: guardian } }],
      });
  });

  it('is not in what is told of the guardian', async () => {
    const query = `query Q($id: ID!) { residentTimeline(residentId: $id, first: 100) { nodes { event { ${everyFieldOf('Event')} } } } }`;
    for (const personId of [people.officer, people.chief, people.auditor]) {
      const { nodes } = (await satchel.read(personId, query, { id: guardian })).residentTimeline;
      expect(nodes).not.toHaveLength(0);
      expect(JSON.stringify(nodes)).not.toContain(held.sideA);
    }
  });

  it('is told by no event of the case, past or to come', async () => {
    const query = `query Q($id: ID!) { dispute(id: $id) { ${HISTORY} asOf(revision: 8) { parties { name } ${HISTORY} } } }`;
    for (const personId of [people.auxiliary, people.chief, people.countyChief, people.auditor, judge, justice]) {
      const { dispute } = await satchel.read(personId, query, { id: held.id });
      expect(dispute.asOf.parties[0].name).toBe('***');
      const attended = dispute.history.nodes.find(({ type }: Anything) => type === 'GuardianAttended');
      expect(attended.data).toMatchObject({ partyId: held.sideA, guardianName: '［已封存］' });
      for (const telling of [...TELLING, guardian]) expect(JSON.stringify(dispute)).not.toContain(telling);
    }
    const events = await caseEvents(satchel, people.auditor, held.id);
    const seen = await events.next(await count());
    await events.close();
    for (const telling of [...TELLING, guardian]) expect(JSON.stringify(seen)).not.toContain(telling);
  });

  it('is not there for an analyst, an administrator, another station or a mediator of other cases', async () => {
    const query = 'query Q($id: ID!) { node(id: $id) { id ... on Dispute { parties { name } } } }';
    for (const [personId, code] of [
      [people.analyst, 'FORBIDDEN'],
      [people.admin, 'FORBIDDEN'],
      [people.otherOfficer, 'NOT_FOUND'],
      [elder, 'NOT_FOUND'],
    ] as const) {
      const asked = await satchel.ask(personId, PARTIES, { id: held.id });
      expect(asked.errors?.[0]?.extensions.code).toBe(code);
      const sought = await satchel.ask(personId, query, { id: held.id });
      expect([personId, sought.errors?.[0]?.extensions.code]).toEqual([personId, code]);
      const events = await caseEvents(satchel, personId, held.id);
      await expect(events.next(1)).rejects.toThrow(code);
      await events.close();
    }
  });

  it('shows the surname in the past of the case to who runs it now, and no longer to who did then', async () => {
    const past =
      'query Q($id: ID!, $revision: Int!) { dispute(id: $id) { asOf(revision: $revision) { parties { name } } } }';
    const nameAsOf = async (personId: string, revision: number) =>
      (await satchel.read(personId, past, { id: held.id, revision })).dispute.asOf.parties[0].name;
    expect(await nameAsOf(people.officer, 0)).toBe('李某');
    await held.do('replaceMediator', { mediatorId: held.host, replacementId: elder, reason: 'PARTY_REQUEST' });
    for (const revision of [0, 8]) {
      expect(await nameAsOf(people.officer, revision)).toBe('***');
      expect(await nameAsOf(elder, revision)).toBe('李某');
    }
  });

  it('stays a minor of the case after coming of age', async () => {
    satchel.clock.set(new Date(at('2030-01-10', '09:00')));
    const hidden = { name: '***', number: '***', phone: '***', address: '***', village: '***' };
    for (const personId of [people.chief, people.officer, people.auditor])
      expect((await parties(personId))[0]).toEqual({
        subjectId: held.sideA,
        name: '***',
        isMinor: true,
        resident: hidden,
      });
    const query = `query Q($id: ID!) { dispute(id: $id) { parties { resident { ${everyFieldOf('Resident', ['history'])} ${HISTORY} } } } }`;
    const seen = JSON.stringify((await satchel.read(people.chief, query, { id: held.id })).dispute.parties[0]);
    for (const telling of [...TELLING, guardian]) expect(seen).not.toContain(telling);
  });

  it('is a resident like others outside the case, once of age', async () => {
    const query = 'query Q($id: ID!) { resident(id: $id) { name isMinor guardians { id } } }';
    expect((await satchel.read(people.chief, query, { id: held.sideA })).resident).toEqual({
      name: '李某',
      isMinor: false,
      guardians: [{ id: guardian }],
    });
  });
});
