import { partialsBeside } from '../backup/folder.js';
import { restoreBackup } from '../backup/restoreBackup.js';
import { type BackupOptions, takeBackup } from '../backup/takeBackup.js';
import type { Config } from '../config.js';
import { UsageError } from './errors.js';
import { eventsLocationOf, locationsOf } from './locations.js';
import { phaseBars } from './phaseBars.js';
import { say, sayAside } from './say.js';
import { terminationRequested } from './terminate.js';

/** Runs long work with bars, and ends it at Ctrl-C, by throwing what is said of that. */
async function withBars<Result>(
  stopped: string,
  work: (running: Required<Pick<BackupOptions, 'onBegin' | 'signal'>>) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  void terminationRequested().then(() => stop.abort(new UsageError(stopped)));
  let bars: ReturnType<typeof phaseBars> | undefined;
  const onBegin: BackupOptions['onBegin'] = head => {
    bars = phaseBars(head);
    return bars.update;
  };
  return work({ onBegin, signal: stop.signal }).finally(() => bars?.stop());
}

/** Takes a backup of the stores of the configuration, while a server uses them. Asks for no master key. */
export async function backup(config: Config, folder: string): Promise<void> {
  const source = {
    ...eventsLocationOf(config),
    database: config.database,
    vault: config.vault,
    control: config.control,
  };
  const { events, vault, control } = await withBars('stopped; nothing of the backup is left', running =>
    takeBackup({ source, folder, ...running }),
  );
  say(`${events.digest}  ${events.count} events, up to position ${events.position}`);
  say(`A vault with ${vault.keys} keys`);
  if (control) say(`A control store with ${control.timers} moments that policies wait for`);
  if (events.receiptsLeftOut > 0)
    say(`${events.receiptsLeftOut} receipts were left out: their command ids were used in several streams`);
  say(
    `The backup is whole: ${folder}\nThe master key is not part of it. Keep that elsewhere: without it nobody can read the personal data in this backup.`,
  );
  sayWhatIsLeft(folder);
}

/** Nobody can tell whether they are of a backup that is at work: only who runs them. */
function sayWhatIsLeft(folder: string): void {
  const left = partialsBeside(folder);
  if (left.length > 0)
    sayAside(
      `Left by backups that were killed, unless one is at work just now; they hold keys, so delete them: ${left.join(' ')}`,
    );
}

/** Puts a backup in place where nothing is, on the engines of the configuration. */
export async function restore(config: Config, folder: string, { resume }: { readonly resume: boolean }): Promise<void> {
  const target = locationsOf(config);
  const stopped = target.eventStore
    ? 'stopped; if events were copied already, the same command with --resume goes on from there'
    : 'stopped; nothing was restored';
  const { events, vault, takenAt } = await withBars(stopped, running =>
    restoreBackup({ target, folder, resume, ...running }),
  );
  say(`${events.digest}  ${events.count} events, as they were in the backup of ${takenAt}`);
  say(`A vault with ${vault.keys} keys, which the master key opens`);
  say('Restored. Read models are built at the next start: satchel serve');
}
