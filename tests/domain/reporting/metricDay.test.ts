import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/eventstore/port.js';
import type { FoldLens, Row } from '../../../src/projections/view.js';
import { metricDayView } from '../../../src/reporting/totals/metricDayView.js';
import { idFor } from '../spec.js';

const station = idFor('orgunit', 'station');
const noLens: FoldLens = { open: () => undefined, blindIndex: () => '' };

const work = (type: string, data: object, occurredAt = '2022-11-16T02:00:00.000Z', orgUnitId = station) =>
  ({ type, data, occurredAt, orgUnitId }) as RecordedEvent;

function rowsOf(events: readonly RecordedEvent[]): Record<string, unknown> {
  const rows = new Map<string, Row | undefined>();
  for (const event of events)
    for (const key of metricDayView.keysOf(event)) rows.set(key, metricDayView.fold(rows.get(key), event, key, noLens));
  return Object.fromEntries([...rows].map(([key, row]) => [key, row?.quantity]));
}

describe('work of a unit on a day', () => {
  it('adds up by metric', () => {
    expect(
      rowsOf([
        work('CertificateDelivered', { method: 'DOOR' }),
        work('CertificateDelivered', { method: 'DOOR' }),
        work('MaterialDistributed', { quantity: 30 }),
        work('MaterialDistributed', { quantity: 12 }),
        work('HukouCoverGiven', { quantity: 2 }),
        work('ErrandCompleted', { count: 3 }),
      ]),
    ).toEqual({
      [`CERT_DELIVERED/${station}/2022-11-16`]: 2,
      [`MATERIAL/${station}/2022-11-16`]: 42,
      [`HUKOU_COVER/${station}/2022-11-16`]: 2,
      [`ERRAND/${station}/2022-11-16`]: 3,
    });
  });

  it('counts a certificate only when it was handed over at the door', () => {
    expect(rowsOf([work('CertificateDelivered', { method: 'COUNTER' })])).toEqual({});
  });

  it('goes by the legal day on which it happened, and by the unit of then', () => {
    const other = idFor('orgunit', 'other');
    expect(
      rowsOf([
        work('HukouCoverGiven', { quantity: 1 }, '2022-11-15T15:59:59.999Z'),
        work('HukouCoverGiven', { quantity: 1 }, '2022-11-15T16:00:00.000Z'),
        work('HukouCoverGiven', { quantity: 1 }, '2022-11-15T16:00:00.000Z', other),
      ]),
    ).toEqual({
      [`HUKOU_COVER/${station}/2022-11-15`]: 1,
      [`HUKOU_COVER/${station}/2022-11-16`]: 1,
      [`HUKOU_COVER/${other}/2022-11-16`]: 1,
    });
  });

  it('leaves out whatever is not counted', () => {
    expect(rowsOf([work('ContactCardGiven', { quantity: 5 }), work('ErrandRequested', { count: 5 })])).toEqual({});
  });
});
