import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CaseEvents, caseEvents } from '../../harness/caseEvents.js';
import { beforeTheSession, doubaSession, type Happening, tell } from '../../harness/doubaMediation.js';
import type { MediationCase } from '../../harness/mediationCase.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

/** Events before the session. */
const BEFORE = 11;

const revisionsOf = (events: readonly Anything[]): number[] => events.map(({ event }) => event.revision);
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('scenario 1: the Douba mediation, as it happens', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let happenings: readonly Happening[];
  let told = 0;

  const goOn = async (count: number): Promise<void> => {
    await tell(satchel, held, happenings.slice(told, told + count));
    told += count;
  };
  /** Runs with a subscription that is closed in any case. */
  const following = async (after: string | undefined, run: (events: CaseEvents) => Promise<void>): Promise<void> => {
    const events = await caseEvents(satchel, people.officer, held.id, after);
    try {
      await run(events);
    } finally {
      await events.close();
    }
  };
  const cursorOf = async (revision: number): Promise<string> => {
    const { dispute } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { dispute(id: $id) { history(first: 100) { nodes { position revision } } } }',
      { id: held.id },
    );
    return dispute.history.nodes[revision].position;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    held = await beforeTheSession(satchel, people);
    happenings = doubaSession(held);
  });
  afterAll(() => satchel.close());

  it('tells what has happened, then what happens, without a gap or a repeat', async () => {
    await following(undefined, async events => {
      expect(revisionsOf(await events.next(BEFORE))).toEqual(upTo(0, BEFORE));
      const live = events.next(4);
      await goOn(4);
      const seen = await live;
      expect(revisionsOf(seen)).toEqual(upTo(BEFORE, BEFORE + 4));
      expect(seen.map(({ event }) => event.type)).toEqual(happenings.slice(0, 4).map(({ type }) => type));
      expect(seen[0]).toMatchObject({
        cursor: seen[0].event.position,
        event: { label: '开始调解', stateAfter: 'IN_MEDIATION' },
      });
    });
  });

  it('misses nothing that is recorded between the past and the present', async () => {
    const { store } = satchel.services;
    const readStream = store.readStream.bind(store);
    vi.spyOn(store, 'readStream').mockImplementationOnce(async function* (...which) {
      yield* readStream(...which);
      await goOn(4);
    });
    await following(undefined, async events => {
      expect(revisionsOf(await events.next(BEFORE + 8))).toEqual(upTo(0, BEFORE + 8));
    });
  });

  it('goes on behind the cursor that it is given', async () => {
    await following(await cursorOf(14), async events => {
      expect(revisionsOf(await events.next(4))).toEqual(upTo(15, 19));
      const live = events.next(1);
      await goOn(1);
      expect(revisionsOf(await live)).toEqual([19]);
    });
  });

  it('tells nothing twice to who has it all, and nothing of other cases', async () => {
    await following(await cursorOf(18), async events => {
      // Once it tells the past, what comes is heard.
      expect(revisionsOf(await events.next(1))).toEqual([19]);
      const live = events.next(1);
      await satchel.done(people.officer, 'reportDispute', {
        source: 'PROACTIVE',
        category: 'LAND',
        title: '山林界线纠纷',
        divisionCode: '621224110',
        parties: [{ subjectId: held.sideA, side: 'A' }],
        unknownSides: ['B'],
      });
      await goOn(1);
      const [event] = await live;
      expect(event.event).toMatchObject({ revision: 20, type: happenings[9]?.type });
    });
  });

  it('is told goodbye when the server goes, and goes on where it was when it is back', async () => {
    const events = await caseEvents(satchel, people.officer, held.id, await cursorOf(18));
    const seen = await events.next(2);
    expect(revisionsOf(seen)).toEqual([19, 20]);
    const ending = events.rest().catch(error => JSON.stringify(error));
    await satchel.restart();
    expect(await ending).toContain('SHUTTING_DOWN');
    expect(await ending).toContain(`"cursor":"${seen.at(-1)?.cursor}"`);
    await events.close();
    await goOn(2);
    await following(seen.at(-1)?.cursor, async again => {
      expect(revisionsOf(await again.next(2))).toEqual([21, 22]);
      const live = again.next(happenings.length - told);
      await goOn(happenings.length - told);
      const last = await live;
      expect(revisionsOf(last)).toEqual(upTo(23, BEFORE + happenings.length));
      expect(last.at(-1)?.event).toMatchObject({ type: 'TranscriptSigned', stateAfter: 'AGREED' });
    });
  });

  it('masks what was said, and is not there for another station', async () => {
    const events = await caseEvents(satchel, people.auditor, held.id);
    const seen = await events.next(BEFORE + happenings.length);
    await events.close();
    const statement = seen.find(({ event }) => event.type === 'PartyStatementRecorded');
    expect(statement.event.data.text).toBe('［已封存］');
    expect(JSON.stringify(seen)).not.toContain('样例陈述');
    const foreign = await caseEvents(satchel, people.otherOfficer, held.id);
    await expect(foreign.next(1)).rejects.toThrow('NOT_FOUND');
    await foreign.close();
  });
});
