import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedEvent } from '../eventstore/port.js';
import { comparePositions, countedIn, type Position, START } from '../kernel/position.js';
import { hasLandmark, type Landmark, landmarkOf } from '../projections/history.js';
import { type Change, type Checkpoint, NOTHING_AHEAD, type Outlook, type Timer } from './control/port.js';
import { fireOrFail } from './fire.js';
import type { PolicyRunnerOptions } from './options.js';
import { changesFrom } from './takeIn.js';

const BATCH_SIZE = 500;
/** A place without changes is written this seldom: to come that far again costs little. */
const SAVE_EVERY_MS = 60_000;
/** Timers that are dropped together once they have been fired. */
const FIRED_TOGETHER = 50;
/** A timer that cannot be fired, as when its stream cannot be read, is looked at again after so long. */
const TRY_AGAIN_AFTER_MS = 3_600_000;

/** Work with the control store from when it was taken over until someone else takes it over: every write says the epoch. */
export class Tenure {
  /** As stored. */
  private checkpoints: readonly Checkpoint[] = [];
  /** Up to where the events are taken in; what is stored may be behind, by events that set nothing. */
  position: Position = START;
  /** The last event that was taken in here: behind `position` where other nouns have the rest. */
  private last: Landmark | undefined;
  outlook: Outlook = NOTHING_AHEAD;
  private savedAt = 0;

  private constructor(
    private readonly options: PolicyRunnerOptions,
    private readonly epoch: number,
    private readonly onGoingOn: () => void,
  ) {}

  static async begin(options: PolicyRunnerOptions, onGoingOn: () => void): Promise<Tenure> {
    const tenure = new Tenure(options, await options.control.takeOver(), onGoingOn);
    await tenure.load();
    return tenure;
  }

  private async load(): Promise<void> {
    const { control, policies } = this.options;
    const stored = new Map((await control.checkpoints()).map(checkpoint => [checkpoint.policy, checkpoint]));
    const checkpoints: Checkpoint[] = [];
    for (const { name, version } of policies) {
      const found = stored.get(name);
      if (found?.version === version && (await this.isOfThisLog(found))) checkpoints.push(found);
      else {
        // New, changed, or of another log: it reads this one from its first event.
        await control.beginAnew(this.epoch, name, version);
        checkpoints.push({ policy: name, version, position: START });
      }
    }
    this.checkpoints = checkpoints;
    this.position = lowest(checkpoints);
    this.last = undefined;
    await this.lookAhead();
  }

  private async lookAhead(): Promise<void> {
    this.outlook = await this.options.control.outlook(this.names);
  }

  private get names(): readonly string[] {
    return this.options.policies.map(({ name }) => name);
  }

  /**
   * Whether the event up to which it came is there: another log, or one that was put back and has grown since, has some
   * other at the same place, or none.
   */
  private async isOfThisLog({ position, landmark }: Checkpoint): Promise<boolean> {
    if (position === START) return true;
    return landmark !== undefined && hasLandmark(this.options.commands.store, landmark);
  }

  /** Takes in what was recorded; the log is read in slices, so that requests are served beside it. */
  async takeIn(signal: AbortSignal): Promise<void> {
    const { commands, policies } = this.options;
    const head = await commands.store.head();
    // Put back from an older copy while this process ran.
    if (!isOfLog(this.position, head)) await this.load();
    if (comparePositions(this.position, head) >= 0) return;
    const categories = [...new Set(policies.map(({ category }) => category))];
    for await (const batch of commands.store.readAll({ after: this.position, categories, batchSize: BATCH_SIZE })) {
      await this.take(batch);
      this.onGoingOn();
      if (signal.aborted) return;
    }
    // Nothing of these nouns was left up to there.
    if (comparePositions(head, this.position) > 0) this.position = head;
    if (performance.now() - this.savedAt > SAVE_EVERY_MS) await this.save();
  }

  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    const after = new Map(this.checkpoints.map(({ policy, position }) => [policy, position]));
    const changes = this.options.policies.flatMap(policy => changesFrom(policy, after.get(policy.name)!, batch));
    const to = landmarkOf(batch.at(-1)!);
    if (changes.length > 0) {
      await this.advance(to, changes);
      await this.lookAhead();
    }
    this.last = to;
    this.position = to.position;
  }

  /** Writes how far it has come: up to an event that it knows again, since the place of one of another noun shows nothing. */
  async save(): Promise<void> {
    if (this.last) await this.advance(this.last, []);
  }

  private async advance(landmark: Landmark, changes: readonly Change[]): Promise<void> {
    const { position } = landmark;
    const behind = this.checkpoints.filter(each => comparePositions(each.position, position) < 0);
    await this.options.control.advance(this.epoch, behind, position, changes, landmark);
    this.checkpoints = this.checkpoints.map(each => (behind.includes(each) ? { ...each, position, landmark } : each));
    this.savedAt = performance.now();
  }

  /**
   * Fires what is due by now. An event is recorded before its timer is dropped: a crash in between fires again, and the
   * same command records nothing twice.
   */
  async fireDue(signal: AbortSignal): Promise<void> {
    const { control, commands } = this.options;
    for (let conflicts = 0; conflicts === 0 && !signal.aborted; ) {
      const timers = await control.due(this.names, commands.clock.now().toISOString(), FIRED_TOGETHER);
      if (timers.length > 0) conflicts = await this.fireAll(timers, signal);
      await this.lookAhead();
      if (timers.length === 0) return;
    }
  }

  /** How many are to be fired again, since others were faster. */
  private async fireAll(timers: readonly Timer[], signal: AbortSignal): Promise<number> {
    const done: Timer[] = [];
    let conflicts = 0;
    try {
      for (const timer of timers) {
        if (signal.aborted) break;
        const fired = await fireOrFail(this.options, timer);
        if (fired === 'conflict') conflicts++;
        else if (fired === 'failed') await this.postpone(timer);
        else done.push(timer);
        this.onGoingOn();
        // Requests are served in between.
        await nextTurn();
      }
    } finally {
      if (done.length > 0) await this.options.control.drop(this.epoch, done);
    }
    return conflicts;
  }

  private postpone(timer: Timer): Promise<void> {
    const { control, commands } = this.options;
    const again = new Date(commands.clock.now().getTime() + TRY_AGAIN_AFTER_MS);
    return control.postpone(this.epoch, timer, again.toISOString());
  }
}

/** Whether it can be a place in a log that ends there: one of another store, or behind its end, is not. */
const isOfLog = (position: Position, head: Position): boolean =>
  position === START || (countedIn(position) === countedIn(head) && comparePositions(position, head) <= 0);

const lowest = (checkpoints: readonly Checkpoint[]): Position =>
  checkpoints.reduce(
    (low, { position }) => (comparePositions(position, low) < 0 ? position : low),
    checkpoints[0]?.position ?? START,
  );
