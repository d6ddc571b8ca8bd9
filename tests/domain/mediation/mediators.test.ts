import { describe, expect, it } from 'vitest';
import {
  assignMediator,
  chooseMediator,
  removeMediator,
  replaceMediator,
  reportMediatorMisconduct,
} from '../../../src/mediation/commands/mediators.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { terminateMediation } from '../../../src/mediation/commands/termination.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { idFor, officerActor } from '../spec.js';
import {
  accepted,
  chen,
  elder,
  events,
  host,
  opened,
  opening,
  refusal,
  scheduled,
  screened,
  stateOf,
  stranger,
  suspended,
  tell,
} from './story.js';

describe('Mediators of a case', () => {
  it('are put on it with what the register says of them, and take part from then on', async () => {
    const given = await accepted();
    expect(stateOf(given).mediators).toEqual([
      { mediatorId: host, category: 'OFFICER', officerId: officerActor.actorId },
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
    const left = { status: 'APPOINTED', category: 'OFFICER', leftOn: '2022-10-01' };
    const knowing = { mediator: async () => left };
    expect(await refusal(given, assignMediator, { mediatorId: elder }, { knowing })).toEqual(['MEDIATOR_NOT_ACTIVE']);
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
    expect(stateOf(given).mediators).toMatchObject([{ mediatorId: host, left: 'REPLACED' }, { mediatorId: elder }]);
    expect(await refusal(given, replaceMediator, swap)).toContain('MEDIATOR_NOT_ASSIGNED');
    const unknown = { ...swap, mediatorId: elder, replacementId: idFor('mediator', 'none') };
    expect(await refusal(given, replaceMediator, unknown)).toEqual(['MEDIATOR_UNKNOWN']);
  });

  it('are removed with a reason and no longer take part, until they come again', async () => {
    const off = { mediatorId: host, reason: 'MISCONDUCT' };
    const [event] = await events(await accepted(), removeMediator, off);
    expect(event).toMatchObject({ type: 'MediatorRemoved', data: off });
    const given = await tell(await accepted(), [removeMediator, off]);
    expect(stateOf(given).mediators).toMatchObject([{ mediatorId: host, left: 'REMOVED' }]);
    expect(dispute.participantsOf?.(stateOf(given))).toEqual([]);
    expect(await refusal(given, removeMediator, off)).toEqual(['MEDIATOR_NOT_ASSIGNED']);
    expect(await refusal(given, removeMediator, { mediatorId: elder })).toEqual(['INPUT_INVALID']);
    const again = await tell(given, [assignMediator, { mediatorId: host }]);
    expect(dispute.participantsOf?.(stateOf(again))).toEqual([host]);
  });

  it('host nothing once they are removed, and may be removed when all is over', async () => {
    const off = { mediatorId: host, reason: 'CONFLICT_OF_INTEREST' };
    const removed = await tell(await scheduled(), [removeMediator, off]);
    expect(await refusal(removed, openSession, opening)).toEqual(['HOST_NOT_MEDIATOR']);
    const over = await tell(await opened(), [terminateMediation, { reason: 'NO_AGREEMENT' }], [removeMediator, off]);
    expect(stateOf(over)).toMatchObject({ status: 'TERMINATED', mediators: [{ left: 'REMOVED' }] });
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
