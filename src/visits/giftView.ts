import { legalDayOf } from '../kernel/legalDay.js';
import type { View } from '../projections/view.js';
import type { GiftDisposition } from './codes.js';
import type { VisitEvent } from './events.js';

const DISPOSED: Readonly<Record<string, keyof typeof GiftDisposition.labels>> = {
  GiftDeclined: 'DECLINED',
  GiftReturned: 'RETURNED',
  GiftHandedIn: 'HANDED_IN',
};

/** Every gift that was offered, and what became of it. Its station is that of its visit, and is read there. */
export const giftView: View = {
  table: 'gift',
  version: 1,
  columns: {
    giftId: 'text',
    visitId: 'text',
    offeredOn: 'text',
    estValueFen: 'integer',
    disposition: 'text',
    disposedOn: 'text',
    description: 'json',
  },
  indexes: [['offeredOn', 'id'], ['visitId']],
  keysOf(event) {
    const { type, data } = event as unknown as VisitEvent;
    return type === 'GiftOffered' || type in DISPOSED
      ? [`${event.streamId}/${(data as { readonly giftId: string }).giftId}`]
      : [];
  },
  fold(row, event, key) {
    const { type, data } = event as unknown as VisitEvent;
    const day = legalDayOf(event.occurredAt);
    // What became of a gift that nobody offered is no line of the register.
    if (type !== 'GiftOffered') return row && { ...row, disposition: DISPOSED[type], disposedOn: day };
    const { giftId, description, estValueFen } = data;
    return { id: key, giftId, visitId: event.streamId, offeredOn: day, estValueFen, description };
  },
};
