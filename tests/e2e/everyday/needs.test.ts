import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

describe('a need that nobody has answered for', () => {
  let satchel: TestSatchel;
  let door: Doorstep;
  const needId = newId('need');

  const mine = async (): Promise<readonly { id: string }[]> =>
    (await satchel.read(door.officer, 'query Q { myDay { needs { nodes { id } } } }')).myDay.needs.nodes;

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-10', '09:00'));
    door = await doorstep(satchel, await sampleStation(satchel));
    await door.do('raiseNeed', { id: needId, category: 'OTHER', summary: '样例', originVisitId: await door.visit() });
  });
  afterAll(() => satchel.close());

  it('waits to be accepted again, once it is reopened', async () => {
    await door.do('declareUnresolvable', { needId, reason: 'OUT_OF_REACH' });
    const { need } = await door.do(
      'reopenNeed',
      { needId, reason: 'RECORDED_WRONGLY' },
      'need { status officer { id } allowedCommands { name allowed } }',
    );
    expect(need).toMatchObject({ status: 'RAISED', officer: null });
    expect(need.allowedCommands).toContainEqual({ name: 'acceptNeed', allowed: true });
    expect(await mine()).toEqual([]);
  });

  it('is then in the day of whoever accepts it', async () => {
    const { need } = await door.do('acceptNeed', { needId }, 'need { status officer { id } }');
    expect(need).toEqual({ status: 'ACCEPTED', officer: { id: door.officer } });
    expect(await mine()).toEqual([{ id: needId }]);
  });
});
