#!/usr/bin/env node
import './environment.js';
import 'reflect-metadata';
import { Command } from 'commander';
import { backup, restore } from './cli/backup.js';
import { copy } from './cli/copy.js';
import { demo } from './cli/demo.js';
import { emitSchema } from './cli/emitSchema.js';
import { explain } from './cli/errors.js';
import { checkStore } from './cli/fsck.js';
import { init } from './cli/init.js';
import { listParked, retryParked } from './cli/parked.js';
import { type RebuildOptions, rebuild } from './cli/rebuild.js';
import { serve } from './cli/serve.js';
import { status } from './cli/status.js';
import { token } from './cli/token.js';
import { type Config, loadConfig } from './config.js';

// Whoever read what is printed may have gone, as after `satchel demo | head`: that is no reason to end a server.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const program = new Command('satchel')
  .description('A GraphQL API over an event-sourced record of community policing.')
  .option('--data <dir>', 'directory that holds the stores (SATCHEL_DATA)')
  .option('--host <address>', 'address to listen on (SATCHEL_HOST)')
  .option('--port <port>', 'port to listen on; 0 takes any free one (SATCHEL_PORT)')
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nEvery other setting is an environment variable: see the table in the README.');

function config(): Config {
  const { data, host, port } = program.opts<{ data?: string; host?: string; port?: string }>();
  return loadConfig(process.env, { SATCHEL_DATA: data, SATCHEL_HOST: host, SATCHEL_PORT: port });
}

program
  .command('serve')
  .description('Serves the API on the stores of the data directory.')
  .action(() => serve(config()));

program
  .command('demo')
  .description(
    'Serves the API with a sample county, in stores of its own: gone afterwards, unless --data names a directory.',
  )
  .option('--size <n>', 'how many commands of synthetic work to record beside the reported stories', '2000')
  .action((options: { size: string }) => demo(config(), { ...options, keep: program.opts<{ data?: string }>().data }));

program
  .command('init')
  .description('Records a county and its first administrator in an empty store, and prints a token.')
  .requiredOption('--county <name>', 'name of the county bureau')
  .requiredOption('--admin <name>', 'name of the first administrator')
  .option('--division <code>', 'division code of the county', '621224')
  .option('--expires <time>', 'how long the token is good: 30m, 12h, 90d', '12h')
  .action(options => init(config(), options));

program
  .command('token')
  .description('Prints a token for an officer or mediator in the record.')
  .argument('<id>', 'id of the person, as in officer-0192…')
  .option('--expires <time>', 'how long the token is good: 30m, 12h, 90d', '12h')
  .action((id: string, options: { expires: string }) => token(config(), id, options));

program
  .command('rebuild')
  .description(
    'Builds every read model anew from the events, beside those that are served, and then serves what it built. May run beside a server.',
  )
  .option('--accept-differences', 'serve what was built although it is not what is served')
  .option(
    '--from-nothing',
    'let go of all read models first, for an event store that is not the one they were built from',
  )
  .option('--cancel', 'give up what an earlier rebuild has begun, and do nothing else')
  .option('--drop-old', 'let go of what was served before the last rebuild, and do nothing else')
  .addHelpText(
    'after',
    `
Both are compared at one moment. Tables of the same version must be the same, row by row: otherwise nothing is changed,
and the table and the key of the first row are named. Of tables of another version it is said how many rows differ.
Then what was built is served, in one transaction, and what was served is kept until --drop-old, or the next rebuild.

Ctrl-C stops it; the next rebuild goes on from there, also after a power cut. A new release builds its read models
before it serves, if nobody did so before: run its rebuild beside the old one, and then replace it at once.
With --from-nothing nothing is served meanwhile: end every server before.`,
  )
  .action((options: RebuildOptions) => rebuild(config(), options));

program
  .command('backup')
  .description('Takes a backup of events, vault and control store, while a server uses them.')
  .argument('<dir>', 'folder for the backup: one that is not there yet')
  .addHelpText(
    'after',
    `
The folder bears its name only once the backup is whole. It holds events.db, vault.db and control.db, whatever engines
they were on, and manifest.json with their digests. Read models are not in it: they are built anew from the events.

The master key is not part of it. Keep a copy elsewhere: without it nobody can read the personal data in the backup, and
whoever has both can read all of it.`,
  )
  .action((folder: string) => backup(config(), folder));

program
  .command('restore')
  .description('Puts a backup in place where there are no events, no vault, no control store and no read models yet.')
  .argument('<dir>', 'folder of the backup')
  .option('--resume', 'go on with a restore onto EventStoreDB that was cut off', false)
  .addHelpText(
    'after',
    `
The settings say where it goes, as for serve: any engines, whatever those of the backup were. Nothing is overwritten.
Files and events are compared with the digests of the backup, and the master key with its vault, before anything is in
place; the backup stays as it is.`,
  )
  .action((folder: string, options: { resume: boolean }) => restore(config(), folder, options));

program
  .command('fsck')
  .description('Looks at every event, and names the first that is not as it must be. May run beside a server.')
  .addHelpText(
    'after',
    `
Checked of each event: position, revision, id, canonical bytes (RFC 8785), that store and bytes say the same, that its
type and version can be read, that its personal values are sealed, and that they open with the keys of the vault.
Without a master key everything but the last. Nothing is changed.

Exit code: 0 everything fits, 2 something does not, 1 the store could not be looked at.`,
  )
  .action(() => checkStore(config()));

program
  .command('copy')
  .description('Copies all events from one event store to another, and shows that both hold the same.')
  .requiredOption('--from <store>', 'where they are; it is only read')
  .requiredOption('--to <store>', 'where they go: an empty store, or one that an earlier copy has begun to fill')
  .addHelpText(
    'after',
    `
A store is a data directory, or esdb://user:password@host:port, or SATCHEL_EVENTSTORE for the server that this setting
or SATCHEL_EVENTSTORE_FILE names: others on this machine can see the words of a command, and a password among them.

Events keep their ids, revisions, clocks and bytes, and their order; EventStoreDB gives positions of its own. End the
server that writes to the source first. A copy that was stopped goes on when it is started again.

A command that is sent again afterwards gets the answer that it got before, if it goes to the same stream: on
EventStoreDB a command id is known in its stream, in a data directory everywhere. An id that was used in several
streams of an EventStoreDB keeps the receipt of the first alone.`,
  )
  .action(options => copy(config(), options));

program
  .command('parked')
  .description('Lists the streams that read models could not take in and have set aside. May run beside a server.')
  .action(() => listParked(config()));

program
  .command('retry')
  .description('Takes parked events in once more, when what was wrong is mended. May run beside a server.')
  .argument('[stream]', 'the stream, as `satchel parked` names it; all of them, if left out')
  .action((stream: string | undefined) => retryParked(config(), stream));

program
  .command('status')
  .description('Tells how a running server stands; the exit code is 0 if well, 2 if degraded, 3 if down.')
  .option('--url <url>', 'address of the server; by default, where the settings have it')
  .action((options: { url?: string }) => status(config(), options));

program
  .command('schema')
  .description('Writes the GraphQL schema and the event schemas.')
  .argument('[dir]', 'directory to write to', 'schema')
  .addHelpText(
    'after',
    `
Nothing is written when the schema would break clients and CHANGELOG.md in that directory does not name each change.`,
  )
  .action((directory: string) => emitSchema(directory));

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
