import { localTokens } from '../access/tokens.js';
import { SYSTEM } from '../access/viewer.js';
import { execute } from '../commands/execute.js';
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

async function must(satchel: Satchel, name: string, input: object): Promise<void> {
  const outcome = await execute(
    satchel.services.commands,
    boundCommand(name),
    { commandId: newUuid(), ...input },
    SYSTEM,
  );
  if (outcome.refused)
    throw new UsageError(outcome.refused.map(({ code, message }) => `${code}: ${message.en}`).join('\n'));
  await satchel.services.projections.reached(outcome.done.position, 10_000);
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
    await must(satchel, 'registerOrgUnit', {
      id: county,
      name: options.county,
      level: 'COUNTY',
      divisionCode: options.division,
    });
    await must(satchel, 'registerOfficer', {
      id: admin,
      name: options.admin,
      orgUnitId: county,
      role: 'ADMIN',
      post: '管理员',
    });
    const tokens = localTokens(await satchel.stores.vault.secret('token-signing'));
    const token = await tokens.issueToken({ subject: admin, expiresIn: parseDuration(options.expires) });
    say(`County ${county}\nAdministrator ${admin}\n\nToken (${options.expires}):\n${token}`);
  });
