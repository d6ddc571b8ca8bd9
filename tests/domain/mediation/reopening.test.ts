import { describe, expect, it } from 'vitest';
import { acceptDispute } from '../../../src/mediation/commands/acceptance.js';
import { closeDispute, reopenDispute } from '../../../src/mediation/commands/closing.js';
import { giveConsent, notifyRightsAndDuties } from '../../../src/mediation/commands/consent.js';
import { notifyGuardian, waiveGuardian } from '../../../src/mediation/commands/guardians.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { inviteParticipant, recordParticipantConsent } from '../../../src/mediation/commands/participants.js';
import {
  recordBreach,
  recordPartialPerformance,
  recordPerformance,
  urgePerformance,
} from '../../../src/mediation/commands/performance.js';
import { endSession, scheduleSession } from '../../../src/mediation/commands/session.js';
import { notifyRemedies, terminateMediation } from '../../../src/mediation/commands/termination.js';
import { draftAgreement, signAgreement } from '../../../src/mediation/commands/writtenAgreement.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { type Given, someId } from '../spec.js';
import {
  apprentice,
  chen,
  events,
  inOrder,
  justiceOffice,
  opened,
  opening,
  payment,
  plan,
  ready,
  refusal,
  type Step,
  scheduled,
  sessionId,
  stateOf,
  tell,
  wang,
} from './story.js';

const reopen: Step = [reopenDispute, { reason: 'DISPUTE_RECURRED' }];
const failed: readonly Step[] = [
  [terminateMediation, { reason: 'NO_AGREEMENT' }],
  [notifyRemedies, { routes: ['JUDICIAL'] }],
  [closeDispute, { outcome: 'FAILED' }],
];
const text = { facts: '事实', disputedPoints: '争议', responsibility: '责任', content: '内容' };

const agreed = async () =>
  tell(
    await inOrder(),
    [reachOralAgreement, { sessionId, content: '约定', terms: [payment] }],
    [endSession, { sessionId }],
  );
const obligationId = stateOf(await agreed()).agreement?.obligations[0]?.obligationId;
/** Breached, closed with advice to sue, and reopened. */
const unpaid = async () =>
  tell(
    await agreed(),
    [recordBreach, { obligationId }],
    [notifyRemedies, { routes: ['JUDICIAL'] }],
    [closeDispute, { outcome: 'LITIGATION_ADVISED' }],
    reopen,
  );
const backToReady = async (given: Given) => {
  const parties = stateOf(given).parties.map(({ subjectId }) => subjectId);
  return tell(
    given,
    [acceptDispute, {}],
    ...parties.map((partyId): Step => [notifyRightsAndDuties, { partyId }]),
    ...parties.map((partyId): Step => [giveConsent, { partyId }]),
  );
};

