import { localTokens } from '../access/tokens.js';
import { openVault } from '../access/vault/openVault.js';
import type { Config } from '../config.js';
import { openEvents } from '../server/openEvents.js';
import { vaultPlaceOf } from '../server/stores.js';
import { parseDuration } from './duration.js';
import { UsageError } from './errors.js';
import { eventsLocationOf } from './locations.js';
import { masterKeyOf } from './masterKey.js';
import { say } from './say.js';

async function requireRecorded(config: Config, personId: string): Promise<void> {
  const events = await openEvents(eventsLocationOf(config), { readOnly: true });
  try {
    for await (const _batch of events.readStream(personId, { maxCount: 1 })) return;
  } finally {
    await events.close();
  }
  throw new UsageError(
    `${personId} is not in the record; a token would be of no use. \`officers { nodes { id } }\` lists ids`,
  );
}

/** Prints a token for someone in the record. May run beside a server. */
export async function token(config: Config, personId: string, options: { readonly expires: string }): Promise<void> {
  const expiresIn = parseDuration(options.expires);
  await requireRecorded(config, personId);
  const vault = await openVault({ at: vaultPlaceOf(config), masterKey: masterKeyOf(config), make: false });
  try {
    const tokens = localTokens(await vault.secret('token-signing'));
    say(await tokens.issueToken({ subject: personId, expiresIn }));
  } finally {
    await vault.close();
  }
}
