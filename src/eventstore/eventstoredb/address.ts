import { StoreMisconfigured } from '../errors.js';
import { type AddressOptions, parseOptions } from './addressOptions.js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Where the servers are and how to speak to them; what a connection string says. */
export interface Address extends AddressOptions {
  readonly hosts: readonly [Endpoint, ...Endpoint[]];
  /** The one host is a name under which all nodes are found. */
  readonly discover: boolean;
  readonly credentials?: { readonly username: string; readonly password: string };
  /** For messages: without user, password and options. */
  readonly shown: string;
}

const DEFAULT_PORT = 2113;
const FORM = /^(esdb|esdb\+discover):\/\/(?:(?<user>[^@]*)@)?(?<hosts>[^@/?#]*)\/?(?:\?(?<options>[^@?#]*))?$/;
const HOST = /^(?<address>[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)(?::(?<port>\d{1,5}))?$/;

/**
 * `esdb://[user:password@]host[:port][,host[:port]…][?option=value&…]`, or `esdb+discover://` for a cluster behind
 * one name. It is read here and not by the client, which prints the whole string, password and all, when an
 * option is unknown to it, and cuts a password at its first colon. No message of ours repeats a part of it that
 * could belong to a password.
 * @throws StoreMisconfigured
 */
export function parseAddress(connectionString: string): Address {
  const form = FORM.exec(connectionString.trim());
  if (form === null) {
    throw new StoreMisconfigured(
      'The address of EventStoreDB must read esdb://user:password@host:port?option=value or esdb+discover://…, with @ : / ? # % of user and password percent-encoded',
    );
  }
  const { user, hosts: hostList = '', options } = form.groups!;
  const hosts = hostList.split(',').map(parseHost);
  const given = parseOptions(options);
  if (user !== undefined && !given.tls) {
    throw new StoreMisconfigured(
      'The address of EventStoreDB has user and password together with tls=false: without TLS they are not sent; leave out the one or the other',
    );
  }
  const discover = form[1] === 'esdb+discover';
  if (discover && hosts.length > 1) throw new StoreMisconfigured('esdb+discover:// takes one host name, not several');
  return {
    ...given,
    hosts: hosts as [Endpoint, ...Endpoint[]],
    discover,
    ...(user !== undefined && { credentials: parseCredentials(user) }),
    shown: `${form[1]}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`,
  };
}

function parseHost(text: string): Endpoint {
  const host = HOST.exec(text)?.groups;
  const port = Number(host?.port ?? DEFAULT_PORT);
  // What stands here may be the rest of a password that was not encoded: it is not repeated.
  if (!host?.address || port < 1 || port > 65_535) {
    throw new StoreMisconfigured('The address of EventStoreDB has a host that does not read name or name:port');
  }
  return { address: host.address, port };
}

function parseCredentials(text: string): { username: string; password: string } {
  const parts = text.split(':');
  if (parts.length === 2 && parts.every(part => part !== '' && !/[\s,?&=/#]/.test(part))) {
    try {
      const [username, password] = parts.map(decodeURIComponent);
      return { username: username!, password: password! };
    } catch {
      // Falls through to the message below: the reason would repeat the text.
    }
  }
  throw new StoreMisconfigured(
    'User and password in the address of EventStoreDB must read user:password, both percent-encoded',
  );
}
