import { readFileSync } from 'node:fs';
import { type EndPoint, EventStoreDBClient } from '@eventstore/db-client';
import { StoreMisconfigured } from '../errors.js';
import type { Address } from './address.js';
import { within } from './waiting.js';

/** Milliseconds that a client which is let go of waits for what is under way. */
const FAREWELL_MS = 2_000;

/** Why what is asked of a client that was let go of fails: nothing of it was sent. */
export class ClientReplaced extends Error {
  override readonly name = 'ClientReplaced';
  constructor() {
    super('the connection was lost');
  }
}

/** The client on one channel for all its life, without those of its ways that end a process. */
export class Client extends EventStoreDBClient {
  private closed = false;
  private channel: ReturnType<EventStoreDBClient['getChannel']> | undefined;
  private readonly calls = new Set<Promise<unknown>>();
  private readonly openChannel = this.getChannel;
  private readonly executeUnguarded = this.execute;

  /**
   * No append goes in a batch. The client keeps those that wait for an answer in a place that all its channels share:
   * an error on one rejects what was sent on another, with a reason that is not its own, and an answer that then finds
   * its place empty ends the process. It also need not ask for the server's features, whose failure it keeps for good.
   */
  protected override supports = async (): Promise<boolean> => false;

  /** It does not reconnect by itself: nobody waits for that, so that its failure would end the process. */
  protected override handleError = async (): Promise<void> => undefined;

  protected override getChannel = (): ReturnType<EventStoreDBClient['getChannel']> => {
    this.channel = this.openChannel();
    return this.channel;
  };

  /** A call that begins on a closed channel throws where the client catches nothing. */
  protected override execute: EventStoreDBClient['execute'] = (service, name, action) => {
    const call = this.executeUnguarded(service, name, async grpc => {
      if (this.closed) throw new ClientReplaced();
      return action(grpc);
    });
    this.calls.add(call);
    return call.finally(() => this.calls.delete(call));
  };

  /**
   * Ends reads, and lets appends have their answers; what has not begun by then is not begun any more. The client's own
   * `dispose` leaves the channel open. Never fails.
   */
  async close(): Promise<void> {
    this.closed = true;
    await within(FAREWELL_MS, Promise.allSettled([this.dispose(), ...this.calls])).catch(() => undefined);
    // It may still be looked for.
    this.channel?.then(
      channel => channel.close(),
      () => undefined,
    );
  }
}

interface Certificates {
  readonly rootCertificate?: Buffer;
  readonly userCertFile?: Buffer;
  readonly userKeyFile?: Buffer;
}

/** @throws StoreMisconfigured when a certificate cannot be read */
export function readCertificates({ tls, tlsCaFile, userCertFile, userKeyFile }: Address): Certificates {
  if (!tls) return {};
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new StoreMisconfigured('userCertFile and userKeyFile in the address of EventStoreDB come together');
  }
  return {
    ...(tlsCaFile && { rootCertificate: readCertificate(tlsCaFile) }),
    ...(userCertFile && { userCertFile: readCertificate(userCertFile) }),
    ...(userKeyFile && { userKeyFile: readCertificate(userKeyFile) }),
  };
}

function readCertificate(file: string): Buffer {
  let pem: Buffer;
  try {
    pem = readFileSync(file);
  } catch (error) {
    throw new StoreMisconfigured(`${file}: the certificate for EventStoreDB cannot be read`, { cause: error });
  }
  if (!pem.includes('-----BEGIN ')) throw new StoreMisconfigured(`${file}: is no certificate or key in PEM form`);
  return pem;
}

/** @param leader the one node to speak to, of those that the address names or leads to */
export function makeClient(address: Address, certificates: Certificates, leader?: EndPoint): Client {
  const { connectionName, keepAliveInterval, keepAliveTimeout, hosts, credentials } = address;
  const common = { connectionName, keepAliveInterval, keepAliveTimeout, throwOnAppendFailure: true };
  const { maxDiscoverAttempts, discoveryInterval, gossipTimeout } = address;
  const discovery = { maxDiscoverAttempts, discoveryInterval, gossipTimeout, nodePreference: 'leader' } as const;
  const security = { insecure: !address.tls, ...certificates };
  if (leader) return new Client(given({ ...common, endpoint: leader }), security, credentials);
  if (address.discover)
    return new Client(given({ ...common, ...discovery, discover: hosts[0] }), security, credentials);
  if (hosts.length > 1) {
    return new Client(given({ ...common, ...discovery, endpoints: [...hosts] }), security, credentials);
  }
  return new Client(given({ ...common, endpoint: hosts[0] }), security, credentials);
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without the properties that were not set, for which the client has defaults of its own. */
const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
