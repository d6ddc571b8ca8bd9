import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedCase, type MediationCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const STATE = `query Q($id: ID!) { dispute(id: $id) { status termination { reason on } closure { outcome on }
  parties { subjectId consent remediesOn } history { totalCount }
  allowedCommands { name allowed reasons { code citation } } } }`;

const PLAN = { plannedFor: '2022-10-19T10:00:00+08:00', placeType: 'STATION' };

describe('scenario 10: refusal', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const state = async () => (await satchel.read(people.officer, STATE, { id: held.id })).dispute;
  const reasons = async (name: string) => {
    const { allowedCommands } = await state();
    return allowedCommands.find((command: Anything) => command.name === name).reasons;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await acceptedCase(satchel, people);
    await held.do('giveConsent', { partyId: held.sideA });
  });
  afterAll(() => satchel.close());

  it('ends the mediation when one party refuses', async () => {
    const { events } = await held.do('refuseConsent', { partyId: held.sideB });
    expect(events).toMatchObject([
      { type: 'ConsentRefused' },
      { type: 'MediationTerminated', stateAfter: 'TERMINATED' },
    ]);
    expect(await state()).toMatchObject({
      status: 'TERMINATED',
      termination: { reason: 'REFUSED', on: '2022-10-18' },
      parties: [
        { subjectId: held.sideA, consent: 'GIVEN' },
        { subjectId: held.sideB, consent: 'REFUSED' },
      ],
    });
  });

  it('lets nothing more be scheduled, and nobody agree after all', async () => {
    const { totalCount } = (await state()).history;
    expect(await held.refused('scheduleSession', PLAN)).toEqual(['MEDIATION_TERMINATED']);
    expect(await held.refused('giveConsent', { partyId: held.sideB })).toEqual(['CONSENT_NOT_PENDING']);
    expect(await reasons('scheduleSession')).toEqual([
      { code: 'MEDIATION_TERMINATED', citation: "People's Mediation Law arts. 17, 26" },
    ]);
    expect((await state()).history.totalCount).toBe(totalCount);
  });

  it('is not closed before every party knows the other routes', async () => {
    const close = { outcome: 'FAILED' };
    expect(await held.refused('closeDispute', close)).toEqual(['REMEDIES_REQUIRED']);
    await held.do('notifyRemedies', { partyIds: [held.sideA], routes: ['JUDICIAL'] });
    expect(await held.refused('closeDispute', close)).toEqual(['REMEDIES_REQUIRED']);
    expect(await reasons('closeDispute')).toMatchObject([{ code: 'REMEDIES_REQUIRED' }]);
    await held.do('notifyRemedies', { partyIds: [held.sideB], routes: ['JUDICIAL', 'ADMINISTRATIVE'] });
    expect(await reasons('closeDispute')).toEqual([]);
    expect(await held.refused('closeDispute', { outcome: 'SETTLED' })).toEqual(['OUTCOME_UNFIT']);
    await held.do('closeDispute', close);
    expect(await state()).toMatchObject({
      status: 'CLOSED',
      closure: { outcome: 'FAILED', on: '2022-10-18' },
      parties: [{ remediesOn: '2022-10-18' }, { remediesOn: '2022-10-18' }],
    });
  });
});
