import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { comparePositions, type Position } from '../../../src/kernel/position.js';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { metricsAt } from '../../harness/metrics.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const GIFTS = `subscription ($after: Position) { activity(after: $after, types: ["HukouCoverGiven"]) { cursor data } }`;
const VISIT = 'subscription ($id: ID!) { caseEvents(id: $id) { cursor event { type } } }';

/** The cursor that an ending tells; anything else fails. */
const lastCursor = async (ending: Promise<unknown>): Promise<Position> => {
  const told = await ending.then(
    () => 'ended without a word',
    error => String(error.message),
  );
  expect(told).toContain('SHUTTING_DOWN');
  return /"cursor":"([^"]+)"/.exec(told)?.[1] as Position;
};

describe.each(TRANSPORTS)('a server that goes away, over %s', transport => {
  let satchel: TestSatchel;
  let door: Doorstep;
  let analyst: string;

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z');
    const people = await sampleStation(satchel);
    analyst = people.analyst;
    door = await doorstep(satchel, people);
  });
  afterAll(() => satchel.close());

  it('tells where to go on, though nothing had come yet', async () => {
    const visitId = await door.visit();
    const waiting = await subscribe(satchel, transport, analyst, { query: GIFTS });
    const ofVisit = await subscribe(satchel, transport, door.officer, { query: VISIT, variables: { id: visitId } });
    expect(await ofVisit.next(1)).toMatchObject([{ event: { type: 'VisitStarted' } }]);
    const seen = waiting.rest();
    const rest = ofVisit.rest();
    const open = async () => (await metricsAt(satchel.metricsUrl!)).get('satchel_subscribers');
    await vi.waitFor(async () => expect(await open()).toBe(2), { timeout: 10_000 });
    const head = await satchel.services.store.head();
    const cursors = Promise.all([lastCursor(seen), lastCursor(rest)]);
    await satchel.restart();
    const [after, ofVisitAfter] = await cursors;
    // It may still have been on its way there.
    expect(comparePositions(after, head)).toBeLessThanOrEqual(0);
    expect(ofVisitAfter).toBe(head);

    await door.do('giveHukouCover', { visitId, quantity: 7 });
    const again = await subscribe(satchel, transport, analyst, { query: GIFTS, variables: { after } });
    expect(await again.next(1)).toMatchObject([{ data: { quantity: 7, feeFen: 0 } }]);
    await Promise.all([again.close(), waiting.close(), ofVisit.close()]);
  });
});
