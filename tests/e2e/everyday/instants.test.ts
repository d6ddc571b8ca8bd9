import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DateTimeScalar } from '../../../src/graphql/scalars.js';
import { newUuid } from '../../../src/kernel/ids.js';
import { type MediationCase, scheduledCase } from '../../harness/mediationCase.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const SESSION = 'dispute { sessions { plannedFor } }';

describe('an instant that a client writes with its own offset', () => {
  let satchel: TestSatchel;
  let held: MediationCase;
  const commandId = newUuid();
  const asked = () => ({
    commandId,
    sessionId: held.sessionId,
    plannedFor: '2022-10-18T15:00:00+08:00',
    reason: 'PARTY_REQUEST',
  });

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-10-10T02:00:00Z');
    held = await scheduledCase(satchel, await sampleStation(satchel));
  });
  afterAll(() => satchel.close());

  it('is recorded and answered in UTC', async () => {
    const { dispute, events } = await held.do('rescheduleSession', asked(), SESSION);
    expect(dispute.sessions).toEqual([{ plannedFor: '2022-10-18T07:00:00.000Z' }]);
    const stored: unknown[] = [];
    for await (const batch of satchel.services.store.readStream(held.id)) stored.push(...batch);
    expect(stored.at(-1)).toMatchObject({
      revision: events[0].revision,
      data: { plannedFor: '2022-10-18T07:00:00.000Z' },
    });
  });

  it('is the same command again as it was sent, whose receipt knows what was typed', async () => {
    const { events } = await held.do('rescheduleSession', asked(), SESSION);
    expect(events).toMatchObject([{ type: 'SessionRescheduled' }]);
    const inUtc = { ...asked(), plannedFor: '2022-10-18T07:00:00Z' };
    expect(await held.refused('rescheduleSession', inUtc)).toEqual(['COMMAND_ID_REUSED']);
  });

  it('is answered in UTC, too, where it was recorded as it was typed', () => {
    expect(DateTimeScalar.serialize('2022-10-18T10:00:00+08:00')).toBe('2022-10-18T02:00:00.000Z');
    expect(DateTimeScalar.serialize('2022-10-18T02:00:00Z')).toBe('2022-10-18T02:00:00Z');
  });
});
