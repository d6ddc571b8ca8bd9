import type { Role } from '../../access/roles.js';
import type { CodeOf } from '../../kernel/codes.js';
import type { Aggregate } from '../../kernel/decider.js';
import type { Personal } from '../../kernel/personal.js';
import { type OfficerEvent, officerEvents, type PostEndReason } from './events.js';
import { type OfficerRule, officerRuleSets } from './rules.js';

export interface PostEnd {
  readonly reason: CodeOf<typeof PostEndReason>;
  /** Legal day. */
  readonly on: string;
}

export interface Assignment {
  readonly orgUnitId: string;
  readonly role: Role;
  readonly post: string;
  /** Legal day. */
  readonly from: string;
  /** Present when the officer left it for no other: a post that another follows ends with that. */
  readonly ended?: PostEnd;
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
  /** By the day from which they count, whenever they were recorded; the last is the one in force, unless ended. */
  readonly assignments: readonly Assignment[];
  readonly backpack?: HeldBackpack;
}

/** The post in force, or the last one of whoever left. */
export const lastAssignment = (officer: Officer): Assignment | undefined => officer.assignments.at(-1);

/** The post in force; none of whoever left. */
export function currentAssignment(officer: Officer): Assignment | undefined {
  const last = lastAssignment(officer);
  return last?.ended ? undefined : last;
}

/**
 * Behind those that begin no later: what is recorded late, of an earlier day, does not come into force by that, and
 * neither does a post of before the officer left.
 */
function inOrder(assignments: readonly Assignment[], added: Assignment): readonly Assignment[] {
  const before = assignments.filter(({ from }) => from <= added.from);
  const left = before.at(-1)?.ended;
  const post = left && left.on > added.from ? { ...added, ended: left } : added;
  return [...before, post, ...assignments.filter(({ from }) => from > added.from)];
}

/** The post that an event of its end tells of; of two that began alike, the later one. */
function withEnd(
  assignments: readonly Assignment[],
  { orgUnitId, role, from }: Pick<Assignment, 'orgUnitId' | 'role' | 'from'>,
  ended: PostEnd,
): readonly Assignment[] {
  const index = assignments.findLastIndex(
    post => post.orgUnitId === orgUnitId && post.role === role && post.from === from,
  );
  return assignments.map((post, at) => (at === index ? { ...post, ended } : post));
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
  // Whoever left stays with the last unit: it keeps the history, and takes the backpack back.
  orgUnitOf: state => lastAssignment(state)?.orgUnitId,
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
    OfficerPostEnded: (state, { data }) => ({
      ...state,
      assignments: withEnd(state.assignments, data, { reason: data.reason, on: data.endedOn }),
    }),
    BackpackIssued: (state, { data }) => ({
      ...state,
      backpack: { backpackId: data.backpackId, serial: data.serial, issuedOn: data.issuedOn },
    }),
    BackpackReturned: (state, { data }) => without(state, data.backpackId),
  },
};
