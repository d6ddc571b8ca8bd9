import type { Aggregate } from '../kernel/decider.js';
import type { Personal } from '../kernel/personal.js';
import { type ResidentEvent, residentEvents } from './events.js';
import { type ResidentRule, residentRuleSets } from './rules.js';

export interface Household {
  readonly householdId: string;
  readonly relation: string;
}

export interface Contact {
  readonly phone?: Personal<string>;
  readonly address?: Personal<string>;
  readonly village?: Personal<string>;
  /** Township. */
  readonly divisionCode?: string;
}

export interface Resident extends Contact {
  readonly id?: string;
  /** Station that is responsible: the one that registered the resident, until a move. */
  readonly orgUnitId?: string;
  readonly name?: Personal<string>;
  readonly number?: Personal<string>;
  readonly sex?: Personal<string>;
  readonly birthDate?: Personal<string>;
  readonly vulnerabilities?: Personal<readonly string[]>;
  readonly guardianIds: readonly string[];
  readonly household?: Household;
  /** Why the data may only be stored. */
  readonly restriction?: string;
}

type Given<T> = { readonly [Key in keyof T]: T[Key] | undefined };

/** Only what is there: an update leaves the rest as it was. */
const contactOf = ({ phone, address, village, divisionCode }: Given<Required<Contact>>): Contact => ({
  ...(phone === undefined ? {} : { phone }),
  ...(address === undefined ? {} : { address }),
  ...(village === undefined ? {} : { village }),
  ...(divisionCode === undefined ? {} : { divisionCode }),
});

const leave = (resident: Resident, householdId: string): Resident => {
  if (resident.household?.householdId !== householdId) return resident;
  const { household: _left, ...rest } = resident;
  return rest;
};

function statusOf({ name, restriction }: Resident): string {
  if (restriction) return 'RESTRICTED';
  return name === undefined ? 'NONE' : 'REGISTERED';
}

export const resident: Aggregate<Resident, ResidentEvent, ResidentRule> = {
  category: 'resident',
  noun: 'Resident',
  label: { zh: '居民', en: 'resident' },
  events: residentEvents,
  initial: { guardianIds: [] },
  ruleSets: residentRuleSets,
  statusOf,
  orgUnitOf: state => state.orgUnitId,
  placeOf: state => state.divisionCode,
  evolve: {
    ResidentRegistered: (state, { streamId, data }) => ({
      ...state,
      ...contactOf(data as Given<Required<Contact>>),
      id: streamId,
      orgUnitId: data.orgUnitId,
      name: data.name,
      guardianIds: data.guardianIds ?? [],
      ...(data.number === undefined ? {} : { number: data.number }),
      ...(data.sex === undefined ? {} : { sex: data.sex }),
      ...(data.birthDate === undefined ? {} : { birthDate: data.birthDate }),
      ...(data.vulnerabilities === undefined ? {} : { vulnerabilities: data.vulnerabilities }),
    }),
    ContactUpdated: (state, { data }) => ({ ...state, ...contactOf(data as Given<Required<Contact>>) }),
    VulnerabilityUpdated: (state, { data }) => ({ ...state, vulnerabilities: data.vulnerabilities }),
    GuardiansNamed: (state, { data }) => ({ ...state, guardianIds: data.guardianIds }),
    HouseholdJoined: (state, { data }) => ({
      ...state,
      household: { householdId: data.householdId, relation: data.relation },
    }),
    HouseholdLeft: (state, { data }) => leave(state, data.householdId),
    ResidentRestricted: (state, { data }) => ({ ...state, restriction: data.reason }),
    RestrictionLifted: ({ restriction: _lifted, ...state }) => state,
    ResidentMoved: (state, { data }) => ({
      ...state,
      orgUnitId: data.toUnitId,
      ...(data.divisionCode === undefined ? {} : { divisionCode: data.divisionCode }),
    }),
  },
};
