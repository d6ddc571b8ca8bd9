import { z } from 'zod';
import type { Role } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { field, line, prose } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { identitySchema, LOCAL_ISSUER } from '../officer/events.js';
import { mediatorEvents } from './events.js';
import { type Mediator, mediator } from './mediator.js';

const command = commandsOf(mediator);
const appointed = mediatorEvents.MediatorAppointed.data.shape;
const trained = mediatorEvents.MediatorTrained.data.shape;

const KEEPERS: readonly Role[] = ['ADMIN', 'STATION_CHIEF', 'JUSTICE_OFFICE'];

export const appointMediator = command({
  name: 'appointMediator',
  label: { zh: '聘任调解员', en: 'Appoint a mediator' },
  description: 'Appoints someone as people’s mediator, by name, or an officer by id.',
  citation: 'People’s Mediation Law arts. 13–14',
  creates: true,
  roles: KEEPERS,
  input: {
    name: field(line(80), '姓名', 'Name; to be left out for an officer').optional(),
    officerId: appointed.officerId,
    category: appointed.category,
    orgUnitId: appointed.orgUnitId,
    adult: field(z.boolean(), '成年', 'Whether the person is declared to be 18 or older'),
    identity: field(
      identitySchema,
      '登录身份',
      'Whom a token of this person names; this server’s own, if left out. To be left out for an officer',
    ).optional(),
  },
  facts: async (input, _state, lookup) => ({
    unit: await lookup.orgUnit(input.orgUnitId),
    officer: input.officerId && (await lookup.officer(input.officerId)),
    appointments: input.officerId ? await lookup.mediatorsOfOfficer(input.officerId) : [],
    identityHolder: input.identity && (await lookup.holderOfIdentity(input.identity)),
  }),
  decide: (_state, input, { facts, today, id }) => {
    const isOfficer = input.officerId !== undefined;
    return decision(
      [
        ...unless(facts.unit !== undefined, 'UNIT_UNKNOWN', 'orgUnitId'),
        ...unless(!facts.unit || ['STATION', 'JUSTICE_OFFICE'].includes(facts.unit.level), 'UNIT_UNFIT', 'orgUnitId'),
        ...unless(input.adult, 'NOT_ADULT', 'adult'),
        ...unless(input.category !== 'OFFICER' || isOfficer, 'OFFICER_REQUIRED', 'officerId'),
        ...unless(isOfficer || input.category === 'OFFICER' || input.name !== undefined, 'NAME_REQUIRED', 'name'),
        ...unless(!isOfficer || input.name === undefined, 'NAMED_BY_OFFICER', 'name'),
        ...unless(!isOfficer || input.identity === undefined, 'NAMED_BY_OFFICER', 'identity'),
        ...unless(!isOfficer || facts.officer !== undefined, 'OFFICER_UNKNOWN', 'officerId'),
        ...unless(!facts.officer || facts.officer.leftOn === undefined, 'OFFICER_LEFT', 'officerId'),
        ...unless(facts.appointments.length === 0, 'OFFICER_ALREADY_MEDIATOR', 'officerId'),
        ...unless(facts.identityHolder === undefined, 'IDENTITY_TAKEN', 'identity'),
      ],
      () => [
        {
          type: 'MediatorAppointed',
          data: {
            category: input.category,
            orgUnitId: input.orgUnitId,
            adult: true,
            appointedOn: today,
            ...(isOfficer
              ? { officerId: input.officerId }
              : { name: input.name, identity: input.identity ?? { issuer: LOCAL_ISSUER, subject: id } }),
          },
        },
      ],
    );
  },
});

export const trainMediator = command({
  name: 'trainMediator',
  label: { zh: '登记培训', en: 'Record a training' },
  description: 'Records that a mediator was trained.',
  citation: 'People’s Mediation Law art. 14',
  roles: KEEPERS,
  input: { subject: trained.subject, hours: trained.hours },
  decide: (_state, input, { today }) =>
    decision([], () => [
      { type: 'MediatorTrained', data: { subject: input.subject, hours: input.hours, trainedOn: today } },
    ]),
});

export const awardPeacemakerBadge = command({
  name: 'awardPeacemakerBadge',
  label: { zh: '授予和事佬称号', en: 'Award the peacemaker badge' },
  description: 'Gives a mediator the badge of a peacemaker. It is no legal status and changes no right.',
  roles: [...KEEPERS, 'COUNTY_CHIEF'],
  input: {},
  guard: state => unless(state.peacemakerSince === undefined, 'BADGE_HELD'),
  decide: (_state, _input, { today }) =>
    decision([], () => [{ type: 'PeacemakerBadgeAwarded', data: { awardedOn: today } }]),
});

const note = field(prose(2000), '说明', 'What happened or was found; sealed').optional();
const isSuspended = (state: Mediator) => state.suspension !== undefined;

export const suspendMediator = command({
  name: 'suspendMediator',
  label: { zh: '暂停调解员', en: 'Suspend a mediator' },
  description: 'Bars a mediator from mediating, and from signing in as mediator, until reinstated.',
  citation: 'People’s Mediation Law art. 15',
  roles: KEEPERS,
  input: { reason: mediatorEvents.MediatorSuspended.data.shape.reason, note },
  guard: state => unless(!isSuspended(state), 'ALREADY_SUSPENDED'),
  decide: (_state, input, { today }) =>
    decision([], () => [
      { type: 'MediatorSuspended', data: { reason: input.reason, note: input.note, suspendedOn: today } },
    ]),
});

export const reinstateMediator = command({
  name: 'reinstateMediator',
  label: { zh: '恢复调解员', en: 'Reinstate a mediator' },
  description: 'Ends the suspension of a mediator.',
  roles: KEEPERS,
  input: { reason: mediatorEvents.MediatorReinstated.data.shape.reason, note },
  guard: state => unless(isSuspended(state), 'NOT_SUSPENDED'),
  decide: (_state, input, { today }) =>
    decision([], () => [
      { type: 'MediatorReinstated', data: { reason: input.reason, note: input.note, reinstatedOn: today } },
    ]),
});

export const mediatorCommands = [
  appointMediator,
  trainMediator,
  awardPeacemakerBadge,
  suspendMediator,
  reinstateMediator,
];
