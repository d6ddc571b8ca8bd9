import type { RecordedEvent } from '../../eventstore/port.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import type { View } from '../../projections/view.js';

/** Work that counts, as its events say it. Their nouns are not imported: a view reads what was recorded. */
interface CountedWork {
  readonly metric: string;
  readonly quantity: number;
}

interface CountedData {
  readonly method?: string;
  readonly quantity?: number;
  readonly count?: number;
}

function workIn({ type, data }: RecordedEvent): CountedWork | undefined {
  const { method, quantity = 0, count = 0 } = data as CountedData;
  switch (type) {
    case 'CertificateDelivered':
      return method === 'DOOR' ? { metric: 'CERT_DELIVERED', quantity: 1 } : undefined;
    case 'MaterialDistributed':
      return { metric: 'MATERIAL', quantity };
    case 'HukouCoverGiven':
      return { metric: 'HUKOU_COVER', quantity };
    case 'ErrandCompleted':
      return { metric: 'ERRAND', quantity: count };
    default:
      return undefined;
  }
}

/** How much of each metric each unit did on each legal day on which it happened: one row a metric, unit and day. */
export const metricDayView: View = {
  table: 'metric_day',
  version: 1,
  columns: { metric: 'text', orgUnitId: 'text', day: 'text', quantity: 'integer' },
  indexes: [['day', 'metric', 'orgUnitId']],
  keysOf(event) {
    const work = workIn(event);
    return work ? [`${work.metric}/${event.orgUnitId}/${legalDayOf(event.occurredAt)}`] : [];
  },
  fold(row, event, key) {
    const { metric, quantity } = workIn(event)!;
    const before = (row?.quantity as number | undefined) ?? 0;
    const day = legalDayOf(event.occurredAt);
    return { id: key, metric, orgUnitId: event.orgUnitId, day, quantity: before + quantity };
  },
};
