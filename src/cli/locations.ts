import type { Config } from '../config.js';
import type { EventsLocation } from '../server/openEvents.js';
import type { StoreLocations } from '../server/stores.js';
import { masterKeyOf } from './masterKey.js';

export const eventsLocationOf = ({ data, eventStore, eventStoreCaFile }: Config): EventsLocation => ({
  data,
  eventStore: eventStore === undefined ? undefined : { address: eventStore, caFile: eventStoreCaFile },
});

/** Where the stores of a configuration are. @throws UsageError when there is no master key */
export const locationsOf = (config: Config): StoreLocations => ({
  ...eventsLocationOf(config),
  database: config.database,
  vault: config.vault,
  control: config.control,
  masterKey: masterKeyOf(config),
});
