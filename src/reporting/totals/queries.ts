import type { ReadModel } from '../../database/readModel.js';
import { Metric } from '../../organisation/orgUnit/events.js';
import { allUnits, ancestorsOf, subtreeOf, type UnitInTree } from '../../organisation/orgUnit/lookups.js';
import type { Period } from '../periodArgs.js';
import { type Balance, type Standing, type Total, totalOf } from './total.js';

/** What a unit, with all below it, has on a legal day. */
export interface UnitTotals {
  readonly byMetric: ReadonlyMap<string, Total>;
  readonly stations: number;
  readonly officersWithBackpack: number;
  readonly mediationTeams: number;
}

function balancesOf(units: readonly UnitInTree[], metric: string): readonly Balance[] {
  return units.flatMap(({ id, state }) =>
    state.openingBalances
      .filter(balance => balance.metric === metric)
      .map(({ quantity, qualifier, asOf, citation }) => ({
        unitId: id,
        quantity,
        qualifier: qualifier === 'EXACT' ? 'EXACT' : 'AT_LEAST',
        asOf,
        citation,
      })),
  );
}

const standingOf = (units: readonly UnitInTree[], id: string): Standing => ({
  below: subtreeOf(units, id),
  above: ancestorsOf(units, id),
  subtree: unitId => subtreeOf(units, unitId),
});

/** Work of every unit and metric on legal days of a period, both included, by `metric/unit`. */
export async function workBetween(db: ReadModel, from: string, to: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('metric_day')
    .select(['metric', 'orgUnitId', eb => eb.fn.sum<number>('quantity').as('quantity')])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['metric', 'orgUnitId'])
    .execute();
  return new Map(rows.map(row => [`${row.metric}/${row.orgUnitId}`, Number(row.quantity)]));
}

export interface WorkAsked {
  readonly metric: string;
  readonly units: readonly string[];
  readonly period: Period;
}

/** Work of these units together on each legal day of a period on which there was any. */
export async function workByDay(
  db: ReadModel,
  { metric, units, period: { from, to } }: WorkAsked,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('metric_day')
    .select(['day', eb => eb.fn.sum<number>('quantity').as('quantity')])
    .where('metric', '=', metric)
    .where('orgUnitId', 'in', units)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy('day')
    .execute();
  return new Map(rows.map(row => [row.day as string, Number(row.quantity)]));
}

/** Before every day. */
const EVER = '0000-01-01';

const workUpTo = (db: ReadModel, day: string): Promise<ReadonlyMap<string, number>> => workBetween(db, EVER, day);

async function count(query: { execute(): Promise<readonly { readonly n: number | string | bigint }[]> }) {
  return Number((await query.execute())[0]?.n ?? 0);
}

const officersWithBackpack = (db: ReadModel, units: readonly string[], day: string) =>
  count(
    db
      .selectFrom('backpack_holding')
      .select(eb => eb.fn.count<number>('officerId').distinct().as('n'))
      .where('orgUnitId', 'in', units)
      .where('issuedOn', '<=', day)
      .where(eb => eb.or([eb('returnedOn', 'is', null), eb('returnedOn', '>', day)])),
  );

const mediationTeams = (db: ReadModel, units: readonly string[], day: string) =>
  count(
    db
      .selectFrom('mediation_team')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('orgUnitId', 'in', units)
      .where('formedOn', '<=', day),
  );

/** Totals of a unit with all below it, up to and including a legal day; nothing for a unit that is not registered. */
export async function unitTotals(db: ReadModel, unitId: string, day: string): Promise<UnitTotals | undefined> {
  const units = await allUnits(db);
  if (!units.some(({ id }) => id === unitId)) return undefined;
  const standing = standingOf(units, unitId);
  const balances = new Map(Metric.values.map(metric => [metric as string, balancesOf(units, metric)]));
  const days = new Set([day, ...[...balances.values()].flat().map(({ asOf }) => asOf)]);
  const work = new Map<string, ReadonlyMap<string, number>>();
  for (const each of days) work.set(each, await workUpTo(db, each));

  const totalOfMetric = (metric: string): Total => {
    const worked = (unit: string, upTo: string) => work.get(upTo)?.get(`${metric}/${unit}`) ?? 0;
    return totalOf({ balances: balances.get(metric) ?? [], worked }, standing, day);
  };
  const below = [...standing.below];
  return {
    byMetric: new Map(Metric.values.map(metric => [metric, totalOfMetric(metric)])),
    stations: units.filter(
      ({ id, state }) => standing.below.has(id) && state.level === 'STATION' && (state.registeredOn ?? '9999') <= day,
    ).length,
    officersWithBackpack: await officersWithBackpack(db, below, day),
    mediationTeams: await mediationTeams(db, below, day),
  };
}
