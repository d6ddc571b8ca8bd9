import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyFieldOf } from '../../harness/everyField.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';
import {
  draftedAgreement,
  GUARDIAN,
  heardMediation,
  openedMediation,
  performedAgreement,
  signedAgreement,
  type WholeMediation,
  WORDS,
  writtenTranscript,
} from '../../harness/wholeMediation.js';

const SEALED = '［已封存］';

const SESSION = `sessions { place hostOfficerId coMediatorIds guardiansFor reviewOfferedTo adjournments { reason at resumedAt }
  recordings { recordingId deviceSerial }
  statements { partyId content recordingId recordingOffsetMs }
  evidence { evidenceId partyId kind description sha256 }
  disorders { kind byPartyIds account restoredAt }
  persuasions { participantId towards summary }
  proposals { proposalId partyId content settlementPrivilege answers { partyId answer } }
  transcript { version simplified content readBackTo signers { subjectId method } mediators { mediatorId method } refusedBy
    requestedBy refusals { partyId reason witnessed } } }`;
const DRAFT = `draft { version facts disputedPoints responsibility content sha256 sealed
  terms { obligationId obligorId obligeeId kind amountFen dueDate manner performedAtOnce status }
  signedBy { partyId method byGuardian } mediators { mediatorId method } }`;
const AGREEMENT = 'agreementNo form content copies digest obligations { status performedFen dueDate manner }';
const AFTER = `followUps { followUpId dueDate visitedOn visitorId partyId agreementNo matter performance satisfaction litigation
    escalationSigns measures visitId visit { id } }
  risks { level toUnitId toUnit { name } account measures at }`;

/** All of a case but its history, and itself in the past. */
const EVERYTHING = everyFieldOf('Dispute', ['history', 'asOf', 'allowedCommands']);

