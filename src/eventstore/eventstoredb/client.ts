import { readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StoreMisconfigured } from '../errors.js';
import type { Address } from './address.js';

/** The client, and a way to be rid of it: its own `dispose` leaves the connection open. */
export class Client extends EventStoreDBClient {
  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
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

export function makeClient(address: Address, certificates: Certificates): Client {
  const { connectionName, keepAliveInterval, keepAliveTimeout, hosts, credentials } = address;
  const common = { connectionName, keepAliveInterval, keepAliveTimeout, throwOnAppendFailure: true };
  const { maxDiscoverAttempts, discoveryInterval, gossipTimeout } = address;
  const discovery = { maxDiscoverAttempts, discoveryInterval, gossipTimeout, nodePreference: 'leader' } as const;
  const security = { insecure: !address.tls, ...certificates };
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
