import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../../src/kernel/events.js';
import { recordGuardianAttendance } from '../../../src/mediation/commands/guardians.js';
import { assignMediator } from '../../../src/mediation/commands/mediators.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { endSession } from '../../../src/mediation/commands/session.js';
import {
  affixSeal,
  draftAgreement,
  signAgreement,
  signAgreementAsMediator,
} from '../../../src/mediation/commands/writtenAgreement.js';
import { agreementEvents } from '../../../src/mediation/events/agreement.js';
import { derivedStatus } from '../../../src/mediation/status.js';
import { deviationsOf, idFor } from '../spec.js';
import {
  chen,
  child,
  elder,
  events,
  host,
  inOrder,
  opened,
  opening,
  payment,
  ready,
  refusal,
  type Step,
  scheduled,
  sessionId,
  stateOf,
  stranger,
  tell,
  term,
  typesOf,
  wang,
} from './story.js';

const oral = { sessionId, content: '双方各自让步', terms: [term] };

describe('An oral agreement', () => {
  it('binds at once, and may be confirmed for 30 days', async () => {
    const [event] = await events(await inOrder(), reachOralAgreement, oral);
    expect(event?.data).toMatchObject({
      agreementNo: '(2022)人调字第 7 号-1',
      effectiveAt: '2022-10-18T02:00:00.000Z',
      confirmationDeadline: '2022-11-17',
    });
    const given = await tell(await inOrder(), [reachOralAgreement, oral]);
    expect(stateOf(given).agreement).toMatchObject({ form: 'ORAL', obligations: [{ status: 'OUTSTANDING' }] });
    expect(derivedStatus(stateOf(given))).toBe('PERFORMING');
  });

  it('counts the 30 days from the day in China', async () => {
    const [event] = await events(await inOrder(), reachOralAgreement, oral, { at: '2022-10-18T16:30:00.000Z' });
    expect(event?.data).toMatchObject({ confirmationDeadline: '2022-11-18' });
  });

  it('does not let the 30 days end on a day off', async () => {
    // 1 October 2022 begins the National Day holiday, which lasts until the 7th; the 8th is a make-up Saturday.
    const [event] = await events(await inOrder(), reachOralAgreement, oral, { at: '2022-09-01T02:00:00.000Z' });
    expect(event?.data).toMatchObject({ confirmationDeadline: '2022-10-08', calendarVersion: 'CN-2022' });
    const [atNewYear] = await events(
      await inOrder(),
      reachOralAgreement,
      { ...oral, terms: [{ ...term, dueDate: '2022-12-31' }] },
      { at: '2022-12-01T16:00:00.000Z' },
    );
    expect(atNewYear?.data).toMatchObject({ confirmationDeadline: '2023-01-03', calendarVersion: 'CN-2022+CN-2023' });
  });

  it('is performed when everything was done on the spot', async () => {
    const terms = [{ ...payment, dueDate: undefined, performedAtOnce: true }];
    const given = await tell(await inOrder(), [reachOralAgreement, { ...oral, terms }]);
    expect(derivedStatus(stateOf(given))).toBe('PERFORMED');
    expect(stateOf(given).agreement?.obligations).toMatchObject([{ performedFen: 80_000 }]);
  });

  it('has a term, between parties, with an amount where money is owed', async () => {
    const given = await inOrder();
    const refused = (...terms: object[]) => refusal(given, reachOralAgreement, { ...oral, terms });
    expect(await refused()).toEqual(['TERMS_REQUIRED']);
    expect(await refused({ ...term, obligorId: stranger })).toEqual(['NOT_A_PARTY']);
    expect(await refused({ ...term, obligeeId: stranger })).toEqual(['NOT_A_PARTY']);
    expect(await refused({ ...payment, amountFen: undefined })).toEqual(['TERM_AMOUNT_REQUIRED']);
    expect(await refused({ ...term, obligeeId: chen })).toEqual(['TERM_OWED_TO_ONESELF']);
  });

  it('is reached in an open session of a case that is mediated', async () => {
    expect(await refusal(await ready(), reachOralAgreement, oral)).toEqual(['NOT_IN_MEDIATION']);
    const ended = await tell(await inOrder(), [endSession, { sessionId }]);
    expect(await refusal(ended, reachOralAgreement, oral)).toEqual(['SESSION_NOT_OPEN']);
    const agreed = await tell(await inOrder(), [reachOralAgreement, oral]);
    expect(await refusal(agreed, reachOralAgreement, oral)).toEqual(['NOT_IN_MEDIATION']);
  });

  it('reached after the month is kept with a deviation', async () => {
    const terms = [{ ...term, dueDate: '2022-12-31' }];
    const later = { at: '2022-12-01T02:00:00.000Z' };
    const [event] = await events(await inOrder(), reachOralAgreement, { ...oral, terms }, later);
    expect(deviationsOf(event)).toEqual(['MEDIATION_OVERDUE']);
  });
});

