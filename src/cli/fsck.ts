import { VaultNotThere } from '../access/vault/errors.js';
import { openVault } from '../access/vault/openVault.js';
import { lensOf } from '../access/vault/sealFields.js';
import type { Vault } from '../access/vault/vault.js';
import { type FsckReport, fsck, type UnfitEvent } from '../audit/fsck/fsck.js';
import { RULES, type Rule } from '../audit/fsck/rules.js';
import type { Config } from '../config.js';
import { countedIn, countOf } from '../kernel/position.js';
import { openEvents } from '../server/openEvents.js';
import { eventDefinitions, upcasters } from '../server/registry.js';
import { vaultPlaceOf } from '../server/stores.js';
import { UsageError } from './errors.js';
import { eventsLocationOf } from './locations.js';
import { progressBar } from './progress.js';
import { say } from './say.js';

/** Exit code when an event does not fit; 1 says that the store could not be looked at. */
const UNFIT = 2;

const describe = ({ position, streamId, revision, misfits }: UnfitEvent): string =>
  [
    `The first that does not fit: position ${position} (${streamId}, revision ${revision})`,
    ...misfits.map(({ rule, detail }) => `  ${rule}  ${RULES[rule]}${detail ? `: ${detail}` : ''}`),
  ].join('\n');

const describeSealed = ({ opened, erased, unopened }: FsckReport['sealed']): string =>
  unopened > 0
    ? `Sealed values: ${unopened}, not opened, since there is no master key (SATCHEL_MASTER_KEY_FILE)`
    : `Sealed values: ${opened} open with their key, ${erased} erased`;

function print(report: FsckReport): void {
  say(`Looked at ${report.events} events of ${report.streams} streams, up to position ${report.position}`);
  say(describeSealed(report.sealed));
  if (report.first) printUnfit(report, report.first);
  else say('Everything fits');
}

function printUnfit(report: FsckReport, first: UnfitEvent): void {
  say(describe(first));
  say(`${report.unfit} of ${report.events} events do not fit:`);
  for (const rule of Object.keys(RULES) as Rule[])
    if (report.broken.has(rule)) say(`  ${report.broken.get(rule)}  ${rule}  ${RULES[rule]}`);
  say('Keep the store as it is, and take the events from a backup that fits');
}

/** The vault, if there is a key to open it with; it is never made here. @throws UsageError when it is not there */
async function openVaultToCheck({ masterKey, ...locations }: Config): Promise<Vault | undefined> {
  if (!masterKey) return undefined;
  try {
    return await openVault({ at: vaultPlaceOf(locations), masterKey, make: false });
  } catch (error) {
    if (!(error instanceof VaultNotThere)) throw error;
    throw new UsageError(
      `${error.place}: is not there, so no sealed value can be opened; restore the vault, or leave the master key out to check everything else`,
    );
  }
}

/**
 * Looks at every event of the store, and prints the first that is not as it must be and how many there are. May run
 * beside a server, which it does not hold up: it only reads, a thousand events at a time.
 */
export async function checkStore(config: Config): Promise<void> {
  const events = await openEvents(eventsLocationOf(config), { readOnly: true });
  let vault: Vault | undefined;
  try {
    vault = await openVaultToCheck(config);
    const head = await events.head();
    const bar = progressBar({ name: 'Checking', total: countOf(head), unit: countedIn(head) });
    const report = await fsck({
      store: events,
      definitions: eventDefinitions,
      upcasters,
      open: vault && (await lensOf(vault)).open,
      onProgress: position => bar.update(countOf(position)),
    }).finally(() => bar.stop());
    print(report);
    if (report.unfit > 0) process.exitCode = UNFIT;
  } finally {
    await vault?.close();
    await events.close();
  }
}
