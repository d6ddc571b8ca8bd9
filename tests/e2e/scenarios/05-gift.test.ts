import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const VISIT = `query Q($id: ID!) { visit(id: $id) { status gifts { giftId estValueFen disposition }
  history { totalCount nodes { type data } } allowedCommands { name reasons { code citation } } } }`;

describe('scenario 5: a gift', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;
  const giftId = crypto.randomUUID();

  const visit = async (personId = door.officer) => (await satchel.read(personId, VISIT, { id: visitId })).visit;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    visitId = await door.visit();
    await door.do('offerGift', { visitId, giftId, description: '样例：饮料和水果硬塞进背包', estValueFen: 3_500 });
  });
  afterAll(() => satchel.close());

  it('lets nobody end the visit with it in the bag', async () => {
    const before = await visit();
    expect(before.gifts).toEqual([{ giftId, estValueFen: 3_500, disposition: null }]);
    expect(await door.refused('completeVisit', { visitId })).toEqual(['GIFT_UNDISPOSED']);
    expect(await door.refused('abandonVisit', { visitId, reason: 'OTHER' })).toEqual(['GIFT_UNDISPOSED']);
    expect(await visit()).toEqual(before);
    const complete = before.allowedCommands.find(({ name }: Anything) => name === 'completeVisit');
    expect(complete.reasons).toEqual([{ code: 'GIFT_UNDISPOSED', citation: 'Police Law art. 22(9)' }]);
  });

  it('is declined, and shown to who checks', async () => {
    await door.do('disposeOfGift', { visitId, giftId, disposition: 'DECLINED' });
    for (const personId of [door.officer, door.chief, people.countyChief, people.auditor]) {
      const seen = await visit(personId);
      expect(seen.gifts).toEqual([{ giftId, estValueFen: 3_500, disposition: 'DECLINED' }]);
      expect(seen.history.nodes.map(({ type }: Anything) => type)).toEqual([
        'VisitStarted',
        'GiftOffered',
        'GiftDeclined',
      ]);
      expect(JSON.stringify(seen)).not.toContain('饮料');
    }
    expect(await door.refused('disposeOfGift', { visitId, giftId, disposition: 'HANDED_IN' })).toEqual([
      'GIFT_ALREADY_DISPOSED',
    ]);
    await door.do('completeVisit', { visitId });
    expect((await visit()).status).toBe('COMPLETED');
  });
});
