import { describe, expect, it } from 'vitest';
import { copyControl, isControlThere } from '../../src/policies/control/copyControl.js';
import { ControlLost, ControlNotThere } from '../../src/policies/control/errors.js';
import { openControl } from '../../src/policies/control/openControl.js';
import {
  type Change,
  type Checkpoint,
  type ControlStore,
  NOTHING_AHEAD,
  type Timer,
} from '../../src/policies/control/port.js';

export interface ControlPlaces {
  /** A place where no control store was ever made. */
  readonly newPlace: () => string | Promise<string>;
  /** Makes it one of a later program. */
  readonly makeNewer: (place: string) => Promise<void>;
  /** What errors name. */
  readonly shown: (place: string) => string;
}

const OCTOBER = '2022-10-29T16:00:00.000Z';
const NOVEMBER = '2022-11-28T16:00:00.000Z';
const DECEMBER = '2022-12-31T16:00:00.000Z';

const id = (streamId: string, key = 'term') => ({ policy: 'p', streamId, key });
const set = (streamId: string, dueAt: string, key?: string): Change => ({
  ...id(streamId, key),
  set: { dueAt, orgUnitId: 'orgunit-1' },
});
const timer = (streamId: string, dueAt: string, key?: string): Timer => ({
  ...id(streamId, key),
  dueAt,
  tryAt: dueAt,
  orgUnitId: 'orgunit-1',
});
const checkpoint = (position: string, policy = 'p'): Checkpoint => ({ policy, version: 1, position });

