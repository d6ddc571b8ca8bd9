import { setMaxListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { StoreClosed, StoreMisconfigured } from '../errors.js';
import type { Address } from './address.js';
import { type Client, makeClient, readCertificates } from './client.js';
import { within } from './waiting.js';

/** The life of one client, which ends when it is distrusted or nobody needs it any more. */
export interface Session {
  readonly client: Client;
  readonly over: AbortSignal;
}

export interface Connection {
  /** The client of the process; waits while it is being replaced. @throws StoreClosed after `release` */
  session(): Promise<Session>;
  /** Replaces the client, unless that was done already. Whatever is under way on the old one fails. */
  distrust(session: Session): void;
  /** To be called when a subscription was lost; `distrust` says so of the whole connection. */
  readonly reconnecting: () => void;
  /** Aborts when this user has released the connection. */
  readonly released: AbortSignal;
  readonly shown: string;
  release(): Promise<void>;
}

interface Shared {
  readonly address: Address;
  users: number;
  current: Promise<Living>;
  readonly start: () => Living;
}

interface Living extends Session {
  readonly end: AbortController;
}

/** Milliseconds in which a client that is let go of must be gone. */
const FAREWELL_MS = 2_000;

/**
 * One client a process: the client keeps the batch appends that wait for an answer in a place that all clients of
 * the process share, where the error of one rejects those of the others, and an answer that finds its place empty
 * ends the process. For the same reason a client is wholly gone before the next one begins.
 */
let shared: Shared | undefined;

/** @throws StoreMisconfigured when the process is connected to another address, or a certificate cannot be read */
export function connectTo(address: Address, reconnecting: () => void = () => undefined): Connection {
  shared ??= share(address);
  const mine = shared;
  if (!isDeepStrictEqual(mine.address, address)) {
    throw new StoreMisconfigured(
      `This process is connected to ${mine.address.shown}; it can use one EventStoreDB at a time`,
    );
  }
  mine.users++;
  const released = new AbortController();
  setMaxListeners(0, released.signal);
  return {
    shown: address.shown,
    released: released.signal,
    session: async () => {
      if (released.signal.aborted) throw new StoreClosed();
      const session = await mine.current;
      if (released.signal.aborted) throw new StoreClosed();
      return session;
    },
    distrust: session => {
      if (session.over.aborted) return;
      replace(mine, session as Living);
      reconnecting();
    },
    reconnecting,
    release: async () => {
      if (released.signal.aborted) return;
      released.abort(new StoreClosed());
      mine.users--;
      if (mine.users > 0) return;
      // The next user may come before the farewell is over, and waits for it.
      mine.current = mine.current.then(farewell).then(mine.start);
      await mine.current;
      if (mine.users === 0 && shared === mine) shared = undefined;
    },
  };
}

function share(address: Address): Shared {
  const certificates = readCertificates(address);
  const start = (): Living => {
    const end = new AbortController();
    // Every read under way listens.
    setMaxListeners(0, end.signal);
    return { client: makeClient(address, certificates), over: end.signal, end };
  };
  return { address, users: 0, current: Promise.resolve(start()), start };
}

function replace(mine: Shared, living: Living): void {
  mine.current = farewell(living).then(mine.start);
}

async function farewell({ client, end }: Living): Promise<void> {
  end.abort(new ClientReplaced());
  await within(FAREWELL_MS, client.close()).catch(() => undefined);
}

/** Why a read on a distrusted client ends: it goes on with the next one. */
export class ClientReplaced extends Error {
  override readonly name = 'ClientReplaced';
}
