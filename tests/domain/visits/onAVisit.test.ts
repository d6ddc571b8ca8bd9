import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../../src/commands/command.js';
import {
  distributeMaterial,
  giveContactCard,
  giveHukouCover,
  holdBriefing,
  recordNote,
  verifyResidentInfo,
} from '../../../src/visits/commands/doing.js';
import { disposeOfGift, offerGift } from '../../../src/visits/commands/gifts.js';
import {
  abandonVisit,
  completeVisit,
  planVisit,
  startPlannedVisit,
  startVisit,
} from '../../../src/visits/commands/running.js';
import { visitEvents } from '../../../src/visits/events.js';
import { type Visit, visit } from '../../../src/visits/visit.js';
import { deviationsOf, Given, guardContext, idFor, someId } from '../spec.js';

const nothing = Given.nothing(visit);
const officerIds = [idFor('officer', 'host')];
const crew = { unknownIn: [], leftIn: [], led: true };
const ready = { facts: { crew, holdsBackpack: true } };
const start = (kind: string) => nothing.after(startVisit, { kind, officerIds, divisionCode: '621224112' }, ready);

const started = start('HOUSEHOLD');
const scenic = start('SCENIC_AREA');
const planned = nothing.after(
  planVisit,
  { kind: 'VILLAGE', officerIds, divisionCode: '621224112', plannedFor: '2022-10-20' },
  { facts: crew },
);
const subjectId = idFor('resident', 'elder');
const known = { facts: true };
const stateOf = (given: Given) => given.state as Visit;

/** Everything that can happen on a visit to a household. */
const HAPPENINGS: readonly (readonly [string, AnyCommand, object])[] = [
  ['a note', recordNote, { text: '老人独居，身份证已过期' }],
  ['material', distributeMaterial, { topic: 'ANTI_FRAUD', quantity: 30, audience: 12 }],
  ['covers', giveHukouCover, { quantity: 2 }],
  ['contact cards', giveContactCard, { quantity: 5 }],
  ['a briefing', holdBriefing, { topic: 'GUNS_EXPLOSIVES', audienceCount: 85, durationMin: 20 }],
  ['a verification', verifyResidentInfo, { subjectId, fieldsVerified: ['ADDRESS'], result: 'MATCH' }],
  ['a gift', offerGift, { description: '两瓶饮料和一些水果' }],
];

describe.each(HAPPENINGS)('%s', (_name, command, input) => {
  it('is recorded while the visit is under way', () => {
    const events = started.when(command, input, known);
    expect(events).toHaveLength(1);
    expect(deviationsOf(events[0])).toEqual([]);
  });

  it('waits for the visit to start', () => {
    expect(planned.refuses(command, input, known)).toEqual(['VISIT_NOT_STARTED']);
    const begun = planned.after(startPlannedVisit, { officerIds }, ready);
    expect(begun.when(command, input, known)).toHaveLength(1);
  });

  it('is recorded after the end too, as a deviation', () => {
    for (const ended of [started.after(completeVisit, {}), started.after(abandonVisit, { reason: 'ROAD' })])
      expect(deviationsOf(ended.when(command, input, known)[0])).toEqual(['RECORDED_AFTER_END']);
  });

  it('can be recorded by an auxiliary', () => {
    expect(command.roles).toContain('AUXILIARY');
  });
});

describe('what was carried out', () => {
  it('adds up', () => {
    const after = HAPPENINGS.reduce((given, [, command, input]) => given.after(command, input, known), started)
      .after(giveHukouCover, { quantity: 3 })
      .after(distributeMaterial, { topic: 'ILLEGAL_FISHING', quantity: 1 });
    expect(after.state).toMatchObject({
      notes: [{ text: '老人独居，身份证已过期' }],
      hukouCovers: 5,
      contactCards: 5,
      materials: [
        { topic: 'ANTI_FRAUD', quantity: 30, audience: 12 },
        { topic: 'ILLEGAL_FISHING', quantity: 1 },
      ],
      briefings: [{ topic: 'GUNS_EXPLOSIVES', audienceCount: 85, durationMin: 20 }],
      verifications: [{ subjectId, fieldsVerified: ['ADDRESS'], result: 'MATCH' }],
    });
  });

  it('says of covers that nothing was charged', () => {
    expect(started.when(giveHukouCover, { quantity: 2 })).toEqual([
      { type: 'HukouCoverGiven', data: { quantity: 2, feeFen: 0 } },
    ]);
    const { stored } = visitEvents.HukouCoverGiven;
    expect(stored.parse({ quantity: 2 })).toEqual({ quantity: 2 });
    expect(() => stored.parse({ quantity: 2, feeFen: 500 })).toThrow();
  });

  it.each([
    [distributeMaterial, { topic: 'ANTI_FRAUD', quantity: 0 }],
    [distributeMaterial, { topic: 'LOTTERY', quantity: 1 }],
    [giveHukouCover, { quantity: 0 }],
    [giveHukouCover, { quantity: 1, feeFen: 500 }],
    [giveContactCard, { quantity: -1 }],
    [holdBriefing, { topic: 'ANTI_FRAUD', audienceCount: 0, durationMin: 20 }],
    [holdBriefing, { topic: 'ANTI_FRAUD', audienceCount: 3, durationMin: 0 }],
    [verifyResidentInfo, { subjectId, fieldsVerified: [], result: 'MATCH' }],
  ] as const)('counts nothing that is nothing (%#)', (command, input) => {
    expect(started.refuses(command, input, known)).toEqual(['INPUT_INVALID']);
  });

  it('is about residents who are registered', () => {
    const verification = { subjectId, fieldsVerified: ['PHONE'], result: 'MISMATCH' };
    expect(started.refuses(verifyResidentInfo, verification, { facts: false })).toEqual(['RESIDENT_UNKNOWN']);
    expect(started.refuses(recordNote, { text: '有事外出', subjectId }, { facts: false })).toEqual([
      'RESIDENT_UNKNOWN',
    ]);
  });
});

