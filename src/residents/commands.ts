import type { z } from 'zod';
import { STATION_ROLES } from '../access/roles.js';
import { commandsOf } from '../commands/command.js';
import type { Lookup } from '../commands/lookup.js';
import { decision } from '../kernel/decider.js';
import { parseResidentNumber } from '../kernel/residentNumber.js';
import { unless } from '../kernel/ruleSet.js';
import { type Breaches, contactBreaches, identityOf, phoneOf, unrestricted } from './checks.js';
import { type ResidentEvent, residentEvents, typed } from './events.js';
import { moveResident, takeOverResident } from './moving.js';
import { resident } from './resident.js';

const command = commandsOf(resident);
const { householdId, relation } = residentEvents.HouseholdJoined.data.shape;

const contact = {
  phone: typed.phone.optional(),
  address: typed.address.optional(),
  village: typed.village.optional(),
  divisionCode: typed.divisionCode.optional(),
};

/** Whether all of these are registered. */
async function areRegistered(ids: readonly string[], lookup: Lookup): Promise<boolean> {
  const found = await Promise.all(ids.map(id => lookup.resident(id)));
  return found.every(fact => fact !== undefined);
}

async function holderOf(number: string | undefined, lookup: Lookup): Promise<string | undefined> {
  const parsed = number === undefined ? undefined : parseResidentNumber(number);
  return parsed?.ok ? lookup.residentByNumber(parsed.number) : undefined;
}

const registration = {
  name: typed.name,
  number: typed.number.optional(),
  birthDate: typed.birthDate.optional(),
  ...contact,
  vulnerabilities: typed.vulnerabilities.optional(),
  guardianIds: typed.guardianIds.optional(),
  householdId: householdId.optional(),
  relation: relation.optional(),
};

/** What is wrong with a registration by itself, whoever is registered already. */
function registrationBreaches(
  input: z.infer<z.ZodObject<typeof registration>>,
  { guardiansKnown, today, id }: { readonly guardiansKnown: boolean; readonly today: string; readonly id: string },
): Breaches {
  const identity = identityOf(input, today);
  const minor = input.vulnerabilities?.includes('MINOR') ?? false;
  const datable = identity.birthDate !== undefined || input.number !== undefined;
  return [
    ...identity.breaches,
    ...unless(!minor || datable, 'BIRTH_DATE_REQUIRED', 'birthDate'),
    ...contactBreaches(input),
    ...unless(guardiansKnown, 'GUARDIAN_UNKNOWN', 'guardianIds'),
    ...unless(!input.guardianIds?.includes(id), 'GUARDIAN_IS_SELF', 'guardianIds'),
    ...unless(input.relation === undefined || input.householdId !== undefined, 'HOUSEHOLD_REQUIRED', 'householdId'),
  ];
}

export const registerResident = command({
  name: 'registerResident',
  label: { zh: '登记居民', en: 'Register a resident' },
  description: 'Registers a resident with the station of the officer; someone whose number is unknown too.',
  citation: 'PIPL art. 13(3)',
  creates: true,
  roles: STATION_ROLES,
  input: registration,
  facts: async (input, _state, lookup, { actor, today, id }) => {
    const guardiansKnown = await areRegistered(input.guardianIds ?? [], lookup);
    // Whether a number is registered is told last, and recorded as the search that it is: nobody tries numbers unseen.
    if (registrationBreaches(input, { guardiansKnown, today, id }).length > 0) return { guardiansKnown };
    const holder = await holderOf(input.number, lookup);
    if (holder !== undefined) await lookup.recordNumberFound(holder, actor);
    return { guardiansKnown, holder };
  },
  decide: (_state, input, { facts, actor, today, id }) => {
    const identity = identityOf(input, today);
    return decision(
      [
        ...registrationBreaches(input, { guardiansKnown: facts.guardiansKnown, today, id }),
        ...unless(facts.holder === undefined, 'NUMBER_ALREADY_REGISTERED', 'number'),
      ],
      (): readonly ResidentEvent[] => [
        {
          type: 'ResidentRegistered',
          data: {
            orgUnitId: actor.orgUnitId,
            name: input.name,
            number: identity.number,
            sex: identity.sex,
            phone: phoneOf(input.phone),
            address: input.address,
            village: input.village,
            divisionCode: input.divisionCode,
            vulnerabilities: input.vulnerabilities,
            guardianIds: input.guardianIds,
            birthDate: identity.birthDate,
          },
        },
        ...(input.householdId === undefined
          ? []
          : [
              {
                type: 'HouseholdJoined' as const,
                data: { householdId: input.householdId, relation: input.relation ?? 'OTHER' },
              },
            ]),
      ],
    );
  },
});