/** What every control store keeps, whatever it is on. */
export function itIsAControlStore({ newPlace, makeNewer, shown }: ControlPlaces): void {
  const opened: ControlStore[] = [];
  const open = async (place?: string): Promise<ControlStore> => {
    const control = await openControl(place ?? (await newPlace()));
    opened.push(control);
    return control;
  };
  /** Taken over, with the policy `p` before the first event. */
  const begun = async (place?: string) => {
    const control = await open(place);
    const epoch = await control.takeOver();
    await control.beginAnew(epoch, 'p', 1);
    return { control, epoch };
  };

  describe('a control store', () => {
    it('moves checkpoint and timers together', async () => {
      const { control, epoch } = await begun();
      await control.advance(epoch, [checkpoint('0')], '7', [set('a-1', NOVEMBER), set('a-2', OCTOBER)]);
      expect(await control.readAll()).toEqual({
        checkpoints: [checkpoint('7')],
        timers: [timer('a-1', NOVEMBER), timer('a-2', OCTOBER)],
      });
      await control.advance(epoch, [checkpoint('7')], '9', [set('a-1', DECEMBER), id('a-2'), id('a-3')]);
      expect(await control.readAll()).toEqual({ checkpoints: [checkpoint('9')], timers: [timer('a-1', DECEMBER)] });
      await control.close();
    });

    it('writes nothing when a checkpoint is elsewhere, or of another version', async () => {
      const { control, epoch } = await begun();
      await control.beginAnew(epoch, 'q', 1);
      const before = await control.readAll();
      for (const from of [checkpoint('3', 'q'), { ...checkpoint('0', 'q'), version: 2 }])
        await expect(
          control.advance(epoch, [checkpoint('0'), from], '7', [set('a-1', OCTOBER)]),
        ).rejects.toBeInstanceOf(ControlLost);
      expect(await control.readAll()).toEqual(before);
      await control.close();
    });

    it('refuses every write of who was taken over from', async () => {
      const place = await newPlace();
      const { control: former, epoch } = await begun(place);
      await former.advance(epoch, [checkpoint('0')], '7', [set('a-1', OCTOBER)]);
      const next = await open(place);
      const nextEpoch = await next.takeOver();
      expect(nextEpoch).toBeGreaterThan(epoch);
      const before = await next.readAll();
      const writes = [
        former.advance(epoch, [checkpoint('7')], '9', [id('a-1')]),
        former.advance(epoch, [], '9', [set('a-9', OCTOBER)]),
        former.drop(epoch, [timer('a-1', OCTOBER)]),
        former.postpone(epoch, timer('a-1', OCTOBER), NOVEMBER),
        former.beginAnew(epoch, 'p', 1),
      ];
      for (const write of await Promise.allSettled(writes))
        expect(write).toMatchObject({ status: 'rejected', reason: expect.any(ControlLost) });
      expect(await next.readAll()).toEqual(before);
      await next.advance(nextEpoch, [checkpoint('7')], '9', []);
      await former.close();
      await next.close();
    });

    it('tells what is due, the longest due first', async () => {
      const { control, epoch } = await begun();
      expect(await control.outlook(['p'])).toEqual(NOTHING_AHEAD);
      const changes = [set('a-1', NOVEMBER), set('a-2', OCTOBER), set('a-3', DECEMBER), set('a-2', NOVEMBER, 'other')];
      await control.advance(epoch, [checkpoint('0')], '4', changes);
      expect(await control.outlook(['p'])).toEqual({ nextTryAt: OCTOBER, postponedSince: undefined });
      expect(await control.due(['p'], '2022-10-29T15:59:59.999Z', 10)).toEqual([]);
      const due = [timer('a-2', OCTOBER), timer('a-1', NOVEMBER), timer('a-2', NOVEMBER, 'other')];
      expect(await control.due(['p'], NOVEMBER, 10)).toEqual(due);
      expect(await control.due(['p'], NOVEMBER, 2)).toEqual(due.slice(0, 2));
      expect(await control.countTimers()).toEqual(new Map([['p', 4]]));
      await control.close();
    });

    it('drops a timer, unless it was set anew meanwhile', async () => {
      const { control, epoch } = await begun();
      await control.advance(epoch, [checkpoint('0')], '2', [set('a-1', OCTOBER), set('a-2', OCTOBER)]);
      await control.advance(epoch, [checkpoint('2')], '3', [set('a-2', NOVEMBER)]);
      await control.drop(epoch, [timer('a-1', OCTOBER), timer('a-2', OCTOBER)]);
      expect((await control.readAll()).timers).toEqual([timer('a-2', NOVEMBER)]);
      await control.close();
    });

    it('looks at a timer later, at the same due moment', async () => {
      const { control, epoch } = await begun();
      await control.advance(epoch, [checkpoint('0')], '2', [set('a-1', OCTOBER)]);
      await control.postpone(epoch, timer('a-1', OCTOBER), NOVEMBER);
      expect(await control.due(['p'], OCTOBER, 10)).toEqual([]);
      expect(await control.due(['p'], NOVEMBER, 10)).toEqual([{ ...timer('a-1', OCTOBER), tryAt: NOVEMBER }]);
      expect(await control.outlook(['p'])).toEqual({ nextTryAt: NOVEMBER, postponedSince: OCTOBER });
      await control.advance(epoch, [checkpoint('2')], '3', [set('a-1', DECEMBER)]);
      expect(await control.outlook(['p'])).toEqual({ nextTryAt: DECEMBER, postponedSince: undefined });
      await control.close();
    });

    it('leaves alone what a policy waits for that is not asked for', async () => {
      const { control, epoch } = await begun();
      const ofOther = { ...set('a-1', OCTOBER), policy: 'of-another-release' };
      await control.advance(epoch, [checkpoint('0')], '2', [ofOther, set('a-2', NOVEMBER)]);
      expect(await control.due(['p'], DECEMBER, 10)).toEqual([timer('a-2', NOVEMBER)]);
      expect((await control.outlook(['p'])).nextTryAt).toBe(NOVEMBER);
      expect((await control.outlook(['of-another-release', 'p'])).nextTryAt).toBe(OCTOBER);
      await control.close();
    });

    it('begins one policy anew, and leaves the others', async () => {
      const { control, epoch } = await begun();
      await control.beginAnew(epoch, 'q', 1);
      const ofOther = { ...set('a-1', OCTOBER), policy: 'q' };
      await control.advance(epoch, [checkpoint('0'), checkpoint('0', 'q')], '2', [set('a-1', OCTOBER), ofOther]);
      await control.beginAnew(epoch, 'p', 2);
      expect(await control.readAll()).toEqual({
        checkpoints: [{ ...checkpoint('0'), version: 2 }, checkpoint('2', 'q')],
        timers: [{ ...timer('a-1', OCTOBER), policy: 'q' }],
      });
      await control.close();
    });

    it('lets go of everything when it is told to, whoever has it', async () => {
      const { control, epoch } = await begun();
      await control.advance(epoch, [checkpoint('0')], '2', [set('a-1', OCTOBER)]);
      await control.forgetAll();
      expect(await control.readAll()).toEqual({ checkpoints: [], timers: [] });
      await expect(control.beginAnew(epoch, 'p', 1)).rejects.toBeInstanceOf(ControlLost);
      await control.close();
    });

    it('is there again after it was closed, with all that was written', async () => {
      const place = await newPlace();
      const { control, epoch } = await begun(place);
      const landmark = { position: '12/7', streamId: 'a-1', revision: 3, eventId: 'e', recordedAt: OCTOBER };
      await control.advance(epoch, [checkpoint('0')], '12/7', [set('a-1', OCTOBER)], landmark);
      expect(await control.checkpoints()).toEqual([{ ...checkpoint('12/7'), landmark }]);
      const before = await control.readAll();
      await control.close();
      const again = await open(place);
      expect(await again.readAll()).toEqual(before);
      await again.close();
    });

    it('of a newer program is left alone', async () => {
      const place = await newPlace();
      await (await open(place)).close();
      await makeNewer(place);
      await expect(openControl(place)).rejects.toThrow(
        `${shown(place)}: is a control store of version 9, and this program knows version 1; use the program that wrote it`,
      );
    });
  });

  describe('a copy of a control store', () => {
    it('holds the same, timers by the thousand too', async () => {
      const [place, other] = [await newPlace(), await newPlace()];
      const { control, epoch } = await begun(place);
      const changes = Array.from({ length: 2_500 }, (_, index) => set(`a-${String(index).padStart(4, '0')}`, OCTOBER));
      await control.advance(epoch, [checkpoint('0')], '2500', changes);
      expect(await copyControl(place, other)).toBe(2_500);
      const copy = await open(other);
      expect(await copy.readAll()).toEqual(await control.readAll());
      await copy.close();
      await control.close();
    });

    it('for a log with other places begins with the first event', async () => {
      const [place, other] = [await newPlace(), await newPlace()];
      const { control, epoch } = await begun(place);
      await control.advance(epoch, [checkpoint('0')], '700/700', [set('a-1', OCTOBER)]);
      await copyControl(place, other, false);
      const copy = await open(other);
      expect(await copy.readAll()).toEqual({ checkpoints: [checkpoint('0')], timers: [timer('a-1', OCTOBER)] });
      await copy.close();
      await control.close();
    });

    it('is made of one that is there, and nothing is made where there is none', async () => {
      const [nowhere, other] = [await newPlace(), await newPlace()];
      expect(await copyControl(nowhere, other)).toBeUndefined();
      expect(await isControlThere(nowhere)).toBe(false);
      await expect(openControl(nowhere, { make: false })).rejects.toBeInstanceOf(ControlNotThere);
      await expect(openControl(other, { make: false })).rejects.toBeInstanceOf(ControlNotThere);
      const { control } = await begun(nowhere);
      expect(await isControlThere(nowhere)).toBe(true);
      await control.close();
    });
  });
}