describe('all that is recorded of a case is read by who works on it', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: WholeMediation;

  const read = async (personId: string, fields: string) =>
    (await satchel.read(personId, `query Q($id: ID!) { dispute(id: $id) { revision ${fields} } }`, { id: held.id }))
      .dispute;
  const now = (fields: string) => read(people.officer, fields);

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    held = await openedMediation(satchel, people);
  });
  afterAll(() => satchel.close());

  it('the misconduct of a mediator', async () => {
    const fields = 'misconduct { mediatorId kind reportedBy account }';
    const told = { mediatorId: held.elder, kind: 'TAKING_PROPERTY', reportedBy: held.sideA };
    expect((await now(fields)).misconduct).toEqual([{ ...told, account: WORDS.misconduct }]);
    expect((await read(people.auditor, fields)).misconduct).toEqual([{ ...told, account: SEALED }]);
  });

  it('the guardian of a minor: who it is, by surname, to who runs the case alone', async () => {
    const fields = 'parties { subjectId guardian { name guardianId notifiedOn waived } }';
    const noticed = { notifiedOn: '2022-10-18', waived: false };
    const adult = { subjectId: held.sideB, guardian: null };
    expect((await now(fields)).parties).toEqual([
      { subjectId: held.sideA, guardian: { name: '李某', guardianId: held.guardianId, ...noticed } },
      adult,
    ]);
    for (const personId of [people.chief, people.auxiliary, people.auditor, people.countyChief])
      expect((await read(personId, fields)).parties).toEqual([
        { subjectId: held.sideA, guardian: { name: '***', guardianId: null, ...noticed } },
        adult,
      ]);
  });

  it('what was said and done in a session', async () => {
    await heardMediation(satchel, held);
    const { sideA, sideB, recordingId, relative, evidenceId, proposalId } = held;
    const sha256 = 'cd'.repeat(32);
    expect((await now(SESSION)).sessions).toMatchObject([
      {
        place: WORDS.place,
        hostOfficerId: people.officer,
        coMediatorIds: [],
        guardiansFor: [sideA],
        reviewOfferedTo: [],
        adjournments: [{ reason: 'COOLING_OFF', at: at('2022-10-18', '09:05'), resumedAt: at('2022-10-18', '09:05') }],
        recordings: [{ recordingId, deviceSerial: 'DSJ-0042' }],
        statements: [
          { partyId: sideB, content: WORDS.tooEarly, recordingId: null, recordingOffsetMs: null },
          { partyId: sideA, content: WORDS.statement, recordingId, recordingOffsetMs: 60_000 },
        ],
        evidence: [{ evidenceId, partyId: sideB, kind: 'PHOTO', description: WORDS.evidence, sha256 }],
        disorders: [{ kind: 'VERBAL', byPartyIds: [sideB], account: WORDS.disorder, restoredAt: expect.any(String) }],
        persuasions: [{ participantId: relative, towards: 'B', summary: WORDS.persuasion }],
        proposals: [
          {
            proposalId,
            partyId: sideA,
            content: WORDS.proposal,
            settlementPrivilege: true,
            answers: [
              { partyId: sideB, answer: 'COUNTERED' },
              { partyId: sideB, answer: 'ACCEPTED' },
            ],
          },
        ],
      },
    ]);
  });

  it('with the rules that the first words broke: nothing explained, no discipline announced, outside of a recording', async () => {
    const { deviations } = await now('deviations { rule revision }');
    expect(deviations.map(({ rule }: Anything) => rule)).toEqual([
      'STATEMENT_BEFORE_EXPLANATION',
      'STATEMENT_BEFORE_DISCIPLINE',
      'STATEMENT_OUTSIDE_RECORDING',
    ]);
    const { history, evidentiaryStatus } = await now(
      'evidentiaryStatus history(first: 100) { nodes { type revision deviations { rule } } }',
    );
    expect(evidentiaryStatus).toBe('COMPROMISED');
    const broken = history.nodes.filter((event: Anything) => event.deviations.length > 0);
    expect(broken).toMatchObject([{ type: 'PartyStatementRecorded', revision: deviations[0].revision }]);
  });

  it('both versions of the transcript, with who signed and who refused', async () => {
    await writtenTranscript(held);
    const { sideA, sideB, host } = held;
    expect((await now(SESSION)).sessions[0].transcript).toMatchObject([
      { version: 1, simplified: true, content: WORDS.transcript, readBackTo: [], signers: [], mediators: [] },
      {
        version: 2,
        simplified: true,
        content: WORDS.corrected,
        readBackTo: [sideA, sideB],
        signers: [{ subjectId: sideA, method: 'FINGERPRINT' }],
        mediators: [{ mediatorId: host, method: 'SIGN' }],
        refusedBy: [sideB],
        requestedBy: sideB,
        refusals: [{ partyId: sideB, reason: WORDS.refusal, witnessed: true }],
      },
    ]);
  });

  it('the written agreement that is to be signed: its version, clauses and terms', async () => {
    expect((await now(DRAFT)).draft).toBeNull();
    await draftedAgreement(held);
    const { facts, disputedPoints, responsibility, content, manner } = WORDS;
    const { draft } = await now(DRAFT);
    const term = { obligorId: held.sideB, obligeeId: held.sideA, kind: 'PAYMENT', amountFen: 30_000, manner };
    expect(draft).toMatchObject({
      version: 2,
      facts,
      disputedPoints,
      responsibility,
      content,
      sealed: false,
      terms: [{ ...term, dueDate: '2022-11-01', performedAtOnce: false, status: 'OUTSTANDING' }],
      signedBy: [],
      mediators: [],
    });
    expect(draft.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await read(people.auditor, DRAFT)).draft).toMatchObject({
      version: 2,
      facts: SEALED,
      disputedPoints: SEALED,
      responsibility: SEALED,
      content: SEALED,
      sha256: SEALED,
      terms: [{ amountFen: 30_000, manner: SEALED }],
    });
    expect(await held.refused('signAgreement', { version: 1, partyId: held.sideB, method: 'SIGN' })).toEqual([
      'DRAFT_NOT_CURRENT',
    ]);
  });

  it('its signatures and its seal, and then the agreement in effect', async () => {
    const { sideA, sideB, host } = held;
    await signedAgreement(held);
    const state = await now(`status ${DRAFT} agreement { ${AGREEMENT} }`);
    expect(state).toMatchObject({
      status: 'PERFORMING',
      draft: {
        sealed: true,
        signedBy: [
          { partyId: sideA, method: 'FINGERPRINT', byGuardian: true },
          { partyId: sideB, method: 'SIGN', byGuardian: false },
        ],
        mediators: [{ mediatorId: host, method: 'SIGN' }],
      },
      agreement: { form: 'WRITTEN', copies: 3, content: WORDS.content, digest: state.draft.sha256 },
    });
  });

  it('breach, urging and performance, the follow-up and the warning', async () => {
    satchel.clock.set(new Date(at('2022-11-20', '09:00')));
    const { draft } = await now(DRAFT);
    await performedAgreement(held, draft.terms[0].obligationId, people);
    const { history } = await now('history(first: 100) { nodes { type stateAfter } }');
    expect(history.nodes.slice(-8).map(({ type, stateAfter }: Anything) => `${type} → ${stateAfter}`)).toEqual([
      'ObligationPartlyPerformed → AGREED',
      'ObligationBreached → BREACHED',
      'PerformanceUrged → AGREED',
      'ObligationPerformed → AGREED',
      'FollowUpScheduled → AGREED',
      'FollowUpVisited → AGREED',
      'EscalationRiskReported → AGREED',
      'DisputeClosed → CLOSED',
    ]);
    const { agreement, ...after } = await now(`${AFTER} agreement { ${AGREEMENT} }`);
    expect(agreement.obligations).toEqual([
      { status: 'PERFORMED', performedFen: 30_000, dueDate: '2022-12-01', manner: WORDS.manner },
    ]);
    expect(after).toMatchObject({
      followUps: [
        {
          followUpId: held.followUpId,
          dueDate: '2022-11-17',
          visitedOn: '2022-11-20',
          visitorId: people.officer,
          partyId: held.sideB,
          agreementNo: agreement.agreementNo,
          matter: WORDS.matter,
          litigation: WORDS.litigation,
          measures: WORDS.measures,
          visit: null,
        },
      ],
      risks: [
        {
          level: 3,
          toUnitId: people.station,
          toUnit: { name: '豆坝派出所' },
          account: WORDS.risk,
          measures: WORDS.prevention,
          at: at('2022-11-20', '09:00'),
        },
      ],
    });
  });

  it('its archive; and what it was before it was reopened', async () => {
    await held.do('archiveCaseFile', { waivers: [{ document: 'ID_PROOF', reason: 'LOST' }] });
    const archive = 'archive { documents waived waivers { document reason } on }';
    expect((await now(archive)).archive).toEqual({
      documents: ['APPLICATION', 'RIGHTS_NOTICE', 'MEDIATION_RECORD', 'AGREEMENT'],
      waived: ['ID_PROOF'],
      waivers: [{ document: 'ID_PROOF', reason: 'LOST' }],
      on: '2022-11-20',
    });
    const { agreement } = await now(`agreement { ${AGREEMENT} }`);
    await held.do('reopenDispute', { reason: 'NEW_FACTS', account: WORDS.reopened });
    expect(
      await now(`status agreement { form } formerAgreements { ${AGREEMENT} } ${archive}
      reopenings { reason account at }`),
    ).toMatchObject({
      status: 'SCREENED',
      agreement: null,
      formerAgreements: [agreement],
      archive: null,
      reopenings: [{ reason: 'NEW_FACTS', account: WORDS.reopened, at: at('2022-11-20', '09:00') }],
    });
  });

  it('is read as of any moment by the same fields', async () => {
    const { revision } = await now('');
    const asOf = async (personId: string, at: number, fields: string) =>
      (await read(personId, `asOf(revision: ${at}) { ${fields} }`)).asOf;
    expect(await asOf(people.officer, revision, EVERYTHING)).toEqual(await now(EVERYTHING));
    const { draft, archive } = await asOf(people.officer, revision - 1, `${DRAFT} archive { waived }`);
    expect([draft.version, draft.facts, archive.waived]).toEqual([2, WORDS.facts, ['ID_PROOF']]);
    const masked = await asOf(people.auditor, revision - 1, DRAFT);
    expect(masked.draft).toMatchObject({ version: 2, facts: SEALED });
  });

  it('tells all of the words to who works on it, and none to others', async () => {
    const { revision } = await now('');
    const whole = `asOf(revision: ${revision - 1}) { ${EVERYTHING} } ${EVERYTHING}`;
    const seen = JSON.stringify(await now(whole));
    for (const words of Object.values(WORDS)) expect(seen).toContain(words);
    for (const personId of [people.auditor, people.countyChief]) {
      const told = JSON.stringify(await read(personId, whole));
      for (const words of [...Object.values(WORDS), GUARDIAN, '李', held.guardianId]) expect(told).not.toContain(words);
    }
  });
});
