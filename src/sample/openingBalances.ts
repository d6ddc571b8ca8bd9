import { countyChief } from './staff.js';
import { at, type Step, story } from './story.js';
import { county } from './units.js';

const CITATION = 'China News Service, 15 November 2022';

/** What had been counted before Satchel, as published. */
const BALANCES = [
  { metric: 'CERT_DELIVERED', quantity: 2_864, unit: 'MEI', qualifier: 'EXACT' },
  { metric: 'MATERIAL', quantity: 62_450, unit: 'FEN', qualifier: 'AT_LEAST' },
  { metric: 'HUKOU_COVER', quantity: 1_949, unit: 'GE', qualifier: 'EXACT' },
  { metric: 'ERRAND', quantity: 4_435, unit: 'BI', qualifier: 'EXACT' },
] as const;

export function openingBalanceSteps(): readonly Step[] {
  const balances = story('opening balances');
  for (const balance of BALANCES)
    balances.do(at('2022-11-16', '08:30'), countyChief.id, 'importOpeningBalance', {
      orgUnitId: county.id,
      ...balance,
      asOf: '2022-11-15',
      citation: CITATION,
    });
  return balances.steps;
}