describe('a scenic area', () => {
  it('takes briefings, leaflets and notes without anyone in them', () => {
    expect(scenic.when(holdBriefing, { topic: 'ANTI_FRAUD', audienceCount: 85, durationMin: 15 })).toHaveLength(1);
    expect(scenic.when(recordNote, { text: '游客较多，秩序良好' }, known)).toHaveLength(1);
  });

  it('takes nothing personal', () => {
    const verification = { subjectId, fieldsVerified: ['NAME'], result: 'MATCH' };
    expect(scenic.refuses(verifyResidentInfo, verification, known)).toEqual(['PERSONAL_DATA_ON_SCENIC_VISIT']);
    const about = { text: '游客走失', subjectId };
    expect(scenic.refuses(recordNote, about, known)).toEqual(['PERSONAL_DATA_ON_SCENIC_VISIT']);
    const number = { text: '游客身份证号 621299198507120024' };
    expect(scenic.refuses(recordNote, number, known)).toEqual(['PERSONAL_DATA_ON_SCENIC_VISIT']);
    expect(scenic.refuses(offerGift, { description: '送水果，电话 13812345678' })).toEqual([
      'PERSONAL_DATA_ON_SCENIC_VISIT',
    ]);
    expect(started.when(recordNote, number, known)).toHaveLength(1);
  });
});

describe('a gift', () => {
  const giftId = someId('fruit');
  const offered = started.after(offerGift, { giftId, description: '两瓶饮料和一些水果', estValueFen: 2000 });

  it('keeps the visit from ending until it is disposed of', () => {
    expect(offered.refuses(completeVisit, {})).toEqual(['GIFT_UNDISPOSED']);
    expect(offered.refuses(abandonVisit, { reason: 'CALLED_AWAY' })).toEqual(['GIFT_UNDISPOSED']);
    const declined = offered.after(disposeOfGift, { giftId, disposition: 'DECLINED' });
    expect(declined.when(completeVisit, {})).toEqual([{ type: 'VisitCompleted', data: {} }]);
  });

  it.each([
    ['DECLINED', 'GiftDeclined'],
    ['RETURNED', 'GiftReturned'],
    ['HANDED_IN', 'GiftHandedIn'],
  ])('that was %s is %s, once', (disposition, type) => {
    expect(offered.when(disposeOfGift, { giftId, disposition })).toEqual([{ type, data: { giftId } }]);
    const disposed = offered.after(disposeOfGift, { giftId, disposition });
    expect(stateOf(disposed).gifts).toEqual([{ giftId, estValueFen: 2000, disposition }]);
    expect(disposed.refuses(disposeOfGift, { giftId, disposition: 'RETURNED' })).toEqual(['GIFT_ALREADY_DISPOSED']);
    // No other input would do either.
    expect(disposeOfGift.guard?.(stateOf(disposed), guardContext(disposed.id))).toHaveLength(1);
  });

  it('is never kept', () => {
    expect(offered.refuses(disposeOfGift, { giftId, disposition: 'KEPT' })).toEqual(['INPUT_INVALID']);
  });

  it('is one that was offered, each with an id of its own', () => {
    const input = { giftId: someId('tea'), disposition: 'DECLINED' };
    expect(started.refuses(disposeOfGift, input)).toEqual(['GIFT_UNKNOWN']);
    expect(offered.refuses(disposeOfGift, input)).toEqual(['GIFT_UNKNOWN']);
    expect(offered.refuses(offerGift, { giftId, description: '茶叶' })).toEqual(['GIFT_ID_TAKEN']);
    const both = offered.after(offerGift, { description: '茶叶' });
    expect(new Set(stateOf(both).gifts.map(gift => gift.giftId)).size).toBe(2);
    const one = both.after(disposeOfGift, { giftId, disposition: 'DECLINED' });
    expect(one.refuses(completeVisit, {})).toEqual(['GIFT_UNDISPOSED']);
  });

  it('that comes to light after the end is disposed of all the same, as a deviation', () => {
    const late = started.after(completeVisit, {}).after(offerGift, { giftId, description: '茶叶' });
    const [event] = late.when(disposeOfGift, { giftId, disposition: 'HANDED_IN' });
    expect(event?.type).toBe('GiftHandedIn');
    expect(deviationsOf(event)).toEqual(['RECORDED_AFTER_END']);
  });
});

describe('the fold', () => {
  it('takes any part of a history', () => {
    const part = nothing.events(
      { type: 'GiftDeclined', data: { giftId: someId('fruit') } },
      { type: 'HukouCoverGiven', data: { quantity: 2 } },
      { type: 'VisitCompleted', data: {} },
    );
    expect(part.state).toMatchObject({ status: 'COMPLETED', hukouCovers: 2, gifts: [] });
    expect(visit.orgUnitOf(stateOf(part))).toBeUndefined();
  });
});