export const updateContact = command({
  name: 'updateContact',
  label: { zh: '更新联系信息', en: 'Update contact' },
  description: 'Replaces what is given of phone, address, village and township; the rest stays.',
  roles: STATION_ROLES,
  input: contact,
  conflictsWith: ['ContactUpdated', 'ResidentRestricted'],
  guard: unrestricted,
  // Sealed anew with the contact, so that the history knows a minor's and masks all of it.
  facts: async (_input, state, lookup) => (state.id ? lookup.residentWithBirthDate(state.id) : undefined),
  decide: (_state, input, { facts }) =>
    decision(
      [
        ...unless(
          Object.keys(contact).some(name => input[name as keyof typeof contact]),
          'NOTHING_TO_UPDATE',
        ),
        ...contactBreaches(input),
      ],
      () => [
        {
          type: 'ContactUpdated',
          data: {
            phone: phoneOf(input.phone),
            address: input.address,
            village: input.village,
            divisionCode: input.divisionCode,
            birthDate: facts?.birthDate,
          },
        },
      ],
    ),
});

export const updateVulnerability = command({
  name: 'updateVulnerability',
  label: { zh: '更新特殊群体标注', en: 'Update vulnerability' },
  description: 'Says anew, and in full, why a resident needs special care.',
  citation: 'PIPL art. 28',
  roles: STATION_ROLES,
  input: { vulnerabilities: typed.vulnerabilities },
  conflictsWith: ['VulnerabilityUpdated', 'ResidentRestricted'],
  guard: unrestricted,
  decide: (state, input) =>
    decision(
      unless(
        !input.vulnerabilities.includes('MINOR') || state.birthDate !== undefined,
        'BIRTH_DATE_REQUIRED',
        'vulnerabilities',
      ),
      () => [{ type: 'VulnerabilityUpdated', data: { vulnerabilities: input.vulnerabilities } }],
    ),
});

export const nameGuardians = command({
  name: 'nameGuardians',
  label: { zh: '登记监护人', en: 'Name guardians' },
  description: 'Says anew, and in full, who the guardians of a resident are.',
  roles: STATION_ROLES,
  input: { guardianIds: typed.guardianIds },
  conflictsWith: ['GuardiansNamed', 'ResidentRestricted'],
  guard: unrestricted,
  facts: (input, _state, lookup) => areRegistered(input.guardianIds, lookup),
  decide: (_state, input, { facts, id }) =>
    decision(
      [
        ...unless(facts, 'GUARDIAN_UNKNOWN', 'guardianIds'),
        ...unless(!input.guardianIds.includes(id), 'GUARDIAN_IS_SELF', 'guardianIds'),
      ],
      () => [{ type: 'GuardiansNamed', data: { guardianIds: input.guardianIds } }],
    ),
});

export const joinHousehold = command({
  name: 'joinHousehold',
  label: { zh: '入户', en: 'Join a household' },
  description: 'Adds a resident to a household.',
  roles: STATION_ROLES,
  input: { householdId, relation },
  conflictsWith: ['HouseholdJoined', 'ResidentRestricted'],
  guard: state => [...unrestricted(state), ...unless(state.household === undefined, 'ALREADY_IN_HOUSEHOLD')],
  decide: (_state, input) =>
    decision([], () => [
      { type: 'HouseholdJoined', data: { householdId: input.householdId, relation: input.relation } },
    ]),
});

export const leaveHousehold = command({
  name: 'leaveHousehold',
  label: { zh: '离户', en: 'Leave a household' },
  description: 'Takes a resident out of a household.',
  roles: STATION_ROLES,
  input: { householdId },
  conflictsWith: ['HouseholdLeft', 'ResidentRestricted'],
  guard: state => [...unrestricted(state), ...unless(state.household !== undefined, 'NOT_IN_HOUSEHOLD')],
  decide: (state, input) =>
    decision(unless(state.household?.householdId === input.householdId, 'NOT_IN_HOUSEHOLD', 'householdId'), () => [
      { type: 'HouseholdLeft', data: { householdId: input.householdId } },
    ]),
});

export const restrictProcessing = command({
  name: 'restrictProcessing',
  label: { zh: '限制处理', en: 'Restrict processing' },
  description: 'From now on the data of the resident is only stored and kept safe.',
  citation: 'PIPL art. 47',
  roles: ['STATION_CHIEF', 'COUNTY_CHIEF'],
  input: { reason: residentEvents.ResidentRestricted.data.shape.reason },
  guard: unrestricted,
  decide: (_state, input) => decision([], () => [{ type: 'ResidentRestricted', data: { reason: input.reason } }]),
});

export const liftRestriction = command({
  name: 'liftRestriction',
  label: { zh: '解除限制处理', en: 'Lift the restriction' },
  description: 'The data of the resident may be used again.',
  citation: 'PIPL arts. 13, 47',
  roles: ['STATION_CHIEF', 'COUNTY_CHIEF'],
  input: { reason: residentEvents.RestrictionLifted.data.shape.reason },
  conflictsWith: ['ResidentRestricted'],
  guard: state => unless(state.restriction !== undefined, 'NOT_RESTRICTED'),
  decide: (_state, input) => decision([], () => [{ type: 'RestrictionLifted', data: { reason: input.reason } }]),
});

export const residentCommands = [
  registerResident,
  updateContact,
  updateVulnerability,
  nameGuardians,
  joinHousehold,
  leaveHousehold,
  restrictProcessing,
  liftRestriction,
  moveResident,
  takeOverResident,
];
