import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localTokens, type Tokens } from '../../src/access/tokens.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { locationsOf } from '../../src/cli/locations.js';
import { startServing, tracingOf } from '../../src/cli/serve.js';
import { execute } from '../../src/commands/execute.js';
import { type Config, loadConfig } from '../../src/config.js';
import { SimulatedClock } from '../../src/kernel/clock.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/server/logger.js';
import { boundCommand } from '../../src/server/registry.js';
import type { RunningSatchel, RunOptions } from '../../src/server/run.js';
import { openSatchel, type Satchel, type SatchelOptions } from '../../src/server/satchel.js';
import { FILES } from '../../src/server/stores.js';
import type { EnginePair } from './enginePair.js';

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

// biome-ignore lint/suspicious/noExplicitAny: answers are as the query of the test asks for them
export type Anything = any;

/** What cannot be set from outside. */
type TestOptions = Pick<SatchelOptions, 'textIndexes'> &
  Pick<RunOptions, 'alarm'> & {
    /** Whether its policies run; not by default: what they record would come at any moment between two commands. */
    readonly policiesRun?: boolean;
  };

/**
 * A whole Satchel over real files and a real socket, with a clock that the test sets. With SATCHEL_TEST_ENGINES=scaled
 * its events are on a stand-in for EventStoreDB, its read models and its vault on PostgreSQL, each of its own.
 */
export class TestSatchel {
  readonly clock: SimulatedClock;
  readonly directory: string;
  private readonly lines: string[] = [];
  /** What the projections complained of. */
  readonly told: Error[] = [];
  private satchel!: Satchel;
  private server!: RunningSatchel;
  private tokens!: Tokens;
  private engines: EnginePair | undefined;
  /** Where the vault is, if not where it is by default. */
  private vaultFile: string | undefined;

  private constructor(
    at: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly options: TestOptions = {},
    private readonly masterKey = randomBytes(32),
  ) {
    this.clock = new SimulatedClock(new Date(at));
    this.directory = mkdtempSync(join(tmpdir(), 'satchel-test-'));
  }

  static async start(
    at = '2021-04-01T01:00:00Z',
    settings: Readonly<Record<string, string>> = {},
    options: TestOptions = {},
  ): Promise<TestSatchel> {
    const test = new TestSatchel(at, settings, options);
    if (process.env.SATCHEL_TEST_ENGINES === 'scaled') {
      // Loaded when it is needed: most tests do without.
      const { startEnginePair } = await import('./enginePair.js');
      test.engines = await startEnginePair();
    }
    await test.open();
    return test;
  }

  /** Another one with the same events and vault, in files of its own, by the same time. */
  async copy(settings: Readonly<Record<string, string>>): Promise<TestSatchel> {
    const other = new TestSatchel(this.clock.now().toISOString(), settings, this.options, this.masterKey);
    await this.restart(() => cpSync(this.directory, other.directory, { recursive: true }));
    other.vaultFile = join(other.directory, FILES.vault);
    await other.open();
    return other;
  }

  get config(): Config {
    return loadConfig({
      SATCHEL_DATA: this.directory,
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: this.masterKey.toString('base64'),
      SATCHEL_LOG_LEVEL: 'silent',
      ...this.engines?.settings,
      ...(this.vaultFile && { SATCHEL_VAULT: this.vaultFile }),
      ...this.settings,
    });
  }

  get url(): string {
    return this.server.url;
  }

  get metricsUrl(): string | undefined {
    return this.server.metricsUrl;
  }

  get services(): Satchel['services'] {
    return this.satchel.services;
  }

  get policies(): Satchel['policies'] {
    return this.satchel.policies;
  }

  get stores(): Satchel['stores'] {
    return this.satchel.stores;
  }

  /** What it has logged, from the level of SATCHEL_LOG_LEVEL on: nothing, if that is left out. */
  logged(): string {
    return this.lines.join('');
  }

