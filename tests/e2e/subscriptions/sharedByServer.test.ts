import { withStation } from '../../harness/withStation.js';
import 'reflect-metadata';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ActivityType } from '../../../src/reporting/activity/activityType.js';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { registerOfficer, type SampleStation } from '../../harness/sampleStation.js';
import { type Subscriber, subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import type { TestSatchel } from '../../harness/testSatchel.js';

const QUERY = 'subscription ($after: Position) { activity(after: $after) { cursor type data } }';

describe('subscribers of one server', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;

  withStation(opened => {
    ({ satchel, people } = opened);
  }, '2022-08-30T02:00:00Z');
  beforeAll(async () => {
    door = await doorstep(satchel, people);
    visitId = await door.visit();
  });
  afterEach(() => void vi.restoreAllMocks());

  it('share one execution where question and rights are the same, whoever they are and however they came', async () => {
    const analysts = [people.analyst];
    while (analysts.length < 3)
      analysts.push(
        await registerOfficer(satchel, people, { name: '分析乙', orgUnitId: people.county, role: 'ANALYST' }),
      );
    const variables = { after: await satchel.services.store.head() };
    const open = (personId: string) =>
      TRANSPORTS.map(transport => subscribe(satchel, transport, personId, { query: QUERY, variables }));
    const same = await Promise.all(analysts.flatMap(open));
    const others: readonly Subscriber[] = await Promise.all([door.officer, people.countyChief].flatMap(open));
    const worked = vi.spyOn(ActivityType.prototype, 'data');
    await door.do('giveHukouCover', { visitId, quantity: 7 });
    const told = await Promise.all([...same, ...others].map(subscriber => subscriber.next(1)));
    for (const [payload] of told) expect(payload).toMatchObject({ type: 'HukouCoverGiven', data: { quantity: 7 } });
    // Of the analysts, of the officer and of the chief: one each, for ten subscribers.
    expect(worked).toHaveBeenCalledTimes(3);
    for (const subscriber of [...same, ...others]) await subscriber.close();
  });
});
