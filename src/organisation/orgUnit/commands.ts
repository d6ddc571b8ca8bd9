import { commandsOf } from '../../commands/command.js';
import type { OrgUnitFact } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { findDivision } from '../../kernel/divisions.js';
import { unless } from '../../kernel/ruleSet.js';
import { COUNTED_IN, Metric, orgUnitEvents } from './events.js';
import { orgUnit } from './orgUnit.js';

const command = commandsOf(orgUnit);
const { name, level, parentId, divisionCode } = orgUnitEvents.OrgUnitRegistered.data.shape;
const { metric, quantity, unit, qualifier, asOf, citation } = orgUnitEvents.OpeningBalanceImported.data.shape;

export const registerOrgUnit = command({
  name: 'registerOrgUnit',
  label: { zh: '登记单位', en: 'Register a unit' },
  description: 'Registers a county bureau, a police station, a justice office or a tribunal.',
  creates: true,
  roles: ['ADMIN'],
  input: {
    name,
    level,
    parentId,
    divisionCode,
    pilot: orgUnitEvents.OrgUnitRegistered.data.shape.pilot.default(false),
  },
  facts: async (input, _state, lookup): Promise<OrgUnitFact | undefined> =>
    input.parentId ? lookup.orgUnit(input.parentId) : undefined,
  decide: (_state, input, { facts, today }) =>
    decision(
      [
        ...unless(input.level === 'COUNTY' || input.parentId !== undefined, 'PARENT_REQUIRED', 'parentId'),
        ...unless(input.parentId === undefined || facts !== undefined, 'PARENT_UNKNOWN', 'parentId'),
        ...unless(
          !input.divisionCode || findDivision(input.divisionCode) !== undefined,
          'DIVISION_UNKNOWN',
          'divisionCode',
        ),
      ],
      () => [
        {
          type: 'OrgUnitRegistered',
          data: {
            name: input.name,
            level: input.level,
            parentId: input.parentId,
            divisionCode: input.divisionCode,
            pilot: input.pilot,
            registeredOn: today,
          },
        },
      ],
    ),
});

export const importOpeningBalance = command({
  name: 'importOpeningBalance',
  label: { zh: '导入期初数', en: 'Import an opening balance' },
  description: 'Records a total that was counted before Satchel: it replaces all work of the unit up to its day.',
  roles: ['ADMIN', 'COUNTY_CHIEF'],
  input: { metric, quantity, unit, qualifier, asOf, citation },
  guard: ({ openingBalances }) =>
    unless(
      Metric.values.some(each => !openingBalances.some(known => known.metric === each)),
      'OPENING_BALANCE_EXISTS',
      'metric',
    ),
  facts: (input, _state, lookup, { id }) => lookup.openingBalancesAround(id, input.metric),
  decide: (state, input, { facts, id, today }) =>
    decision(
      [
        ...unless(
          !state.openingBalances.some(known => known.metric === input.metric),
          'OPENING_BALANCE_EXISTS',
          'metric',
        ),
        ...unless(facts.length === 0, 'OPENING_BALANCE_OVERLAPS', 'metric'),
        ...unless(input.asOf <= today, 'BALANCE_DATED_AHEAD', 'asOf'),
        ...unless(COUNTED_IN[input.metric] === input.unit, 'COUNTING_UNIT_WRONG', 'unit'),
        ...unless(input.qualifier !== 'NOT_KNOWN', 'QUALIFIER_UNFIT', 'qualifier'),
      ],
      () => [
        {
          type: 'OpeningBalanceImported',
          data: {
            metric: input.metric,
            quantity: input.quantity,
            unit: input.unit,
            qualifier: input.qualifier,
            asOf: input.asOf,
            orgUnitId: id,
            citation: input.citation,
          },
        },
      ],
    ),
});

export const orgUnitCommands = [registerOrgUnit, importOpeningBalance];
