import { describe, expect, it } from 'vitest';
import type { CaseNumberWanted } from '../../../src/commands/lookup.js';
import { acceptDispute, extendMediation } from '../../../src/mediation/commands/acceptance.js';
import { screenDispute } from '../../../src/mediation/commands/screening.js';
import { deviationsOf } from '../spec.js';
import { accepted, chen, events, refusal, reported, screened, stateOf, station, tell } from './story.js';

describe('Accepting a dispute', () => {
  it('gives it a number of the unit and year, and a month', async () => {
    const [event] = await events(await screened(), acceptDispute, {});
    expect(event).toMatchObject({
      type: 'DisputeAccepted',
      data: {
        track: 'PEOPLES',
        caseNo: '(2022)人调字第 7 号',
        acceptedOn: '2022-10-18',
        dueDate: '2022-11-18',
        calendarVersion: 'CN-2022',
        ruleSetId: 'CN-PML-2011',
      },
    });
  });

  it('does not let the month end on a day off', async () => {
    // 1 October 2022 begins the National Day holiday, which lasts until the 7th; the 8th is a make-up Saturday.
    const [event] = await events(await screened(), acceptDispute, {}, { at: '2022-09-01T02:00:00.000Z' });
    expect(event?.data).toMatchObject({ dueDate: '2022-10-08' });
  });

  it('asks for one number in the year of the day', async () => {
    const asked: unknown[] = [];
    const allocateCaseNumber = async ({ unitId, year }: CaseNumberWanted) => asked.push([unitId, year]);
    await events(
      await screened(),
      acceptDispute,
      {},
      { at: '2022-12-31T17:00:00.000Z', knowing: { allocateCaseNumber } },
    );
    expect(asked).toEqual([[station, 2023]]);
    expect(await refusal(await reported(), acceptDispute, {})).toEqual(['NOT_SCREENED']);
  });

  it('refuses what is not open to people’s mediation', async () => {
    const crime = await tell(await reported(), [screenDispute, { legalBasis: 'CRIMINAL_SUSPECT', riskLevel: 4 }]);
    expect(await refusal(crime, acceptDispute, {})).toEqual(['NOT_PEOPLES_MEDIABLE']);
    const barred = await tell(await reported(), [
      screenDispute,
      { legalBasis: 'CIVIL', riskLevel: 1, exclusions: ['MEDIATION_FORBIDDEN'] },
    ]);
    expect(await refusal(barred, acceptDispute, {})).toEqual(['NOT_PEOPLES_MEDIABLE']);
  });

  it('needs both sides known', async () => {
    const given = await screened({ parties: [{ subjectId: chen, side: 'A' }], unknownSides: ['B'] });
    expect(await refusal(given, acceptDispute, {})).toEqual(['RESPONDENT_UNKNOWN']);
  });
});

describe('Extending a mediation', () => {
  const both = { newDueDate: '2022-12-18', consentBy: ['A', 'B'] };

  it('takes the consent of both sides', async () => {
    expect(stateOf(await tell(await accepted(), [extendMediation, both])).dueDate).toBe('2022-12-18');
    expect(await refusal(await accepted(), extendMediation, { ...both, consentBy: ['A'] })).toEqual([
      'EXTENSION_NEEDS_BOTH',
    ]);
  });

  it('after its last day is kept with a deviation', async () => {
    const onTheDay = { at: '2022-11-18T15:59:00.000Z' };
    expect(deviationsOf((await events(await accepted(), extendMediation, both, onTheDay))[0])).toEqual([]);
    const dayAfter = { at: '2022-11-18T16:00:00.000Z' };
    expect(deviationsOf((await events(await accepted(), extendMediation, both, dayAfter))[0])).toEqual([
      'EXTENDED_TOO_LATE',
    ]);
  });

  it('goes forward, and only while it is mediated', async () => {
    expect(await refusal(await accepted(), extendMediation, { ...both, newDueDate: '2022-11-18' })).toEqual([
      'NEW_DUE_NOT_LATER',
    ]);
    expect(await refusal(await screened(), extendMediation, both)).toEqual(['NOT_UNDER_MEDIATION']);
  });
});