const text = {
  facts: '双方相邻而居',
  disputedPoints: '排水沟的归属',
  responsibility: '双方各负一半责任',
  content: '共同修复',
  terms: [payment],
};
const drafted = async () => tell(await opened(), [draftAgreement, text]);
const byParty = (partyId: string, version = 1) => ({ version, partyId, method: 'SIGN' });
const byHost = { version: 1, mediatorId: host, method: 'SIGN' };

const signatures: readonly Step[] = [
  [signAgreement, byParty(chen)],
  [signAgreement, byParty(wang)],
  [signAgreementAsMediator, byHost],
  [affixSeal, { version: 1 }],
];

describe('A written agreement', () => {
  it('says all that the law asks for', async () => {
    const given = await opened();
    for (const clause of ['facts', 'disputedPoints', 'responsibility', 'content'])
      expect(await refusal(given, draftAgreement, { ...text, [clause]: undefined })).toEqual([
        'AGREEMENT_CLAUSE_MISSING',
      ]);
    const limitless = { ...text, terms: [{ ...payment, dueDate: undefined }] };
    expect(await refusal(given, draftAgreement, limitless)).toEqual(['TERM_DUE_DATE_REQUIRED']);
    expect(await refusal(await scheduled(), draftAgreement, text)).toEqual(['NOT_IN_MEDIATION']);
  });

  it('takes effect with the last of parties, mediator and seal, whichever that is', async () => {
    for (const last of signatures) {
      const given = await tell(await drafted(), ...signatures.filter(step => step !== last));
      expect(stateOf(given).status).toBe('IN_MEDIATION');
      const [command, input] = last;
      expect(typesOf(await events(given, command, input))[1]).toBe('AgreementBecameEffective');
      expect(stateOf(await tell(given, last)).status).toBe('AGREED');
    }
  });

  it('is then one copy a party and one to keep, with a digest and a window for confirmation', async () => {
    const given = await tell(await drafted(), ...signatures);
    expect(stateOf(given).agreement).toMatchObject({
      form: 'WRITTEN',
      agreementNo: '(2022)人调字第 7 号-1',
      confirmationDeadline: '2022-11-17',
      copies: 3,
      digest: stateOf(given).draft?.sha256,
      obligations: [{ kind: 'PAYMENT', amountFen: 80_000, status: 'OUTSTANDING' }],
    });
    expect(stateOf(await tell(await drafted(), ...signatures)).agreement?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes effect when the last of them signed, in whatever order that is recorded', async () => {
    const day = (date: string) => ({ at: `2022-10-${date}T02:00:00.000Z` });
    const onDays: readonly Step[] = [
      [signAgreement, byParty(chen), day('18')],
      [signAgreement, byParty(wang), day('20')],
      [signAgreementAsMediator, byHost, day('19')],
      [affixSeal, { version: 1 }, day('18')],
    ];
    const orders = [onDays, onDays.toReversed(), [onDays[0], onDays[2], onDays[3], onDays[1]] as readonly Step[]];
    for (const order of orders) {
      const last = order.at(-1) as Step;
      const given = await tell(await drafted(), ...order.slice(0, -1));
      const effect = (await events(given, ...last))[1];
      expect(effect).toMatchObject({
        type: 'AgreementBecameEffective',
        occurredAt: '2022-10-20T02:00:00.000Z',
        data: { effectiveAt: '2022-10-20T02:00:00.000Z', confirmationDeadline: '2022-11-21' },
      });
    }
  });

  it('waits for one mediator, not for all', async () => {
    const given = await tell(await drafted(), [assignMediator, { mediatorId: elder }], ...signatures.slice(0, 3), [
      signAgreementAsMediator,
      { ...byHost, mediatorId: elder },
      { at: '2022-10-22T02:00:00.000Z' },
    ]);
    const [, effect] = await events(given, affixSeal, { version: 1 }, { at: '2022-10-19T02:00:00.000Z' });
    expect(effect?.data).toMatchObject({ effectiveAt: '2022-10-19T02:00:00.000Z' });
  });

  it('keeps its digests sealed like its words, which a guess could otherwise be checked by', () => {
    const sealedIn = ({ personal }: EventDefinition) => personal.map(({ path }) => path.join('.'));
    expect(sealedIn(agreementEvents.AgreementDrafted)).toContain('sha256');
    expect(sealedIn(agreementEvents.AgreementBecameEffective)).toEqual(['digest']);
  });

  it('is performed at once when it leaves no obligation', async () => {
    const given = await tell(await opened(), [draftAgreement, { ...text, terms: [] }], ...signatures);
    expect(derivedStatus(stateOf(given))).toBe('PERFORMED');
  });

  it('is signed anew when drafted anew', async () => {
    const given = await tell(await drafted(), ...signatures.slice(0, 3), [draftAgreement, text]);
    expect(stateOf(given).draft).toMatchObject({ version: 2, signedBy: [], mediators: [] });
    expect(stateOf(given).draft?.sealedAt).toBeUndefined();
    expect(await refusal(given, affixSeal, { version: 1 })).toEqual(['DRAFT_NOT_CURRENT']);
  });

  it('is signed once each, by who has a part in it', async () => {
    const given = await tell(await drafted(), ...signatures.slice(1));
    expect(await refusal(given, signAgreement, byParty(wang))).toEqual(['SIGNED_ALREADY']);
    expect(await refusal(given, signAgreementAsMediator, byHost)).toEqual(['SIGNED_ALREADY']);
    expect(await refusal(given, affixSeal, { version: 1 })).toEqual(['SEALED_ALREADY']);
    expect(await refusal(given, signAgreement, byParty(stranger))).toEqual(['NOT_A_PARTY']);
    expect(await refusal(given, signAgreementAsMediator, { ...byHost, mediatorId: elder })).toEqual([
      'MEDIATOR_NOT_ASSIGNED',
    ]);
    const elsewhere = { version: 1, committeeId: idFor('orgunit', 'none') };
    expect(await refusal(await drafted(), affixSeal, elsewhere)).toEqual(['UNIT_UNKNOWN']);
    expect(await refusal(await opened(), signAgreement, byParty(chen))).toEqual(['DRAFT_REQUIRED']);
  });

  it('signed by a guardian for a party who needs none is kept with a deviation', async () => {
    const byGuardian = { ...byParty(chen), byGuardian: true };
    expect(deviationsOf((await events(await drafted(), signAgreement, byGuardian))[0])).toEqual([
      'GUARDIAN_NOT_REQUIRED',
    ]);
  });

  it('is signed for a minor by the guardian', async () => {
    const parties = [
      { subjectId: child, side: 'A' },
      { subjectId: wang, side: 'B' },
    ];
    const given = await tell(
      await scheduled({ parties }),
      [recordGuardianAttendance, { partyId: child, sessionId, guardianName: '李大山' }],
      [openSession, opening],
      [draftAgreement, { ...text, terms: [] }],
    );
    expect(deviationsOf((await events(given, signAgreement, byParty(child)))[0])).toEqual(['MINOR_SIGNED_ALONE']);
    const [event] = await events(given, signAgreement, { ...byParty(child), byGuardian: true });
    expect(deviationsOf(event)).toEqual([]);
  });
});
