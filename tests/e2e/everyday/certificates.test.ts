import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

describe('a certificate in place of one with a defect', () => {
  let satchel: TestSatchel;
  let door: Doorstep;
  let defective: string;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    door = await doorstep(satchel, await sampleStation(satchel));
    defective = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId: defective });
    await produce(door, defective);
    await door.do('loadIntoBackpack', { certificateId: defective });
  });
  afterAll(() => satchel.close());

  const application = (input: object = {}) => ({
    certType: 'ID_CARD',
    reason: 'ERROR',
    applicantId: door.liu,
    replacesId: defective,
    ...input,
  });
  const replacing = async (replacesId: string) => {
    const query = 'query Q($id: ID) { certificates(replacesId: $id) { nodes { id replacesId replaces { status } } } }';
    return (await satchel.read(door.officer, query, { id: replacesId })).certificates.nodes;
  };

  it('deviates while that one is on its way', async () => {
    const { events } = await door.do('takeCertificateApplication', application());
    expect(events).toMatchObject([{ deviations: [{ rule: 'REPLACED_NOT_ENDED' }] }]);
    await door.do('cancelCertificate', { certificateId: events[0].streamId, reason: 'DUPLICATE' });
  });

  it('is linked to it, and found by it', async () => {
    await door.do('deliverCertificate', { certificateId: defective, visitId: await door.visit(), ...SIGNED });
    const id = newId('certificate');
    const { events } = await door.do('takeCertificateApplication', application({ id }));
    expect(events).toMatchObject([{ deviations: [] }]);
    expect(await replacing(defective)).toContainEqual({
      id,
      replacesId: defective,
      replaces: { status: 'DELIVERED' },
    });
    expect(await replacing(id)).toEqual([]);
  });

  it('is refused for what is not there, and for what is of another kind', async () => {
    const strange = application({ replacesId: newId('certificate') });
    expect(await door.refused('takeCertificateApplication', strange)).toEqual(['CERTIFICATE_UNKNOWN']);
    const book = application({ certType: 'HUKOU_BOOK' });
    expect(await door.refused('takeCertificateApplication', book)).toEqual(['REPLACES_ANOTHERS']);
  });

  it('keeps the day of its form when it is supplemented', async () => {
    const certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId, formDate: '2022-08-29' });
    await door.do('requestSupplement', { certificateId, reason: 'FORM' });
    expect(await door.refused('submitApplication', { certificateId, formDate: '2022-08-30' })).toEqual([
      'FORM_DATE_STANDS',
    ]);
    const { certificate } = await door.do(
      'submitApplication',
      { certificateId },
      'certificate { status formDate dueDate }',
    );
    expect(certificate).toEqual({ status: 'SUBMITTED', formDate: '2022-08-29', dueDate: '2022-10-28' });
  });
});
