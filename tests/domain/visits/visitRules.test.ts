import { describe, expect, it } from 'vitest';
import type { VisitFact } from '../../../src/commands/lookup.js';
import { visitBreaches } from '../../../src/commands/visitRules.js';
import { idFor, officerActor } from '../spec.js';
import { visitUnderWay } from '../standInLookup.js';

const { actorId, orgUnitId } = officerActor;
const naming = { field: 'visitId', id: idFor('visit', 'named'), orgUnitId, actorId };
const codes = (visit: VisitFact | undefined, otherwise: object = {}) =>
  visitBreaches({ ...naming, visit, ...otherwise }).map(({ code, path }) => {
    expect(path).toEqual(['visitId']);
    return code;
  });

describe('the visit on which something happened', () => {
  it('is one that is recorded, if one is named', () => {
    expect(codes(visitUnderWay())).toEqual([]);
    expect(codes(undefined)).toEqual(['VISIT_UNKNOWN']);
    expect(codes(undefined, { id: undefined })).toEqual([]);
  });

  it('has started: planned only, or abandoned before, nothing can have happened on it', () => {
    const { startedAt: _never, ...planned } = visitUnderWay();
    expect(codes(planned)).toEqual(['VISIT_NOT_STARTED']);
  });

  it('is of the station, or the officer went along', () => {
    const elsewhere = { orgUnitId: idFor('orgunit', 'other') };
    expect(codes(visitUnderWay(elsewhere))).toEqual([]);
    expect(codes(visitUnderWay({ ...elsewhere, participantIds: [] }))).toEqual(['VISIT_OF_ANOTHER_STATION']);
    expect(codes(visitUnderWay({ participantIds: [] }))).toEqual([]);
  });

  it('is not to a scenic area, where a resident is concerned', () => {
    const scenic = visitUnderWay({ kind: 'SCENIC_AREA' });
    expect(codes(scenic)).toEqual(['VISIT_WITHOUT_RESIDENTS']);
    expect(codes(scenic, { ofResident: false })).toEqual([]);
  });
});
