import { localTokens } from '../access/tokens.js';
import { SYSTEM } from '../access/viewer.js';
import { execute } from '../commands/execute.js';
import type { Refusal } from '../commands/refusal.js';
import { validate } from '../commands/validate.js';
import type { Config } from '../config.js';
import { newUuid, streamId } from '../kernel/ids.js';
import { START } from '../kernel/position.js';
import { boundCommand } from '../server/registry.js';
import type { Satchel } from '../server/satchel.js';
import { parseDuration } from './duration.js';
import { UsageError } from './errors.js';
import { say } from './say.js';
import { withSatchel } from './withSatchel.js';

export interface InitOptions {
  readonly county: string;
  readonly division: string;
  readonly admin: string;
  readonly expires: string;
}

interface Step {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Option that each field of the input comes from. */
  readonly options: Readonly<Record<string, string>>;
}

/** @throws UsageError that names the options */
function refuseUnfit({ options }: Step, refused: readonly Refusal[] = []): void {
  if (refused.length === 0) return;
  const lines = refused.map(({ path: [field = ''], message: { en } }) => {
    const option = options[field];
    return option ? `${option}: ${en.replace(`${field}: `, '')}` : en;
  });
  throw new UsageError(lines.join('\n'));
}

async function record({ services }: Satchel, step: Step): Promise<void> {
  const outcome = await execute(services.commands, boundCommand(step.command), step.input, SYSTEM);
  refuseUnfit(step, outcome.refused);
  if (!outcome.refused) await services.projections.reached(outcome.done.position, 10_000);
}

/** Records the county and its first administrator in an empty store, and prints a token for the latter. */
export const init = (config: Config, options: InitOptions): Promise<void> =>
  withSatchel(config, async satchel => {
    if ((await satchel.services.store.head()) !== START)
      throw new UsageError(
        `${config.eventStore ? 'the event store' : config.data} holds events already; the administrator registers everyone else`,
      );
    const county = streamId('orgunit', newUuid());
    const admin = streamId('officer', newUuid());
    const steps: readonly Step[] = [
      {
        command: 'registerOrgUnit',
        input: {
          commandId: newUuid(),
          id: county,
          name: options.county,
          level: 'COUNTY',
          divisionCode: options.division,
        },
        options: { name: '--county', divisionCode: '--division' },
      },
      {
        command: 'registerOfficer',
        input: {
          commandId: newUuid(),
          id: admin,
          name: options.admin,
          orgUnitId: county,
          role: 'ADMIN',
          post: '管理员',
        },
        options: { name: '--admin' },
      },
    ];
    const expiresIn = parseDuration(options.expires);
    // A county without an administrator could not be begun a second time, nor gone on with: all is checked beforehand.
    for (const step of steps) refuseUnfit(step, validate(boundCommand(step.command), step.input).refused);
    for (const step of steps) await record(satchel, step);
    const tokens = localTokens(await satchel.stores.vault.secret('token-signing'));
    const token = await tokens.issueToken({ subject: admin, expiresIn });
    say(`County ${county}\nAdministrator ${admin}\n\nToken (${options.expires}):\n${token}`);
  });