  private async open(): Promise<void> {
    const { config } = this;
    const logger = createLogger(config.logLevel, { write: line => void this.lines.push(line) });
    const fail = (error: Error) => {
      this.told.push(error);
      process.stderr.write(`${error.stack}\n`);
    };
    this.satchel = await openSatchel({
      ...locationsOf(config),
      ...this.options,
      tracing: await tracingOf(config, logger),
      clock: this.clock,
      mutationWait: config.mutationWait,
      requestTimeout: config.requestTimeout,
      readAfterTimeout: config.readAfterTimeout,
      subscriptionBuffer: config.subscriptionBuffer,
      onError: fail,
    });
    this.tokens = localTokens(await this.satchel.stores.vault.secret('token-signing'));
    if (!this.options.policiesRun) this.satchel.policies.start = () => undefined;
    this.server = await startServing(this.satchel, config, logger, { alarm: this.options.alarm });
  }

  /** Waits until all that is due by the clock has been fired, and what that recorded can be read; where policies run. */
  async untilPoliciesRest(): Promise<void> {
    for (const giveUpAt = Date.now() + 20_000; ; await delay(20)) {
      const head = await this.services.store.head();
      const { position, nextTryAt, heldUp } = this.policies.status();
      const rests = nextTryAt === undefined || nextTryAt > this.clock.now().toISOString();
      if (rests && position === head) {
        await this.services.projections.reached(head, 20_000);
        return;
      }
      if (Date.now() > giveUpAt)
        throw new Error(`Policies stand at ${position} of ${head}, with ${nextTryAt} next: ${heldUp}`);
    }
  }

  /** Records something without going over HTTP, by the clock of the test. */
  record(work: (satchel: Satchel, clock: SimulatedClock) => Promise<void>): Promise<void> {
    return work(this.satchel, this.clock);
  }

  /** Ends and starts again on the same files; `between` sees them at rest. */
  async restart(between: () => void | Promise<void> = () => {}): Promise<void> {
    await this.server.close();
    await between();
    await this.open();
  }

  /** Ends it and leaves the files. */
  async stop(): Promise<void> {
    await this.server.close();
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.remove();
  }

  /** Takes away the engines and files of one that has been stopped. */
  async remove(): Promise<void> {
    await this.engines?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A token for a person; it is good for as long as the clock of the test says. */
  async token(personId: string): Promise<string> {
    return this.tokens.issueToken({ subject: personId, expiresIn: 3600 });
  }

  async ask<Data = Anything>(
    personId: string | undefined,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<GraphQLAnswer<Data>> {
    const authorization = personId ? { authorization: `Bearer ${await this.token(personId)}` } : {};
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  }

  /** Data of an answer without errors. */
  async read(personId: string, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Anything> {
    const answer = await this.ask(personId, query, variables);
    if (answer.errors || !answer.data) throw new Error(`${query}\n${JSON.stringify(answer)}`);
    return answer.data;
  }

  /** Sends a command as a person; answers the payload with its errors. `fields` are of the noun: `dispute { id }`. */
  async command(personId: string, name: string, input: object, fields = ''): Promise<Anything> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation Do($input: ${type}) { ${name}(input: $input) {
      ${fields} consistencyToken
      events { id type revision streamId occurredAt recordedAt stateAfter deviations { rule citation } }
      errors { code path message(locale: en) citation expectedRevision actualRevision } } }`;
    const data = await this.read(personId, query, { input: { commandId: newUuid(), ...input } });
    return data[name];
  }

  /** A command that must be done; answers its payload. */
  async done(personId: string, name: string, input: object, fields = ''): Promise<Anything> {
    const payload = await this.command(personId, name, input, fields);
    if (payload.errors.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(payload.errors)}`);
    return payload;
  }

  /** A command that must be refused; answers the codes. */
  async refused(personId: string, name: string, input: object): Promise<readonly string[]> {
    const payload = await this.command(personId, name, input);
    if (payload.errors.length === 0) throw new Error(`${name} was not refused`);
    return payload.errors.map((error: { code: string }) => error.code);
  }

  /** A command of Satchel itself, for the first unit and administrator. */
  async bySystem(name: string, input: object): Promise<string> {
    const given = { commandId: newUuid(), ...input };
    const outcome = await execute(this.services.commands, boundCommand(name), given, SYSTEM);
    if (outcome.refused) throw new Error(`${name} was refused: ${JSON.stringify(outcome.refused)}`);
    await this.services.projections.reached(outcome.done.position, 10_000);
    return outcome.done.streamId;
  }
}

export const newId = (category: string): string => streamId(category, newUuid());