describe('Reopening', () => {
  it('goes back to the screening, keeps number and history, and asks the parties anew', async () => {
    const given = await tell(
      await agreed(),
      [recordPerformance, { obligationId }],
      [closeDispute, { outcome: 'SETTLED' }],
      reopen,
    );
    expect(stateOf(given)).toMatchObject({
      status: 'SCREENED',
      reopenings: [{ reason: 'DISPUTE_RECURRED' }],
      caseNo: '(2022)人调字第 7 号',
      parties: [{ consent: 'NONE', acknowledged: false }, { consent: 'NONE' }],
      formerAgreements: [{ agreementNo: '(2022)人调字第 7 号-1' }],
      sessions: [{ sessionId, status: 'ENDED' }],
    });
    expect(stateOf(given).agreement).toBeUndefined();
    const [event] = await events(given, acceptDispute, {}, { at: '2023-02-01T02:00:00.000Z' });
    expect(event?.data).toMatchObject({ caseNo: '(2022)人调字第 7 号', dueDate: '2023-03-01' });
    expect(await refusal(await ready(), reopenDispute, { reason: 'NEW_FACTS' })).toEqual(['NOT_CLOSED']);
  });

  it('leaves what was agreed before binding: it is still urged, paid, and performed', async () => {
    const given = await unpaid();
    const [former] = stateOf(given).formerAgreements;
    expect(former?.obligations).toMatchObject([{ status: 'BREACHED', performedFen: 0 }]);
    const paid = await tell(
      given,
      [urgePerformance, { obligationId }],
      [recordPartialPerformance, { obligationId, amountFen: 30_000 }],
      [recordPerformance, { obligationId, amountFen: 50_000 }],
    );
    expect(stateOf(paid)).toMatchObject({
      status: 'SCREENED',
      formerAgreements: [{ obligations: [{ status: 'PERFORMED', performedFen: 80_000 }] }],
    });
  });

  it('has a breach of what was agreed before leave the present mediation as it is', async () => {
    const given = await backToReady(await unpaid());
    const second = someId('second session');
    const anew = await tell(
      given,
      [scheduleSession, { ...plan, sessionId: second }],
      [openSession, { ...opening, sessionId: second }],
      [reachOralAgreement, { sessionId: second, content: '再约定', terms: [payment] }],
      [urgePerformance, { obligationId }],
    );
    expect(stateOf(await tell(anew, [recordBreach, { obligationId }])).status).toBe('AGREED');
    expect(stateOf(anew).agreement?.agreementNo).toBe('(2022)人调字第 7 号-2');
  });

  it('counts versions of an agreement on, so that nobody signs the wrong one', async () => {
    const given = await backToReady(
      await tell(await opened(), [draftAgreement, text], [endSession, { sessionId }], ...failed, reopen),
    );
    const second = someId('second session');
    const drafted = await tell(
      given,
      [scheduleSession, { ...plan, sessionId: second }],
      [openSession, { ...opening, sessionId: second }],
      [draftAgreement, text],
    );
    expect(stateOf(drafted).draft?.version).toBe(2);
    expect(await refusal(drafted, signAgreement, { version: 1, partyId: chen, method: 'SIGN' })).toEqual([
      'DRAFT_NOT_CURRENT',
    ]);
  });

  it('drops sessions that were planned and not held', async () => {
    const given = await backToReady(await tell(await scheduled(), ...failed, reopen));
    expect(stateOf(given).sessions).toEqual([]);
    expect(await refusal(given, openSession, opening)).toEqual(['SESSION_UNKNOWN']);
    const [event] = await events(given, scheduleSession, plan);
    expect(event?.data).toMatchObject({ round: 1 });
  });

  it('asks anew who may join', async () => {
    const participantId = someId('adviser');
    const invitation = { participantId, role: 'JUSTICE_OFFICE', name: '周远', orgUnitId: justiceOffice };
    const given = await tell(
      await ready(),
      [inviteParticipant, { ...invitation, consentBy: ['A', 'B'] }],
      ...failed,
      reopen,
    );
    expect(stateOf(given).participants).toMatchObject([{ participantId, consentBy: [] }]);
    expect(dispute.participantsOf?.(stateOf(given))).not.toContain(justiceOffice);
    const again = await tell(
      await backToReady(given),
      [recordParticipantConsent, { participantId, side: 'A', agreed: true }],
      [recordParticipantConsent, { participantId, side: 'B', agreed: true }],
    );
    expect(dispute.participantsOf?.(stateOf(again))).toContain(justiceOffice);
  });

  it('asks anew for the guardian of a minor, whose name it keeps', async () => {
    const parties = [
      { subjectId: apprentice, side: 'A' },
      { subjectId: wang, side: 'B' },
    ];
    const given = await tell(
      await ready({ parties }),
      [notifyGuardian, { partyId: apprentice, guardianName: '李大山' }],
      [waiveGuardian, { partyId: apprentice, selfSupporting: true }],
      ...failed,
      reopen,
    );
    expect(stateOf(given).parties[0]?.guardian).toEqual({ name: '李大山', waived: false });
  });
});
