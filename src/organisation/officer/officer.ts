import type { Aggregate } from '../../kernel/decider.js';
import type { Personal } from '../../kernel/personal.js';
import { type OfficerEvent, officerEvents } from './events.js';
import { type OfficerRule, officerRuleSets } from './rules.js';

export interface Assignment {
  readonly orgUnitId: string;
  readonly role: string;
  readonly post: string;
  /** Legal day. */
  readonly from: string;
}

export interface HeldBackpack {
  readonly backpackId: string;
  readonly serial: string;
  /** Legal day. */
  readonly issuedOn: string;
}

export interface Officer {
  readonly name?: Personal<string>;
  readonly badgeNumber?: string;
  readonly identity?: { readonly issuer: string; readonly subject: string };
  /** By the day from which they count, whenever they were recorded; the last is the one in force. */
  readonly assignments: readonly Assignment[];
  readonly backpack?: HeldBackpack;
}

export const currentAssignment = (officer: Officer): Assignment | undefined => officer.assignments.at(-1);

/** Behind those that begin no later: what is recorded late, of an earlier day, does not come into force by that. */
function inOrder(assignments: readonly Assignment[], added: Assignment): readonly Assignment[] {
  const before = assignments.filter(({ from }) => from <= added.from);
  return [...before, added, ...assignments.filter(({ from }) => from > added.from)];
}

const without = (officer: Officer, backpackId: string): Officer => {
  if (officer.backpack?.backpackId !== backpackId) return officer;
  const { backpack: _returned, ...rest } = officer;
  return rest;
};

export const officer: Aggregate<Officer, OfficerEvent, OfficerRule> = {
  category: 'officer',
  noun: 'Officer',
  label: { zh: '人员', en: 'officer' },
  events: officerEvents,
  initial: { assignments: [] },
  ruleSets: officerRuleSets,
  statusOf: state => (state.identity ? 'REGISTERED' : 'NONE'),
  orgUnitOf: state => currentAssignment(state)?.orgUnitId,
  evolve: {
    OfficerRegistered: (state, { data }) => ({
      ...state,
      name: data.name,
      identity: data.identity,
      ...(data.badgeNumber ? { badgeNumber: data.badgeNumber } : {}),
    }),
    OfficerAssignedToUnit: (state, { data }) => ({
      ...state,
      assignments: inOrder(state.assignments, {
        orgUnitId: data.orgUnitId,
        role: data.role,
        post: data.post,
        from: data.from,
      }),
    }),
    BackpackIssued: (state, { data }) => ({
      ...state,
      backpack: { backpackId: data.backpackId, serial: data.serial, issuedOn: data.issuedOn },
    }),
    BackpackReturned: (state, { data }) => without(state, data.backpackId),
  },
};
