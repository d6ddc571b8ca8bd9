import { describe, expect, it } from 'vitest';
import { crewFacts } from '../../../src/visits/checks.js';
import {
  abandonVisit,
  completeVisit,
  planVisit,
  startPlannedVisit,
  startVisit,
} from '../../../src/visits/commands/running.js';
import { type Visit, visit } from '../../../src/visits/visit.js';
import { deviationsOf, Given, idFor, officerActor, someId } from '../spec.js';
import { standInLookup } from '../standInLookup.js';

const nothing = Given.nothing(visit);
const officerIds = [idFor('officer', 'host')];
const auxiliaryIds = [idFor('officer', 'auxiliary')];
const crew = { unknownIn: [], leftIn: [], led: true };
const ready = { facts: { crew, holdsBackpack: true } };

const trip = { kind: 'HOUSEHOLD', officerIds, divisionCode: '621224112' };
const plan = { ...trip, plannedFor: '2022-10-20', village: '郑湾村', householdId: someId('home') };
const planned = nothing.after(planVisit, plan, { facts: crew });
const stateOf = (given: Given) => given.state as Visit;

describe('planning a visit', () => {
  it('says who goes where on which day', () => {
    expect(planned.state).toMatchObject({
      status: 'PLANNED',
      plannedFor: '2022-10-20',
      trip: { orgUnitId: officerActor.orgUnitId, kind: 'HOUSEHOLD', officerIds, auxiliaryIds: [], village: '郑湾村' },
    });
  });

  it('is for a day within a year, and deviates for one that has passed', () => {
    const on = (plannedFor: string) => ({ ...plan, plannedFor });
    expect(nothing.refuses(planVisit, on('2222-10-20'), { facts: crew })).toEqual(['TOO_FAR_AHEAD']);
    const [event] = nothing.when(planVisit, on('2022-10-17'), { facts: crew });
    expect(deviationsOf(event)).toEqual(['PLANNED_IN_THE_PAST']);
  });

  it('deviates with someone who had left before that day', async () => {
    const served = { role: 'OFFICER', orgUnitId: officerActor.orgUnitId };
    const knowing = (leftOn: string) => ({
      officer: async (id: string) => (id === auxiliaryIds[0] ? { ...served, leftOn } : served),
    });
    const found = (leftOn: string) =>
      crewFacts({ officerIds, auxiliaryIds }, standInLookup(knowing(leftOn)), '2022-10-18');
    expect(await found('2022-10-18')).toEqual(crew);
    const facts = await found('2022-10-17');
    expect(facts).toEqual({ ...crew, leftIn: ['auxiliaryIds'] });
    const gone = { ...trip, auxiliaryIds };
    expect(deviationsOf(nothing.when(startVisit, gone, { facts: { crew: facts, holdsBackpack: true } })[0])).toEqual([
      'CREW_HAD_LEFT',
    ]);
    expect(deviationsOf(nothing.when(planVisit, { ...plan, auxiliaryIds }, { facts })[0])).toEqual(['CREW_HAD_LEFT']);
  });

  it('needs an officer, not an auxiliary alone', () => {
    expect(nothing.refuses(planVisit, plan, { facts: { ...crew, led: false } })).toEqual(['OFFICER_REQUIRED']);
    expect(nothing.refuses(planVisit, { ...plan, officerIds: [] }, { facts: crew })).toEqual(['INPUT_INVALID']);
  });
});

describe('starting a visit', () => {
  it('needs no plan', () => {
    const input = { ...trip, auxiliaryIds, backpackId: idFor('backpack', 'one') };
    const [event] = nothing.when(startVisit, input, ready);
    expect(event).toEqual({
      type: 'VisitStarted',
      data: { ...input, orgUnitId: officerActor.orgUnitId },
    });
  });

  it('follows a plan, with those who really go', () => {
    const other = [idFor('officer', 'other')];
    const started = planned.after(startPlannedVisit, { officerIds: other, auxiliaryIds }, ready);
    expect(started.state).toMatchObject({
      status: 'STARTED',
      plannedFor: '2022-10-20',
      trip: { officerIds: other, householdId: someId('home'), divisionCode: '621224112', village: '郑湾村' },
      participantIds: [...officerIds, ...other, ...auxiliaryIds],
    });
  });

  it('says the village of the plan once: it is sealed for where it stands', () => {
    const [event] = planned.when(startPlannedVisit, { officerIds }, ready);
    expect(event?.data).not.toHaveProperty('village');
  });

  it('keeps a planned visit with the station that planned it', () => {
    const visitor = { ...officerActor, orgUnitId: idFor('orgunit', 'elsewhere') };
    const started = planned.after(startPlannedVisit, { officerIds }, { ...ready, actor: visitor });
    expect(visit.orgUnitOf(stateOf(started))).toBe(officerActor.orgUnitId);
  });

  it('happens once, and not after the end', () => {
    const started = planned.after(startPlannedVisit, { officerIds }, ready);
    expect(started.refuses(startPlannedVisit, { officerIds }, ready)).toEqual(['VISIT_ALREADY_STARTED']);
    const abandoned = planned.after(abandonVisit, { reason: 'WEATHER' });
    expect(abandoned.refuses(startPlannedVisit, { officerIds }, ready)).toEqual(['VISIT_ALREADY_ENDED']);
  });

  it.each([
    ['startVisit', nothing, startVisit, trip],
    ['startPlannedVisit', planned, startPlannedVisit, { officerIds }],
  ] as const)(
    'by %s records auxiliaries alone, and a backpack that is not theirs, as deviations',
    (_name, given, command, input) => {
      const [alone] = given.when(command, input, { facts: { crew: { ...crew, led: false }, holdsBackpack: true } });
      expect(deviationsOf(alone)).toEqual(['AUXILIARY_ALONE']);
      const [borrowed] = given.when(command, input, { facts: { crew, holdsBackpack: false } });
      expect(deviationsOf(borrowed)).toEqual(['BACKPACK_NOT_THEIRS']);
      expect(deviationsOf(given.when(command, input, ready)[0])).toEqual([]);
    },
  );
});

