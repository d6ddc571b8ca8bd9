import { OFFICER_ROLES } from '../access/roles.js';
import { commandsOf } from '../commands/command.js';
import type { OrgUnitFact } from '../commands/lookup.js';
import { decision } from '../kernel/decider.js';
import { parseResidentNumber } from '../kernel/residentNumber.js';
import { unless } from '../kernel/ruleSet.js';
import { type Breaches, contactBreaches, identityOf, unrestricted } from './checks.js';
import { type ResidentEvent, residentEvents, typed } from './events.js';
import { type Resident, resident } from './resident.js';

const command = commandsOf(resident);
const { toUnitId, divisionCode } = residentEvents.ResidentMoved.data.shape;

/** Who moves away is registered as leaving there (art. 10), and as coming here (art. 13). */
const HUKOU_REGULATIONS = 'Regulations on Household Registration (1958)';

const conflictsWith = ['ResidentMoved', 'ResidentRestricted'] as const;

interface Move {
  readonly toUnitId: string;
  readonly divisionCode?: string | undefined;
}

const elsewhere = (state: Resident, toUnitId: string, ...path: string[]): Breaches =>
  unless(state.orgUnitId !== toUnitId, 'ALREADY_OF_STATION', ...path);

const moveBreaches = (state: Resident, move: Move, unit: OrgUnitFact | undefined, ...path: string[]): Breaches => [
  ...unless(unit !== undefined, 'UNIT_UNKNOWN', ...path),
  ...unless(unit === undefined || unit.level === 'STATION', 'NOT_A_STATION', ...path),
  ...elsewhere(state, move.toUnitId, ...path),
  ...contactBreaches({ divisionCode: move.divisionCode }),
];

const movedTo = (state: Resident, move: Move): readonly ResidentEvent[] => [
  { type: 'ResidentMoved', data: { fromUnitId: state.orgUnitId ?? '', ...move } },
];

export const moveResident = command({
  name: 'moveResident',
  label: { zh: '迁出居民', en: 'Move a resident' },
  description: 'Hands a resident who moves away to another station, which is responsible from then on.',
  citation: `${HUKOU_REGULATIONS} art. 10`,
  roles: OFFICER_ROLES,
  input: { toUnitId, divisionCode },
  conflictsWith,
  guard: unrestricted,
  facts: (input, _state, lookup) => lookup.orgUnit(input.toUnitId),
  decide: (state, input, { facts }) => {
    const move = { toUnitId: input.toUnitId, divisionCode: input.divisionCode };
    return decision(moveBreaches(state, move, facts, 'toUnitId'), () => movedTo(state, move));
  },
});

export const takeOverResident = command({
  name: 'takeOverResident',
  label: { zh: '迁入居民', en: 'Take over a resident' },
  description:
    'Takes over a resident of another station who has moved here, or married in. The resident number shows that the person stands before the officer.',
  citation: `${HUKOU_REGULATIONS} art. 13`,
  roles: OFFICER_ROLES,
  unseen: true,
  input: { number: typed.number, divisionCode },
  conflictsWith,
  guard: (state, { actor }) => [...unrestricted(state), ...elsewhere(state, actor.orgUnitId)],
  facts: async (input, _state, lookup, { actor }) => {
    const parsed = parseResidentNumber(input.number);
    return {
      unit: await lookup.orgUnit(actor.orgUnitId),
      holder: parsed.ok ? await lookup.residentByNumber(parsed.number) : undefined,
    };
  },
  decide: (state, input, { facts, actor, id, today }) => {
    const move = { toUnitId: actor.orgUnitId, divisionCode: input.divisionCode };
    const { breaches } = identityOf({ number: input.number }, today);
    return decision(
      [
        ...breaches,
        ...unless(breaches.length > 0 || facts.holder === id, 'NUMBER_OF_ANOTHER', 'number'),
        ...moveBreaches(state, move, facts.unit),
      ],
      () => movedTo(state, move),
    );
  },
});
