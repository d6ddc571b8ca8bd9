import type { z } from 'zod';
import { OFFICER_ROLES } from '../../access/roles.js';
import { decision } from '../../kernel/decider.js';
import { notInThePast, withinAYear } from '../../kernel/plannedDays.js';
import { unless } from '../../kernel/ruleSet.js';
import {
  crewBreaches,
  crewFacts,
  giftsDisposed,
  hasNotEnded,
  hasStarted,
  holdsBackpack,
  placeBreaches,
} from '../checks.js';
import { going, typed, visitEvents } from '../events.js';
import { command } from './command.js';

const { plannedFor } = visitEvents.VisitPlanned.data.shape;
const { backpackId } = visitEvents.VisitStarted.data.shape;

const crew = { officerIds: going.officerIds, auxiliaryIds: going.auxiliaryIds.default([]) };

const trip = {
  ...crew,
  kind: going.kind,
  divisionCode: going.divisionCode,
  village: typed.village.optional(),
  villageCode: typed.villageCode.optional(),
  householdId: going.householdId.optional(),
};

const tripOf = (input: z.infer<z.ZodObject<typeof trip>>, orgUnitId: string) => ({
  orgUnitId,
  kind: input.kind,
  officerIds: input.officerIds,
  auxiliaryIds: input.auxiliaryIds,
  householdId: input.householdId,
  divisionCode: input.divisionCode,
  village: input.village,
  villageCode: input.villageCode,
});

export const planVisit = command({
  name: 'planVisit',
  label: { zh: '计划走访', en: 'Plan a visit' },
  description: 'Plans a visit for a day.',
  creates: true,
  roles: OFFICER_ROLES,
  input: { ...trip, plannedFor },
  facts: (input, _state, lookup, { today }) => crewFacts(input, lookup, today),
  decide: (_state, input, { facts, actor, today }) =>
    decision(
      [
        ...crewBreaches(input, facts),
        ...unless(facts.led, 'OFFICER_REQUIRED', 'officerIds'),
        ...placeBreaches(input),
        ...withinAYear(input.plannedFor, today, 'plannedFor'),
        ...notInThePast(input.plannedFor, today, 'plannedFor'),
      ],
      () => [{ type: 'VisitPlanned', data: { ...tripOf(input, actor.orgUnitId), plannedFor: input.plannedFor } }],
    ),
});

export const startVisit = command({
  name: 'startVisit',
  label: { zh: '开始走访', en: 'Start a visit' },
  description: 'Starts a visit that nobody planned; one that was planned is started by startPlannedVisit.',
  creates: true,
  roles: OFFICER_ROLES,
  input: { ...trip, backpackId },
  facts: async (input, _state, lookup, { today }) => ({
    crew: await crewFacts(input, lookup, today),
    holdsBackpack: await holdsBackpack(input.backpackId, input.officerIds, lookup),
  }),
  decide: (_state, input, { facts, actor }) =>
    decision(
      [
        ...crewBreaches(input, facts.crew),
        ...placeBreaches(input),
        ...unless(facts.crew.led, 'AUXILIARY_ALONE', 'officerIds'),
        ...unless(facts.holdsBackpack, 'BACKPACK_NOT_THEIRS', 'backpackId'),
      ],
      () => [{ type: 'VisitStarted', data: { ...tripOf(input, actor.orgUnitId), backpackId: input.backpackId } }],
    ),
});

export const startPlannedVisit = command({
  name: 'startPlannedVisit',
  label: { zh: '开始已计划的走访', en: 'Start a planned visit' },
  description: 'Starts a visit that was planned, with those who really go; where to stays as planned.',
  roles: OFFICER_ROLES,
  input: { ...crew, backpackId },
  conflictsWith: ['VisitStarted', 'VisitAbandoned'],
  guard: state => [...hasNotEnded(state), ...unless(state.status !== 'STARTED', 'VISIT_ALREADY_STARTED')],
  facts: async (input, _state, lookup, { today }) => ({
    crew: await crewFacts(input, lookup, today),
    holdsBackpack: await holdsBackpack(input.backpackId, input.officerIds, lookup),
  }),
  decide: (state, input, { facts }) => {
    // Only a planned visit comes this far, and a plan says where to.
    const { orgUnitId, kind, householdId, divisionCode } = state.trip!;
    return decision(
      [
        ...crewBreaches(input, facts.crew),
        ...unless(facts.crew.led, 'AUXILIARY_ALONE', 'officerIds'),
        ...unless(facts.holdsBackpack, 'BACKPACK_NOT_THEIRS', 'backpackId'),
      ],
      () => [
        {
          type: 'VisitStarted',
          data: {
            orgUnitId,
            kind,
            officerIds: input.officerIds,
            auxiliaryIds: input.auxiliaryIds,
            householdId,
            divisionCode,
            backpackId: input.backpackId,
          },
        },
      ],
    );
  },
});

export const completeVisit = command({
  name: 'completeVisit',
  label: { zh: '完成走访', en: 'Complete a visit' },
  description: 'Ends a visit: refused while it is not known what became of a gift.',
  citation: 'Police Law art. 22(9)',
  roles: OFFICER_ROLES,
  input: {},
  conflictsWith: ['VisitAbandoned'],
  guard: state => [...hasStarted(state), ...hasNotEnded(state), ...giftsDisposed(state)],
  decide: () => decision([], () => [{ type: 'VisitCompleted', data: {} }]),
});

export const abandonVisit = command({
  name: 'abandonVisit',
  label: { zh: '中止走访', en: 'Abandon a visit' },
  description: 'Ends a visit that was planned or under way and came to nothing.',
  roles: OFFICER_ROLES,
  input: { reason: visitEvents.VisitAbandoned.data.shape.reason },
  conflictsWith: ['VisitCompleted'],
  guard: state => [...hasNotEnded(state), ...giftsDisposed(state)],
  decide: (_state, input) => decision([], () => [{ type: 'VisitAbandoned', data: { reason: input.reason } }]),
});
