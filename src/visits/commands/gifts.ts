import { STATION_ROLES } from '../../access/roles.js';
import { decision } from '../../kernel/decider.js';
import { field, uuid } from '../../kernel/fields.js';
import { unless } from '../../kernel/ruleSet.js';
import { type Breaches, hasStarted, inTime, isUndisposed, textBreaches } from '../checks.js';
import { GiftDisposition } from '../codes.js';
import { typed, visitEvents } from '../events.js';
import type { Visit } from '../visit.js';
import { command } from './command.js';

const BECAME = { DECLINED: 'GiftDeclined', RETURNED: 'GiftReturned', HANDED_IN: 'GiftHandedIn' } as const;

export const offerGift = command({
  name: 'offerGift',
  label: { zh: '登记群众送礼', en: 'Record a gift offered' },
  description: 'Records that someone offered a gift; the visit cannot end until it is known what became of it.',
  citation: 'Police Law art. 22(9)',
  roles: STATION_ROLES,
  input: {
    giftId: field(uuid(), '礼品编号', 'Id of the gift, if the client chooses it').optional(),
    description: typed.description,
    estValueFen: visitEvents.GiftOffered.data.shape.estValueFen,
  },
  guard: hasStarted,
  decide: (state, input, { derivedId }) => {
    const giftId = input.giftId ?? derivedId('gift');
    return decision(
      [
        ...unless(!state.gifts.some(gift => gift.giftId === giftId), 'GIFT_ID_TAKEN', 'giftId'),
        ...textBreaches(state, input.description, 'description'),
        ...inTime(state),
      ],
      () => [
        {
          type: 'GiftOffered',
          data: { giftId, description: input.description, estValueFen: input.estValueFen },
        },
      ],
    );
  },
});

/** A guard: a gift is there of which it is not known what became of it. */
const someUndisposed = ({ gifts }: Visit): Breaches =>
  gifts.length === 0
    ? unless(false, 'GIFT_UNKNOWN', 'giftId')
    : unless(gifts.some(isUndisposed), 'GIFT_ALREADY_DISPOSED', 'giftId');

export const disposeOfGift = command({
  name: 'disposeOfGift',
  label: { zh: '处置礼品', en: 'Dispose of a gift' },
  description: 'Records that a gift was declined, returned or handed in.',
  citation: 'Police Law art. 22(9)',
  roles: STATION_ROLES,
  input: {
    giftId: visitEvents.GiftOffered.data.shape.giftId,
    disposition: field(GiftDisposition.schema, '处置', 'What became of it'),
  },
  guard: state => [...hasStarted(state), ...someUndisposed(state)],
  decide: (state, { giftId, disposition }) => {
    const gift = state.gifts.find(known => known.giftId === giftId);
    return decision(
      [
        ...unless(gift !== undefined, 'GIFT_UNKNOWN', 'giftId'),
        ...unless(gift?.disposition === undefined, 'GIFT_ALREADY_DISPOSED', 'giftId'),
        ...inTime(state),
      ],
      () => [{ type: BECAME[disposition], data: { giftId } }],
    );
  },
});
