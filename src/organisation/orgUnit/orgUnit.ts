import type { Aggregate } from '../../kernel/decider.js';
import { type OrgUnitEvent, orgUnitEvents } from './events.js';
import { type OrgUnitRule, orgUnitRuleSets } from './rules.js';

export interface OpeningBalance {
  readonly metric: string;
  readonly quantity: number;
  readonly unit: string;
  readonly qualifier: string;
  /** Legal day. */
  readonly asOf: string;
  readonly citation: string;
}

export interface OrgUnit {
  readonly id?: string;
  readonly name?: string;
  readonly level?: string;
  readonly parentId?: string;
  readonly divisionCode?: string;
  readonly pilot: boolean;
  readonly registeredOn?: string;
  readonly openingBalances: readonly OpeningBalance[];
}

export const orgUnit: Aggregate<OrgUnit, OrgUnitEvent, OrgUnitRule> = {
  category: 'orgunit',
  noun: 'OrgUnit',
  label: { zh: '单位', en: 'unit' },
  events: orgUnitEvents,
  initial: { pilot: false, openingBalances: [] },
  ruleSets: orgUnitRuleSets,
  statusOf: state => (state.level ? 'REGISTERED' : 'NONE'),
  // Whoever may see a unit may see those below it; the county at the top stands for itself.
  orgUnitOf: state => state.parentId ?? state.id,
  // Those who belong to it see it, although the unit above it is out of their sight.
  participantsOf: state => (state.id ? [state.id] : []),
  placeOf: state => state.divisionCode,
  evolve: {
    OrgUnitRegistered: (state, { streamId, data }) => ({
      ...state,
      id: streamId,
      name: data.name,
      level: data.level,
      pilot: data.pilot,
      registeredOn: data.registeredOn,
      ...(data.parentId ? { parentId: data.parentId } : {}),
      ...(data.divisionCode ? { divisionCode: data.divisionCode } : {}),
    }),
    OpeningBalanceImported: (state, { data }) => ({
      ...state,
      openingBalances: [
        ...state.openingBalances,
        {
          metric: data.metric,
          quantity: data.quantity,
          unit: data.unit,
          qualifier: data.qualifier,
          asOf: data.asOf,
          citation: data.citation,
        },
      ],
    }),
  },
};
