import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../eventstore/errors.js';
import { type Position, START } from '../kernel/position.js';
import type { Term } from '../projections/leadership.js';
import { OutageBackoff } from '../projections/outageBackoff.js';
import { ControlLost } from './control/errors.js';
import { NOTHING_AHEAD, type Outlook } from './control/port.js';
import type { PolicyRunnerOptions } from './options.js';
import { Tenure } from './tenure.js';

export interface PolicyStatus extends Outlook {
  /** Whether they are run here, and not by another process. */
  readonly running: boolean;
  /** Up to where their events have been taken in. */
  readonly position: Position;
  /** Why they do not go on for now. */
  readonly heldUp: string | undefined;
  /** Seconds since they last went on; they look every second. */
  readonly silentFor: number;
}

/** The control store, in one term of this process. */
interface Held {
  readonly term: Term;
  readonly tenure: Tenure;
  /** Aborts when the term is over, or this process stops. */
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 1_000;
/** A store that hangs is asked for longer than whoever ends the process waits. */
const LONGEST_END_MS = 3_000;

/**
 * Runs the policies while this process leads: takes in the events that they follow, keeps what is to come in the control
 * store, and gives the commands that are due. It follows the log by itself: what becomes of the read models, when they
 * are built anew too, is nothing to it.
 */
export class PolicyRunner {
  private readonly abort = new AbortController();
  private readonly backoff = new OutageBackoff();
  private running: Promise<void> = Promise.resolve();
  /** Settles when whoever runs them now is through. */
  private turn: Promise<unknown> = Promise.resolve();
  private held: Held | undefined;
  private heldUp: string | undefined;
  private wentOnAt = performance.now();

  constructor(private readonly options: PolicyRunnerOptions) {}

  /** Begins to follow the log, whenever this process leads. */
  start(): void {
    this.running = this.follow();
  }

  /**
   * Ends after the command under way, or within seconds without it: it is given again by whoever leads next, and the
   * same command records nothing twice.
   */
  async stop(): Promise<void> {
    this.abort.abort();
    const ended = new AbortController();
    const patience = delay(LONGEST_END_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    await Promise.race([this.end(), patience]);
    ended.abort();
    this.held = undefined;
  }

  private async end(): Promise<void> {
    await this.running;
    await this.held?.tenure.save().catch(() => undefined);
  }

  status(): PolicyStatus {
    const { held, heldUp } = this;
    return {
      running: held !== undefined,
      position: held?.tenure.position ?? START,
      ...(held?.tenure.outlook ?? NOTHING_AHEAD),
      heldUp,
      silentFor: (performance.now() - this.wentOnAt) / 1_000,
    };
  }

  /**
   * Takes in what was recorded, and tells when the next timer is due; undefined when none is, or another process leads.
   * @throws what the stores throw
   */
  async catchUp(): Promise<Date | undefined> {
    const held = await this.hold();
    await held?.tenure.takeIn(held.signal);
    const { nextTryAt } = held?.tenure.outlook ?? NOTHING_AHEAD;
    return nextTryAt === undefined ? undefined : new Date(nextTryAt);
  }

  /** Takes in what was recorded, and fires what is due by now. @throws what the stores throw */
  async pass(): Promise<void> {
    const due = await this.catchUp();
    if (due !== undefined && due <= this.options.commands.clock.now())
      await this.held?.tenure.fireDue(this.held.signal);
  }

  /** Has them run by someone else for a while, as under a clock of its own: they do not run by themselves beside it. */
  byHand<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(work);
    this.turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  private async follow(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      let wait = LOOK_EVERY_MS;
      try {
        await this.byHand(() => this.pass());
        this.heldUp = undefined;
        this.goOn();
        this.backoff.progressed();
      } catch (error) {
        // Whoever has taken over the control store runs them now; if this process leads, it takes it over again.
        this.held = undefined;
        if (!(error instanceof ControlLost)) {
          this.beHeldUp(error as Error);
          wait = this.backoff.next();
        }
      }
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  private goOn(): void {
    this.wentOnAt = performance.now();
  }

  private beHeldUp(error: Error): void {
    // Left behind when it ended, with stores that are closed by now.
    if (this.abort.signal.aborted) return;
    // That the event store is away, whoever follows the log for the read models tells.
    if (this.heldUp !== error.message && !(error instanceof StoreUnavailable)) this.options.onError(error);
    this.heldUp = error.message;
  }

  /** The control store, taken over once in each term; nothing while another process leads. */
  private async hold(): Promise<Held | undefined> {
    const { leadership } = this.options;
    const term = leadership.leads ? await leadership.tryLead() : undefined;
    if (!term) this.held = undefined;
    else if (term !== this.held?.term) {
      const tenure = await Tenure.begin(this.options, () => this.goOn());
      this.held = { term, tenure, signal: AbortSignal.any([this.abort.signal, term.over]) };
    }
    return this.held;
  }
}
