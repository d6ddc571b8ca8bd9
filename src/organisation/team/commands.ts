import type { Role } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { teamEvents } from './events.js';
import { openMembership, openMemberships, rosterOn, team } from './team.js';

const command = commandsOf(team);
const formed = teamEvents.MediationTeamFormed.data.shape;
const added = teamEvents.TeamMemberAdded.data.shape;
const removed = teamEvents.TeamMemberRemoved.data.shape;

const KEEPERS: readonly Role[] = ['ADMIN', 'STATION_CHIEF', 'JUSTICE_OFFICE'];

export const formTeam = command({
  name: 'formTeam',
  label: { zh: '组建调解队', en: 'Form a mediation team' },
  description: 'Forms a team of mediators; members are added one by one.',
  creates: true,
  roles: KEEPERS,
  input: { name: formed.name, orgUnitId: formed.orgUnitId },
  facts: (input, _state, lookup) => lookup.orgUnit(input.orgUnitId),
  decide: (_state, input, { facts, today }) =>
    decision(unless(facts !== undefined, 'UNIT_UNKNOWN', 'orgUnitId'), () => [
      { type: 'MediationTeamFormed', data: { name: input.name, orgUnitId: input.orgUnitId, formedOn: today } },
    ]),
});

export const addMember = command({
  name: 'addMember',
  label: { zh: '增加队员', en: 'Add a member' },
  description: 'Adds a mediator to a team, from the day on which it happened.',
  roles: KEEPERS,
  input: { mediatorId: added.mediatorId, role: added.role },
  facts: (input, _state, lookup) => lookup.mediator(input.mediatorId),
  decide: (state, input, { facts, today }) => {
    const isMember =
      openMembership(state, input.mediatorId) !== undefined ||
      rosterOn(state, today).some(({ mediatorId }) => mediatorId === input.mediatorId);
    return decision(
      [
        ...unless(facts !== undefined, 'MEDIATOR_UNKNOWN', 'mediatorId'),
        ...unless(facts?.status !== 'SUSPENDED', 'MEDIATOR_SUSPENDED', 'mediatorId'),
        ...unless(facts?.leftOn === undefined || facts.leftOn >= today, 'MEDIATOR_LEFT', 'mediatorId'),
        ...unless(!isMember, 'ALREADY_MEMBER', 'mediatorId'),
      ],
      () => [{ type: 'TeamMemberAdded', data: { mediatorId: input.mediatorId, role: input.role, from: today } }],
    );
  },
});

export const removeMember = command({
  name: 'removeMember',
  label: { zh: '移出队员', en: 'Remove a member' },
  description: 'Ends a membership on the day on which it happened; it stays in the history.',
  roles: KEEPERS,
  input: { mediatorId: removed.mediatorId, reason: removed.reason },
  guard: state => unless(openMemberships(state).length > 0, 'NO_MEMBERS'),
  decide: (state, input, { today }) => {
    const since = openMembership(state, input.mediatorId)?.from;
    return decision(unless(since !== undefined && since <= today, 'NOT_A_MEMBER', 'mediatorId'), () => [
      { type: 'TeamMemberRemoved', data: { mediatorId: input.mediatorId, reason: input.reason, to: today } },
    ]);
  },
});

export const teamCommands = [formTeam, addMember, removeMember];
