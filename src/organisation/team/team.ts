import type { CodeOf } from '../../kernel/codes.js';
import type { Aggregate } from '../../kernel/decider.js';
import { type TeamEvent, type TeamLeavingReason, type TeamRole, teamEvents } from './events.js';
import { type TeamRule, teamRuleSets } from './rules.js';

export interface Membership {
  readonly mediatorId: string;
  readonly role: CodeOf<typeof TeamRole>;
  /** First legal day. */
  readonly from: string;
  /** Legal day on which it no longer counts; absent while it lasts. */
  readonly to?: string;
  readonly leavingReason?: CodeOf<typeof TeamLeavingReason>;
}

export interface MediationTeam {
  readonly name?: string;
  readonly orgUnitId?: string;
  /** Legal day. */
  readonly formedOn?: string;
  /** Every membership so far, in the order in which they were recorded. */
  readonly memberships: readonly Membership[];
}

const countsOn = ({ from, to }: Membership, day: string): boolean => from <= day && (to === undefined || day < to);

/** Memberships that count on a legal day. */
export const rosterOn = (team: MediationTeam, day: string): readonly Membership[] =>
  team.memberships.filter(membership => countsOn(membership, day));

/** Memberships that nobody has ended. */
export const openMemberships = (team: MediationTeam): readonly Membership[] =>
  team.memberships.filter(({ to }) => to === undefined);

/** The membership of a mediator that nobody has ended. */
export const openMembership = (team: MediationTeam, mediatorId: string): Membership | undefined =>
  openMemberships(team).find(membership => membership.mediatorId === mediatorId);

export const team: Aggregate<MediationTeam, TeamEvent, TeamRule> = {
  category: 'team',
  noun: 'MediationTeam',
  label: { zh: '调解队', en: 'mediation team' },
  events: teamEvents,
  initial: { memberships: [] },
  ruleSets: teamRuleSets,
  statusOf: state => (state.formedOn ? 'FORMED' : 'NONE'),
  orgUnitOf: state => state.orgUnitId,
  participantsOf: state => openMemberships(state).map(({ mediatorId }) => mediatorId),
  evolve: {
    MediationTeamFormed: (state, { data }) => ({
      ...state,
      name: data.name,
      orgUnitId: data.orgUnitId,
      formedOn: data.formedOn,
    }),
    TeamMemberAdded: (state, { data }) => ({
      ...state,
      memberships: [...state.memberships, { mediatorId: data.mediatorId, role: data.role, from: data.from }],
    }),
    TeamMemberRemoved: (state, { data }) => {
      const ended = openMembership(state, data.mediatorId);
      return {
        ...state,
        memberships: state.memberships.map(membership =>
          membership === ended ? { ...membership, to: data.to, leavingReason: data.reason } : membership,
        ),
      };
    },
  },
};
