import { OFFICER_ROLES } from '../../access/roles.js';
import { commandsOf, type DecisionContext, type GuardContext } from '../../commands/command.js';
import type { Lookup, OrgUnitFact } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { field, idOf, line } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { identitySchema, LOCAL_ISSUER, officerEvents } from './events.js';
import { currentAssignment, officer } from './officer.js';
import { roleBreaches } from './roleLevels.js';

const command = commandsOf(officer);
const assignment = officerEvents.OfficerAssignedToUnit.data.shape;
const ended = officerEvents.OfficerPostEnded.data.shape;
const issued = officerEvents.BackpackIssued.data.shape;

/** Units between a station and the top of the country; a loop in the register ends here too. */
const MOST_LEVELS = 16;

/** The unit, if it is that of the actor or lies below it. */
async function unitBelow(
  { role, orgUnitId: top }: DecisionContext['actor'],
  unitId: string,
  lookup: Lookup,
): Promise<OrgUnitFact | undefined> {
  const unit = await lookup.orgUnit(unitId);
  if (role === 'SYSTEM') return unit;
  let [id, above]: [string | undefined, OrgUnitFact | undefined] = [unitId, unit];
  for (let level = 0; above && id && level < MOST_LEVELS; level++) {
    if (id === top) return unit;
    id = above.parentId;
    above = id === undefined ? undefined : await lookup.orgUnit(id);
  }
  return undefined;
}

/** A guard: nobody changes their own post. */
const ofAnother = ({ actor, id }: GuardContext) => unless(id !== actor.actorId, 'OWN_POST', 'officerId');

export const registerOfficer = command({
  name: 'registerOfficer',
  label: { zh: '登记人员', en: 'Register an officer' },
  description: 'Registers someone who works with Satchel, with the first post.',
  creates: true,
  roles: ['ADMIN'],
  input: {
    name: field(line(80), '姓名', 'Name'),
    badgeNumber: officerEvents.OfficerRegistered.data.shape.badgeNumber,
    identity: field(
      identitySchema,
      '登录身份',
      'Whom a token of this person names; this server’s own, if left out',
    ).optional(),
    orgUnitId: assignment.orgUnitId,
    role: assignment.role,
    post: assignment.post,
  },
  facts: async (input, _state, lookup) => ({
    unit: await lookup.orgUnit(input.orgUnitId),
    identityHolder: input.identity && (await lookup.holderOfIdentity(input.identity)),
  }),
  decide: (_state, input, { facts, today, id }) =>
    decision(
      [
        ...unless(facts.unit !== undefined, 'UNIT_UNKNOWN', 'orgUnitId'),
        ...unless(facts.identityHolder === undefined, 'IDENTITY_TAKEN', 'identity'),
        ...roleBreaches(input.role, facts.unit),
      ],
      () => [
        {
          type: 'OfficerRegistered',
          data: {
            name: input.name,
            badgeNumber: input.badgeNumber,
            identity: input.identity ?? { issuer: LOCAL_ISSUER, subject: id },
          },
        },
        {
          type: 'OfficerAssignedToUnit',
          data: { orgUnitId: input.orgUnitId, role: input.role, post: input.post, from: today },
        },
      ],
    ),
});

export const assignToUnit = command({
  name: 'assignToUnit',
  label: { zh: '调整任职', en: 'Assign to a unit' },
  description:
    'Gives an officer another post, or one again to whoever left; the earlier ones stay in the history. What the officer has in hand stays with the unit that it is of, to be handed over (openWork).',
  roles: ['ADMIN'],
  input: { orgUnitId: assignment.orgUnitId, role: assignment.role, post: assignment.post },
  guard: (_state, context) => ofAnother(context),
  facts: (input, _state, lookup, { actor }) => unitBelow(actor, input.orgUnitId, lookup),
  decide: (_state, input, { facts, today }) =>
    decision(
      [
        // A unit out of the administrator's scope is not there to be given.
        ...unless(facts !== undefined, 'UNIT_UNKNOWN', 'orgUnitId'),
        ...roleBreaches(input.role, facts),
      ],
      () => [
        {
          type: 'OfficerAssignedToUnit',
          data: { orgUnitId: input.orgUnitId, role: input.role, post: input.post, from: today },
        },
      ],
    ),
});