describe.each([
  ['planVisit', planVisit, { plannedFor: '2022-10-20' }],
  ['startVisit', startVisit, {}],
] as const)('%s', (_name, command, more) => {
  const input = { ...trip, ...more };
  const facts = { facts: { ...crew, crew, holdsBackpack: true } };

  it('names everyone once', () => {
    const [officer] = officerIds as [string];
    expect(nothing.refuses(command, { ...input, officerIds: [officer, officer] }, facts)).toEqual(['CREW_TWICE']);
    expect(nothing.refuses(command, { ...input, auxiliaryIds: [officer] }, facts)).toEqual(['CREW_TWICE']);
  });

  it('refuses people who are not registered, naming where', () => {
    const unknown = { ...crew, unknownIn: ['auxiliaryIds'] };
    expect(nothing.refuses(command, input, { facts: { ...unknown, crew: unknown, holdsBackpack: true } })).toEqual([
      'OFFICER_UNKNOWN',
    ]);
  });

  it('knows the townships, and the villages by their codes in them', () => {
    expect(nothing.refuses(command, { ...input, divisionCode: '621224999' }, facts)).toEqual(['DIVISION_UNKNOWN']);
    expect(nothing.refuses(command, { ...input, villageCode: '621224110201' }, facts)).toEqual(['VILLAGE_ELSEWHERE']);
    expect(nothing.when(command, { ...input, villageCode: '621224112201' }, facts)).toHaveLength(1);
    // A village may have no code.
    expect(nothing.when(command, { ...input, village: '郑湾村' }, facts)).toHaveLength(1);
  });

  it('takes no household to a scenic area, and no phone number for its name', () => {
    const scenic = { ...input, kind: 'SCENIC_AREA' };
    expect(nothing.refuses(command, { ...scenic, householdId: someId('home') }, facts)).toEqual([
      'PERSONAL_DATA_ON_SCENIC_VISIT',
    ]);
    expect(nothing.refuses(command, { ...scenic, village: '阳坝景区 13812345678' }, facts)).toEqual([
      'PERSONAL_DATA_ON_SCENIC_VISIT',
    ]);
    expect(nothing.when(command, { ...scenic, village: '阳坝景区' }, facts)).toHaveLength(1);
    expect(nothing.when(command, { ...input, householdId: someId('home') }, facts)).toHaveLength(1);
  });
});

describe('ending a visit', () => {
  const started = nothing.after(startVisit, trip, ready);

  it('completes what has started, once', () => {
    expect(planned.refuses(completeVisit, {})).toEqual(['VISIT_NOT_STARTED']);
    const completed = started.after(completeVisit, {}, { at: '2022-10-18T09:00:00.000Z' });
    expect(completed.state).toMatchObject({ status: 'COMPLETED', endedAt: '2022-10-18T09:00:00.000Z' });
    expect(completed.refuses(completeVisit, {})).toEqual(['VISIT_ALREADY_ENDED']);
    expect(completed.refuses(abandonVisit, { reason: 'ROAD' })).toEqual(['VISIT_ALREADY_ENDED']);
  });

  it('abandons what was planned or is under way, with a reason', () => {
    expect(stateOf(planned.after(abandonVisit, { reason: 'WEATHER' }))).toMatchObject({
      status: 'ABANDONED',
      abandonReason: 'WEATHER',
    });
    expect(stateOf(started.after(abandonVisit, { reason: 'NOBODY_HOME' })).status).toBe('ABANDONED');
    expect(started.refuses(abandonVisit, {})).toEqual(['INPUT_INVALID']);
    expect(started.after(abandonVisit, { reason: 'ROAD' }).refuses(completeVisit, {})).toEqual(['VISIT_ALREADY_ENDED']);
  });

  it('by two people in two ways is a conflict for who was offline', () => {
    expect(completeVisit.conflictsWith).toContain('VisitAbandoned');
    expect(abandonVisit.conflictsWith).toContain('VisitCompleted');
    expect(startPlannedVisit.conflictsWith).toContain('VisitAbandoned');
  });
});
