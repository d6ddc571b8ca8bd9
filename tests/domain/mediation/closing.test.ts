import { describe, expect, it } from 'vitest';
import { archiveCaseFile, closeDispute } from '../../../src/mediation/commands/closing.js';
import { notifyRightsAndDuties, refuseConsent } from '../../../src/mediation/commands/consent.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import { recordBreach, recordPerformance } from '../../../src/mediation/commands/performance.js';
import {
  acceptReferral,
  excludeDispute,
  referDispute,
  screenDispute,
} from '../../../src/mediation/commands/screening.js';
import { endSession, scheduleSession } from '../../../src/mediation/commands/session.js';
import { notifyRemedies, terminateMediation } from '../../../src/mediation/commands/termination.js';
import {
  draftTranscript,
  refuseTranscriptSignature,
  signTranscript,
} from '../../../src/mediation/commands/transcript.js';
import type { Given } from '../spec.js';
import {
  accepted,
  chen,
  consentPending,
  events,
  host,
  inOrder,
  judge,
  opened,
  plan,
  ready,
  refusal,
  reported,
  type Step,
  screened,
  sessionId,
  stateOf,
  stranger,
  tell,
  term,
  tribunal,
  wang,
} from './story.js';

const routes = ['JUDICIAL'];
const refusedByWang = async () => tell(await consentPending(), [refuseConsent, { partyId: wang }]);
const failed = async () => tell(await refusedByWang(), [notifyRemedies, { routes }]);

describe('Terminating', () => {
  it('ends a mediation that comes to nothing', async () => {
    const given = await tell(await opened(), [terminateMediation, { reason: 'NO_AGREEMENT', account: '分歧过大' }]);
    expect(stateOf(given)).toMatchObject({
      status: 'TERMINATED',
      termination: { reason: 'NO_AGREEMENT', account: '分歧过大' },
    });
    expect(await refusal(given, terminateMediation, { reason: 'OTHER' })).toEqual(['NOT_UNDER_MEDIATION']);
  });

  it('leaves refusal and withdrawal to the parties', async () => {
    for (const reason of ['REFUSED', 'WITHDRAWN'])
      expect(await refusal(await opened(), terminateMediation, { reason })).toEqual(['TERMINATION_REASON_UNFIT']);
  });
});

describe('After a refusal', () => {
  it('nothing is scheduled, and the case closes only when every party was told of the other routes', async () => {
    const given = await refusedByWang();
    expect(await refusal(given, scheduleSession, plan)).toEqual(['MEDIATION_TERMINATED']);
    expect(await refusal(given, closeDispute, { outcome: 'FAILED' })).toEqual(['REMEDIES_REQUIRED']);
    const one = await tell(given, [notifyRemedies, { partyIds: [chen], routes }]);
    expect(await refusal(one, closeDispute, { outcome: 'FAILED' })).toEqual(['REMEDIES_REQUIRED']);
    const all = await tell(one, [notifyRemedies, { partyIds: [wang], routes }]);
    expect(stateOf(await tell(all, [closeDispute, { outcome: 'FAILED' }]))).toMatchObject({
      status: 'CLOSED',
      closure: { outcome: 'FAILED', on: '2022-10-18' },
    });
  });

  it('parties are told, and only after it', async () => {
    expect(await refusal(await refusedByWang(), notifyRemedies, { partyIds: [stranger], routes })).toEqual([
      'NOT_A_PARTY',
    ]);
    expect(await refusal(await ready(), notifyRemedies, { routes })).toEqual(['NOT_TERMINATED']);
  });
});

const agreed = async () =>
  tell(
    await inOrder(),
    [reachOralAgreement, { sessionId, content: '约定', terms: [term] }],
    [endSession, { sessionId }],
  );
const obligationId = (given: Given) => stateOf(given).agreement?.obligations[0]?.obligationId;
const performed = async () => {
  const given = await agreed();
  return tell(given, [recordPerformance, { obligationId: obligationId(given) }]);
};

const inBreach = async () => {
  const given = await agreed();
  return tell(given, [recordBreach, { obligationId: obligationId(given) }]);
};

