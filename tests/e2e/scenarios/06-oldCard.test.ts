import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const STATE = `query Q($id: ID!) { certificate(id: $id) { status oldCard holder { kind } history { totalCount } } }`;

describe('scenario 6: the old card', () => {
  let satchel: TestSatchel;
  let door: Doorstep;

  const state = async (id: string) => (await satchel.read(door.officer, STATE, { id })).certificate;
  /** A card at the door, with the visit on which it is to be handed over. */
  const atTheDoor = async (reason: string, certType = 'ID_CARD') => {
    const certificateId = await takeApplication(door, { reason, certType });
    await door.do('submitApplication', { certificateId, formDate: '2022-08-30' });
    await produce(door, certificateId);
    await door.do('loadIntoBackpack', { certificateId });
    return { certificateId, visitId: await door.visit(), ...SIGNED };
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    door = await doorstep(satchel, await sampleStation(satchel));
  });
  afterAll(() => satchel.close());

  it.each(['EXPIRED', 'DAMAGED', 'RENAME', 'ERROR'])(
    'comes back before the new one is handed over: %s',
    async reason => {
      const delivery = await atTheDoor(reason);
      const before = await state(delivery.certificateId);
      expect(await door.refused('deliverCertificate', delivery)).toEqual(['OLD_CARD_REQUIRED']);
      expect(
        await door.refused('waiveOldCard', { certificateId: delivery.certificateId, reason: 'NOT_FOUND' }),
      ).toEqual(['OLD_CARD_NOT_WAIVABLE']);
      expect(await state(delivery.certificateId)).toEqual(before);
      await door.do('surrenderOldCard', { certificateId: delivery.certificateId });
      await door.do('deliverCertificate', delivery);
      expect(await state(delivery.certificateId)).toMatchObject({ status: 'DELIVERED', oldCard: 'SURRENDERED' });
    },
  );

  it.each([
    ['ID_CARD', 'LOST'],
    ['ID_CARD', 'FIRST'],
    // The law asks for it of identity cards alone.
    ['HUKOU_BOOK', 'EXPIRED'],
    ['RESIDENCE_PERMIT', 'UNKNOWN'],
  ])('is not asked for where there is none: %s, %s', async (certType, reason) => {
    const delivery = await atTheDoor(reason, certType);
    const { events } = await door.do('deliverCertificate', delivery);
    expect(events).toMatchObject([{ type: 'CertificateDelivered', deviations: [] }]);
    expect(await state(delivery.certificateId)).toMatchObject({
      status: 'DELIVERED',
      oldCard: 'NOT_REQUIRED',
      holder: { kind: 'RECIPIENT' },
    });
  });

  it('may be waived, with a reason, where the law does not insist on it', async () => {
    const delivery = await atTheDoor('FIRST_GEN_VOID');
    expect(await door.refused('deliverCertificate', delivery)).toEqual(['OLD_CARD_REQUIRED']);
    await door.do('waiveOldCard', { certificateId: delivery.certificateId, reason: 'NOT_FOUND' });
    await door.do('deliverCertificate', delivery);
    expect(await state(delivery.certificateId)).toMatchObject({ status: 'DELIVERED', oldCard: 'WAIVED' });
  });
});
