import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { StoreMisconfigured } from '../eventstore/errors.js';
import { parseAddress } from '../eventstore/eventstoredb/address.js';
import { EVENTS_FILE, type EventsLocation } from '../server/openEvents.js';
import { UsageError } from './errors.js';

/** An event store as the command line names it. */
export interface NamedStore {
  readonly location: EventsLocation;
  /** For messages: without a password. */
  readonly shown: string;
}

/** Stands for the address that the setting of this name holds, so that no password is part of a command. */
const BY_SETTING = 'SATCHEL_EVENTSTORE';

/** Also one that is not well written: it may hold a password, and is no name of a directory. */
const MEANT_AS_ADDRESS = /^([a-z+]{2,}:\/|esdb(\+discover)?:)/i;

/**
 * A data directory, `esdb://…`, or `SATCHEL_EVENTSTORE` for the server that this setting names.
 * @throws UsageError naming the option
 */
export function parseStore(option: string, text: string, config: Config): NamedStore {
  if (text === '') throw new UsageError(`${option} must name a data directory or an EventStoreDB`);
  if (text === BY_SETTING) {
    if (config.eventStore) return serverAt(option, config.eventStore, config);
    throw new UsageError(`${option} ${text}: neither ${BY_SETTING} nor ${BY_SETTING}_FILE is set`);
  }
  if (MEANT_AS_ADDRESS.test(text)) return serverAt(option, text, config);
  if (existsSync(text) && !statSync(text).isDirectory())
    throw new UsageError(
      `${option} ${text}: is not a directory; name the data directory, in which ${EVENTS_FILE} lies`,
    );
  return { location: { data: text }, shown: join(text, EVENTS_FILE) };
}

function serverAt(option: string, address: string, { data, eventStoreCaFile }: Config): NamedStore {
  try {
    const { shown } = parseAddress(address);
    return { location: { data, eventStore: { address, caFile: eventStoreCaFile } }, shown };
  } catch (error) {
    if (error instanceof StoreMisconfigured) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

/** @throws UsageError when there are not two stores that one process can have open */
export function requireTwoStores(from: NamedStore, to: NamedStore): void {
  const areServers = from.location.eventStore && to.location.eventStore;
  if (areServers ? from.shown === to.shown : isSameFile(from, to))
    throw new UsageError(`--from and --to are the same store, ${from.shown}`);
  if (areServers)
    throw new UsageError(
      'One process can speak to one EventStoreDB: copy to an empty data directory first, and from there to the other',
    );
}

function isSameFile(from: NamedStore, to: NamedStore): boolean {
  if (from.location.eventStore || to.location.eventStore) return false;
  const [one, other] = [from, to].map(({ shown }) => statSync(shown, { throwIfNoEntry: false }));
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