describe('Closing', () => {
  const outcomes = ['SETTLED', 'FAILED', 'EXCLUDED', 'REFERRED', 'LITIGATION_ADVISED'];
  const fits = async (given: Given) => {
    const checked = await Promise.all(
      outcomes.map(async outcome => {
        const [code] = await refusal(given, closeDispute, { outcome }).catch(() => [undefined]);
        return code === undefined ? [outcome] : [];
      }),
    );
    return checked.flat();
  };

  it('takes the outcome that fits where the case stands', async () => {
    const breached = await inBreach();
    const excluded = await tell(
      await reported(),
      [screenDispute, { legalBasis: 'CIVIL', riskLevel: 1, exclusions: ['PARTY_UNWILLING'] }],
      [excludeDispute, { exclusionCode: 'PARTY_UNWILLING' }],
    );
    const referred = await tell(
      await screened(),
      [referDispute, { toUnitId: tribunal, reason: 'LITIGATION' }],
      [acceptReferral, {}, { actor: judge }],
    );
    expect(await fits(await performed())).toEqual(['SETTLED']);
    expect(await fits(await failed())).toEqual(['FAILED', 'LITIGATION_ADVISED']);
    expect(await fits(excluded)).toEqual(['EXCLUDED']);
    expect(await fits(referred)).toEqual(['REFERRED']);
    expect(await fits(await tell(breached, [notifyRemedies, { routes }]))).toEqual(['LITIGATION_ADVISED']);
    expect(await refusal(await failed(), closeDispute, { outcome: 'SETTLED' })).toEqual(['OUTCOME_UNFIT']);
  });

  it('of a breached agreement advises a suit once every party was told of the other routes', async () => {
    const close = { outcome: 'LITIGATION_ADVISED' };
    expect(await refusal(await inBreach(), closeDispute, close)).toEqual(['REMEDIES_REQUIRED']);
    const one = await tell(await inBreach(), [notifyRemedies, { partyIds: [wang], routes }]);
    expect(await refusal(one, closeDispute, close)).toEqual(['REMEDIES_REQUIRED']);
  });

  it('waits for performance, for the receiving unit, and for the end of the session', async () => {
    expect(await refusal(await agreed(), closeDispute, { outcome: 'SETTLED' })).toEqual(['NOT_CLOSABLE']);
    const referred = await tell(await screened(), [referDispute, { toUnitId: tribunal, reason: 'LITIGATION' }]);
    expect(await refusal(referred, closeDispute, { outcome: 'REFERRED' })).toEqual(['REFERRAL_PENDING']);
    const open = await tell(
      await opened(),
      [terminateMediation, { reason: 'NO_AGREEMENT' }],
      [notifyRemedies, { routes }],
    );
    expect(await refusal(open, closeDispute, { outcome: 'FAILED' })).toEqual(['SESSION_UNFINISHED']);
  });
});

describe('Archiving', () => {
  const closed = async () => tell(await performed(), [closeDispute, { outcome: 'SETTLED' }]);

  it('needs every required document, on record, on paper, or waived', async () => {
    expect(await refusal(await closed(), archiveCaseFile, {})).toEqual(['FILE_INCOMPLETE', 'FILE_INCOMPLETE']);
    const [event] = await events(await closed(), archiveCaseFile, {
      documents: ['ID_PROOF'],
      waivers: [{ document: 'MEDIATION_RECORD', reason: 'LOST' }],
    });
    expect(event?.data).toMatchObject({
      documents: ['APPLICATION', 'RIGHTS_NOTICE', 'AGREEMENT', 'ID_PROOF'],
      waivers: [{ document: 'MEDIATION_RECORD', reason: 'LOST' }],
    });
  });

  it('finds in the record a transcript that a mediator and every party signed, or a party refused to', async () => {
    const drafted = await tell(await closed(), [draftTranscript, { sessionId, content: '笔录' }]);
    const version = { sessionId, version: 1 };
    const signedBy = (...subjectIds: string[]): Step => [
      signTranscript,
      { ...version, signers: subjectIds.map(subjectId => ({ subjectId, method: 'SIGN', unableToRead: false })) },
    ];
    const byMediator: Step = [signTranscript, { ...version, mediators: [{ mediatorId: host, method: 'SIGN' }] }];
    const byWangNot: Step = [refuseTranscriptSignature, { ...version, partyId: wang, witnessed: true }];
    const archive = { documents: ['ID_PROOF'] };
    for (const steps of [[], [byMediator], [byWangNot], [signedBy(chen, wang)], [signedBy(chen), byMediator]])
      expect(await refusal(await tell(drafted, ...steps), archiveCaseFile, archive)).toEqual(['FILE_INCOMPLETE']);
    for (const steps of [
      [signedBy(chen, wang), byMediator],
      [signedBy(chen), byWangNot, byMediator],
    ])
      expect(stateOf(await tell(drafted, ...steps, [archiveCaseFile, archive]))).toMatchObject({
        status: 'ARCHIVED',
        archive: { waivers: [] },
      });
  });

  it('finds acknowledged notices in the record', async () => {
    const unsigned = await tell(await accepted(), [notifyRightsAndDuties, { partyId: chen, acknowledged: false }]);
    const ended = await tell(
      unsigned,
      [refuseConsent, { partyId: wang }],
      [notifyRemedies, { routes }],
      [closeDispute, { outcome: 'FAILED' }],
    );
    expect(await refusal(ended, archiveCaseFile, { documents: ['ID_PROOF'] })).toEqual(['FILE_INCOMPLETE']);
    expect(await refusal(await performed(), archiveCaseFile, {})).toEqual(['NOT_CLOSED']);
  });
});
