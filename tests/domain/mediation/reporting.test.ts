import { describe, expect, it } from 'vitest';
import { identifyParty, reportDispute } from '../../../src/mediation/commands/report.js';
import { screenDispute } from '../../../src/mediation/commands/screening.js';
import { deviationsOf, idFor } from '../spec.js';
import * as story from './story.js';
import { chen, child, events, nothing, refusal, report, reported, stateOf, tell, wang } from './story.js';

const refused = (changes: object) => refusal(nothing, reportDispute, { ...report, ...changes });

describe('Reporting a dispute', () => {
  it('registers it with its parties, for the unit of whoever reports it', async () => {
    const [event] = await events(nothing, reportDispute, report);
    expect(event).toMatchObject({
      type: 'DisputeReported',
      data: { orgUnitId: story.station, parties: report.parties, unknownSides: [], minorIds: [] },
    });
    expect(stateOf(await reported())).toMatchObject({ status: 'REPORTED', divisionCode: '621224110' });
  });

  it('names the parties who are minors on that day', async () => {
    const parties = [
      { subjectId: child, side: 'A' },
      { subjectId: wang, side: 'B' },
    ];
    expect(stateOf(await reported({ parties })).minorIds).toEqual([child]);
    const later = await tell(nothing, [reportDispute, { ...report, parties }, { at: '2028-06-01T02:00:00.000Z' }]);
    expect(stateOf(later).minorIds).toEqual([]);
  });

  it('takes a side whose parties are unknown, but none that is forgotten', async () => {
    const parties = [{ subjectId: chen, side: 'A' }];
    expect(await refused({ parties })).toEqual(['PARTIES_REQUIRED']);
    expect(stateOf(await reported({ parties, unknownSides: ['B'] })).unknownSides).toEqual(['B']);
  });

  it('takes no side as unknown on which there is a party, and reads no such side from before', async () => {
    const parties = [{ subjectId: chen, side: 'A' }];
    expect(await refused({ unknownSides: ['B'] })).toEqual(['SIDE_KNOWN']);
    expect(await refused({ parties, unknownSides: ['B', 'A'] })).toEqual(['SIDE_KNOWN']);
    const [event] = await events(nothing, reportDispute, report);
    const before = nothing.events({
      type: 'DisputeReported',
      data: { ...(event?.data as object), unknownSides: ['B'] },
    });
    expect(stateOf(before).unknownSides).toEqual([]);
  });

  it('is for who serves at a station: of a mediator it could not be seen afterwards', () => {
    expect(reportDispute.roles).toEqual(['OFFICER', 'AUXILIARY', 'STATION_CHIEF']);
    expect(screenDispute.roles).toEqual(['OFFICER', 'STATION_CHIEF']);
  });

  it('knows only registered residents as parties, each once', async () => {
    const unregistered = idFor('resident', 'nobody');
    expect(await refused({ parties: [...report.parties, { subjectId: unregistered, side: 'B' }] })).toEqual([
      'PARTY_UNKNOWN',
    ]);
    expect(await refused({ parties: [...report.parties, { subjectId: chen, side: 'B' }] })).toEqual(['PARTY_TWICE']);
  });

  it('refuses what is not registered: township, unit, visit', async () => {
    expect(await refused({ divisionCode: '621224999' })).toEqual(['DIVISION_UNKNOWN']);
    expect(await refused({ orgUnitId: idFor('orgunit', 'nowhere') })).toEqual(['UNIT_UNKNOWN']);
    expect(await refused({ visitId: idFor('visit', 'never') })).toEqual(['VISIT_UNKNOWN']);
    expect(stateOf(await reported({ visitId: story.visit })).visitId).toBe(story.visit);
  });

  it('deviates with a visit of another station, and takes none to a scenic area', async () => {
    const found = { ...report, visitId: story.visit };
    const { elsewhere, scenic } = story.otherVisits;
    const [event] = await events(nothing, reportDispute, found, { knowing: { visit: async () => elsewhere } });
    expect(deviationsOf(event)).toEqual(['VISIT_OF_ANOTHER_STATION']);
    const refusals = await refusal(nothing, reportDispute, found, { knowing: { visit: async () => scenic } });
    expect(refusals).toEqual(['VISIT_WITHOUT_RESIDENTS']);
  });

  it('refuses a day that has not come', async () => {
    expect(await refused({ occurredOn: '2022-10-19' })).toEqual(['DATE_IN_FUTURE']);
    expect(stateOf(await reported({ occurredOn: '2022-10-18' })).occurredOn).toBe('2022-10-18');
  });

  it('keeps numbers and phones out of the title', async () => {
    expect(await refused({ title: '621299198507120024与邻居纠纷' })).toEqual(['PERSONAL_DATA_IN_TITLE']);
    expect(await refused({ title: '邻里纠纷 13812345678' })).toEqual(['PERSONAL_DATA_IN_TITLE']);
  });
});

describe('Identifying a party', () => {
  const oneSided = () => reported({ parties: [{ subjectId: chen, side: 'A' }], unknownSides: ['B'] });

  it('fills the side that was unknown', async () => {
    const given = await tell(await oneSided(), [identifyParty, { partyId: child, side: 'B' }]);
    expect(stateOf(given).unknownSides).toEqual([]);
    expect(stateOf(given).parties.map(party => party.subjectId)).toEqual([chen, child]);
    expect(stateOf(given).minorIds).toEqual([child]);
  });

  it('refuses who is a party already, or not registered', async () => {
    expect(await refusal(await oneSided(), identifyParty, { partyId: chen, side: 'B' })).toEqual(['PARTY_TWICE']);
    expect(await refusal(await oneSided(), identifyParty, { partyId: idFor('resident', 'nobody'), side: 'B' })).toEqual(
      ['PARTY_UNKNOWN'],
    );
  });

  it('comes to an end when everyone has agreed', async () => {
    expect(await refusal(await story.ready(), identifyParty, { partyId: story.stranger, side: 'B' })).toEqual([
      'PARTIES_SETTLED',
    ]);
  });
});