export const endPost = command({
  name: 'endPost',
  label: { zh: '办理离任', en: 'End the post' },
  description:
    'Records that an officer left, with no other post to follow: from then on nothing can be done or read as that ' +
    'officer. A backpack that is still held is to be returned before, and work in hand (openWork) handed over; if it was ' +
    'not, that shows as a deviation, and both can be done after. Whoever comes back is assigned to a unit again.',
  roles: ['ADMIN'],
  input: { reason: ended.reason },
  guard: (state, context) => [
    ...ofAnother(context),
    ...unless(currentAssignment(state) !== undefined, 'NO_POST_IN_FORCE', 'officerId'),
  ],
  facts: (_input, _state, lookup, { id }) => lookup.openWorkOf(id),
  decide: (state, input, { facts: openWork, today }) => {
    const { orgUnitId, role, from } = currentAssignment(state)!;
    return decision(
      [
        ...unless(from <= today, 'POST_NOT_BEGUN', 'occurredAt'),
        ...unless(state.backpack === undefined, 'BACKPACK_NOT_RETURNED', 'officerId'),
        ...unless(!openWork, 'WORK_NOT_HANDED_OVER', 'officerId'),
      ],
      () => [{ type: 'OfficerPostEnded', data: { orgUnitId, role, from, reason: input.reason, endedOn: today } }],
    );
  },
});

export const issueBackpack = command({
  name: 'issueBackpack',
  label: { zh: '配发警务背包', en: 'Issue a backpack' },
  description: 'Gives an officer the one backpack.',
  roles: ['ADMIN', 'STATION_CHIEF'],
  input: { backpackId: issued.backpackId, serial: issued.serial },
  guard: state => [
    ...unless(state.backpack === undefined, 'BACKPACK_ALREADY_HELD', 'officerId'),
    ...unless(
      OFFICER_ROLES.some(role => role === currentAssignment(state)?.role),
      'NOT_AT_A_STATION',
      'officerId',
    ),
  ],
  facts: (input, _state, lookup) => lookup.holderOfBackpack(input.backpackId),
  decide: (state, input, { facts, today }) =>
    decision(unless(facts === undefined, 'BACKPACK_HELD_BY_ANOTHER', 'backpackId'), () => [
      {
        type: 'BackpackIssued',
        data: {
          backpackId: input.backpackId,
          serial: input.serial,
          orgUnitId: currentAssignment(state)!.orgUnitId,
          issuedOn: today,
        },
      },
    ]),
});

export const returnBackpack = command({
  name: 'returnBackpack',
  label: { zh: '交回警务背包', en: 'Return a backpack' },
  description: 'Takes the backpack back from the officer.',
  roles: ['ADMIN', 'STATION_CHIEF'],
  input: {
    backpackId: field(idOf('backpack'), '背包', 'The backpack'),
    reason: officerEvents.BackpackReturned.data.shape.reason,
  },
  guard: state => unless(state.backpack !== undefined, 'BACKPACK_NOT_HELD', 'backpackId'),
  decide: ({ backpack }, input, { today }) =>
    decision(unless(backpack?.backpackId === input.backpackId, 'BACKPACK_NOT_HELD', 'backpackId'), () => [
      {
        type: 'BackpackReturned',
        data: {
          backpackId: input.backpackId,
          reason: input.reason,
          issuedOn: backpack!.issuedOn,
          returnedOn: today,
        },
      },
    ]),
});

export const officerCommands = [registerOfficer, assignToUnit, endPost, issueBackpack, returnBackpack];
