import { setMaxListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { StoreClosed, StoreMisconfigured } from '../errors.js';
import type { Address, Endpoint } from './address.js';
import { type Client, ClientReplaced, makeClient, readCertificates } from './client.js';

/** The life of one client, which ends when it is distrusted or nobody needs it any more. */
export interface Session {
  readonly client: Client;
  readonly over: AbortSignal;
}

export interface Connection {
  /** The client of the process. To be used at once: it may be replaced. @throws StoreClosed after `release` */
  session(): Session;
  /**
   * Replaces the client, unless that was done already: by one that speaks to the leader, if it is known. Reads under
   * way on the old one fail.
   */
  distrust(session: Session, leader?: Endpoint): void;
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
  current: Living;
  readonly start: (leader?: Endpoint) => Living;
}

interface Living extends Session {
  readonly end: AbortController;
}

/** One client a process. */
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
    session: () => {
      if (released.signal.aborted) throw new StoreClosed();
      return mine.current;
    },
    distrust: (session, leader) => {
      if (session.over.aborted) return;
      const { current } = mine;
      mine.current = mine.start(leader);
      void farewell(current);
      reconnecting();
    },
    reconnecting,
    release: async () => {
      if (released.signal.aborted) return;
      released.abort(new StoreClosed());
      mine.users--;
      if (mine.users > 0) return;
      if (shared === mine) shared = undefined;
      await farewell(mine.current);
    },
  };
}

function share(address: Address): Shared {
  const certificates = readCertificates(address);
  const start = (leader?: Endpoint): Living => {
    const end = new AbortController();
    // Every read under way listens.
    setMaxListeners(0, end.signal);
    return { client: makeClient(address, certificates, leader), over: end.signal, end };
  };
  return { address, users: 0, current: start(), start };
}

function farewell({ client, end }: Living): Promise<void> {
  end.abort(new ClientReplaced());
  return client.close();
}
