import { describe, expect, it } from 'vitest';
import {
  assignMediator,
  chooseMediator,
  replaceMediator,
  reportMediatorMisconduct,
} from '../../../src/mediation/commands/mediators.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { idFor, officerActor } from '../spec.js';
import { accepted, chen, elder, events, host, refusal, screened, stateOf, stranger, suspended, tell } from './story.js';

describe('Mediators of a case', () => {
  it('are put on it with what the register says of them, and take part from then on', async () => {
    const given = await accepted();
    expect(stateOf(given).mediators).toEqual([
      { mediatorId: host, category: 'OFFICER', officerId: officerActor.actorId, replaced: false },
    ]);
    expect(dispute.participantsOf?.(stateOf(given))).toContain(host);
  });

  it('may be chosen by a side', async () => {
    const given = await tell(await accepted(), [chooseMediator, { mediatorId: elder, chosenBy: 'B' }]);
    expect(stateOf(given).mediators[1]).toMatchObject({ mediatorId: elder, chosenBy: 'B' });
  });

  it('are in office, registered, and not there already', async () => {
    const given = await accepted();
    expect(await refusal(given, assignMediator, { mediatorId: suspended })).toEqual(['MEDIATOR_NOT_ACTIVE']);
    expect(await refusal(given, assignMediator, { mediatorId: idFor('mediator', 'none') })).toEqual([
      'MEDIATOR_UNKNOWN',
    ]);
    expect(await refusal(given, chooseMediator, { mediatorId: host, chosenBy: 'A' })).toEqual([
      'MEDIATOR_ALREADY_ASSIGNED',
    ]);
    expect(await refusal(await screened(), assignMediator, { mediatorId: host })).toEqual(['NOT_UNDER_MEDIATION']);
  });

  it('are replaced, and no longer take part', async () => {
    const swap = { mediatorId: host, replacementId: elder, reason: 'CONFLICT_OF_INTEREST' };
    const given = await tell(await accepted(), [replaceMediator, swap]);
    expect(dispute.participantsOf?.(stateOf(given))).toEqual([elder]);
    expect(await refusal(given, replaceMediator, swap)).toContain('MEDIATOR_NOT_ASSIGNED');
  });

  it('may be reported for misconduct even after they left', async () => {
    const complaint = { mediatorId: host, kind: 'PARTIALITY', reportedBy: chen, account: '偏袒对方' };
    const given = await tell(await accepted(), [
      replaceMediator,
      { mediatorId: host, replacementId: elder, reason: 'MISCONDUCT' },
    ]);
    const [event] = await events(given, reportMediatorMisconduct, complaint);
    expect(event).toMatchObject({ type: 'MediatorMisconductReported', data: complaint });
    expect(await refusal(given, reportMediatorMisconduct, { ...complaint, mediatorId: suspended })).toEqual([
      'MEDIATOR_NOT_ASSIGNED',
    ]);
    expect(await refusal(given, reportMediatorMisconduct, { ...complaint, reportedBy: stranger })).toEqual([
      'NOT_A_PARTY',
    ]);
  });
});
