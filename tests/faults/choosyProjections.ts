import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import { systemClock } from '../../src/kernel/clock.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import type { RunnerOptions } from '../../src/projections/runnerOptions.js';
import type { Lens, View } from '../../src/projections/view.js';
import { boundCommand } from '../../src/server/registry.js';
import { openSatchel, type Satchel } from '../../src/server/satchel.js';

export const POISONED_NAME = '有毒派出所';

/** A view that cannot take in a unit of one name. */
export const choosyView: View = {
  table: 'choosy_stand_in',
  version: 1,
  columns: { name: 'text' },
  indexes: [],
  keysOf: event => (event.type === 'OrgUnitRegistered' ? [event.streamId] : []),
  fold(_row, event, key) {
    const { name } = event.data as { name: string };
    if (name === POISONED_NAME) throw new Error('this name is poison');
    return { id: key, name };
  },
};

/** The same, once it is mended. */
export const mendedView: View = {
  ...choosyView,
  fold: (_row, event, key) => ({ id: key, ...(event.data as object) }),
};

export const quiet = () => undefined;

/** What a test has for itself: a Satchel with a county, and tables beside its own for runners of the test. */
export class BesideSatchel {
  readonly county = streamId('orgunit', newUuid());
  private constructor(
    private readonly directory: string,
    private readonly satchel: Satchel,
    readonly lens: Lens,
    private readonly beside: OpenReadModel,
  ) {}

  static async open(): Promise<BesideSatchel> {
    const directory = mkdtempSync(join(tmpdir(), 'satchel-projections-'));
    const satchel = await openSatchel({
      data: directory,
      masterKey: randomBytes(32),
      clock: systemClock,
      mutationWait: 1000,
      readAfterTimeout: 1000,
      onError: error => {
        throw error;
      },
    });
    const lens = await lensOf(satchel.stores.vault);
    const opened = new BesideSatchel(directory, satchel, lens, openSqliteReadModel(join(directory, 'beside.db')));
    await opened.register({ id: opened.county, name: '康县公安局', level: 'COUNTY' });
    return opened;
  }

  async close(): Promise<void> {
    await this.beside.close();
    await this.satchel.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get services(): Satchel['services'] {
    return this.satchel.services;
  }

  /** The tables of the test. */
  get db(): OpenReadModel['db'] {
    return this.beside.db;
  }

  /** A command of Satchel itself. */
  async record(command: string, input: object): Promise<string> {
    const given = { commandId: newUuid(), ...input };
    const outcome = await execute(this.services.commands, boundCommand(command), given, SYSTEM);
    if (!outcome.done) throw new Error(JSON.stringify(outcome.refused));
    await this.services.projections.reached(outcome.done.position, 10_000);
    return outcome.done.streamId;
  }

  private register(input: object): Promise<string> {
    return this.record('registerOrgUnit', input);
  }

  station(name: string): Promise<string> {
    return this.register({ name, level: 'STATION', parentId: this.county });
  }

  runnerOf(
    views: readonly View[],
    onError: (error: Error) => void,
    more: Partial<RunnerOptions> = {},
  ): ProjectionRunner {
    return new ProjectionRunner({ store: this.services.store, db: this.db, views, lens: this.lens, onError, ...more });
  }

  async caughtUp(runner: ProjectionRunner): Promise<void> {
    expect(await runner.reached(await this.services.store.head(), 10_000)).toBe(true);
  }

  /** Names that the choosy view has taken in. */
  async names(): Promise<readonly unknown[]> {
    const rows = await this.db.selectFrom(choosyView.table).select('name').orderBy('name').execute();
    return rows.map(({ name }) => name);
  }
}

/** One for each test. */
export function besideSatchelPerTest(): () => BesideSatchel {
  let opened: BesideSatchel;
  beforeEach(async () => {
    opened = await BesideSatchel.open();
  });
  afterEach(() => opened.close());
  return () => opened;
}
