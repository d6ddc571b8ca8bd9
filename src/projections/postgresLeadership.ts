import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { changeTables } from '../database/differences.js';
import type { Session, SessionOptions } from '../database/postgres.js';
import type { ReadModel } from '../database/readModel.js';
import { type Leader, type Leadership, LeadershipLost, type News, type Term } from './leadership.js';
import {
  ensureLeaderTable,
  holdEpoch,
  NAME,
  raiseEpoch,
  readLeader,
  sayAlive,
  stepDown,
  tryLock,
} from './leaderTable.js';
import { NewsBox } from './newsBox.js';

/** How often the leader says that it is alive, and the others try to take over. */
const BEAT_MS = 1_000;
/** A leader that is silent for so long, since it was paused or cut off, loses the lead. */
const LEASE_MS = 5_000;
/** More than the next leader waits for a paused one's last transaction to be ended by the server. */
const ANSWER_MS = 2 * LEASE_MS;

/** Seconds. */
const LEASE = LEASE_MS / 1_000;

interface Shared {
  readonly db: ReadModel;
  readonly openSession: (options: SessionOptions) => Promise<Session>;
}

/**
 * The lead of a PostgreSQL database: a lock of a session, which the server ends when its process dies or is silent for
 * too long, and an epoch that each leader raises and every transaction holds, so that a former leader that does not
 * know yet cannot write.
 */
export async function postgresLeadership(shared: Shared): Promise<Leadership> {
  await changeTables(shared.db, ensureLeaderTable);
  return new PostgresLeadership(shared);
}

class PostgresTerm implements Term {
  private readonly end = new AbortController();
  readonly over = this.end.signal;

  constructor(
    readonly session: Session,
    readonly epoch: number,
  ) {
    session.over.addEventListener('abort', () => this.close(), { once: true });
    if (session.over.aborted) this.close();
  }

  close(): void {
    this.end.abort();
  }

  async fence(transaction: ReadModel, categories?: ReadonlySet<string>): Promise<void> {
    if (await holdEpoch(transaction, this.epoch, categories && [...categories].join())) return;
    this.close();
    throw new LeadershipLost('Another process leads');
  }
}

class PostgresLeadership implements Leadership {
  private readonly name = `${hostname()} (process ${process.pid})`;
  private readonly news = new NewsBox();
  private session: Session | undefined;
  private term: PostgresTerm | undefined;
  private mayTryAt = 0;
  private begun = 0;

  constructor(private readonly shared: Shared) {}

  get leads(): boolean {
    return this.term?.over.aborted === false;
  }

  get terms(): number {
    return this.begun;
  }

  async tryLead(): Promise<Term | undefined> {
    if (this.leads) return this.term;
    return this.onSession(async session => {
      this.mayTryAt = performance.now() + BEAT_MS;
      if (!(await tryLock(session))) return undefined;
      const term = new PostgresTerm(session, await raiseEpoch(session, this.name));
      this.term = term;
      this.begun++;
      void this.keepAlive(term);
      return term;
    });
  }

  async lead(signal: AbortSignal, onNews: (news: News) => Promise<void>): Promise<Term | undefined> {
    while (!signal.aborted) {
      const term = this.leads || performance.now() >= this.mayTryAt ? await this.tryLead() : undefined;
      if (term) return term;
      const news = await this.news.take(BEAT_MS, signal);
      if (!signal.aborted) await onNews(news);
    }
    return undefined;
  }

  async resign(): Promise<void> {
    const { term } = this;
    if (!term || term.over.aborted) return;
    term.close();
    await stepDown(term.session, term.epoch).catch(() => this.leave(term.session));
  }

  async leader(): Promise<Leader | undefined> {
    const row = await readLeader(this.shared.db);
    return row && { ...row, itself: this.leads && this.term?.epoch === row.epoch, alive: row.silentFor < LEASE };
  }

  async close(): Promise<void> {
    await this.resign();
    if (this.session) await this.leave(this.session);
  }

  private async keepAlive({ session, epoch, over }: PostgresTerm): Promise<void> {
    while (await pause(BEAT_MS, over))
      if (!(await sayAlive(session, epoch).catch(() => false))) void this.leave(session);
  }

  /** Works on the one session of this process; whatever goes wrong, the next one is a new one, and its lock is free. */
  private async onSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await work(await this.connected());
    } catch (error) {
      if (this.session) void this.leave(this.session);
      throw error;
    }
  }

  private async connected(): Promise<Session> {
    if (this.session?.over.aborted === false) return this.session;
    const session = await this.shared.openSession({ idleTimeoutMs: LEASE_MS, answerTimeoutMs: ANSWER_MS });
    this.session = session;
    await session.listen(NAME, told => this.hear(told));
    // Of what was told while nobody listened.
    this.news.put('missed');
    return session;
  }

  /** Categories of streams, or nothing when the leader has resigned. */
  private hear(told: string): void {
    if (told === '') {
      this.mayTryAt = 0;
      this.news.hurry();
    } else this.news.put(new Set(told.split(',')));
  }

  private async leave(session: Session): Promise<void> {
    await session.close().catch(() => undefined);
  }
}

/** False when the signal aborted it. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  delay(ms, true, { signal, ref: false }).catch(() => false);
