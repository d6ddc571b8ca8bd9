import { KeyMissing, SealBroken, VaultNotThere, VaultUnusable } from '../access/vault/errors.js';
import { openVault, type VaultOptions } from '../access/vault/openVault.js';
import { openOrErased } from '../access/vault/sealing.js';
import type { Vault } from '../access/vault/vault.js';
import type { EventStore } from '../eventstore/port.js';
import { isSealed, type Sealed } from '../kernel/personal.js';

/** Events looked at in search of a sealed value. The first administrator's name is sealed, in the second event. */
const LOOKED_AT = 1_000;

function sealedWithin(value: unknown): Sealed | undefined {
  if (isSealed(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const child of Object.values(value)) {
    const sealed = sealedWithin(child);
    if (sealed) return sealed;
  }
  return undefined;
}

async function firstSealedIn(events: EventStore): Promise<Sealed | undefined> {
  let left = LOOKED_AT;
  for await (const batch of events.readAll({ batchSize: 100 })) {
    for (const { data } of batch) {
      const sealed = sealedWithin(data);
      if (sealed) return sealed;
    }
    left -= batch.length;
    if (left <= 0) return undefined;
  }
  return undefined;
}

/** The vault as it is. Nothing when there is none: whether one may be made depends on the events. */
export async function openVaultIfThere(options: VaultOptions): Promise<Vault | undefined> {
  try {
    return await openVault({ ...options, make: false });
  } catch (error) {
    if (error instanceof VaultNotThere) return undefined;
    throw error;
  }
}

/** Makes the vault of a record in which nothing is sealed yet. @throws VaultNotThere when something is */
export const makeVaultFor = async (events: EventStore, options: VaultOptions): Promise<Vault> =>
  openVault({ ...options, make: (await firstSealedIn(events)) === undefined });

/**
 * Sees that a vault has the keys of these events: one of others would make new keys for the same people, and neither
 * would open everything.
 * @throws VaultUnusable
 */
export async function requireKeysOf(events: EventStore, vault: Vault): Promise<void> {
  const sealed = await firstSealedIn(events);
  if (!sealed) return;
  try {
    await openOrErased(vault, sealed);
  } catch (error) {
    if (!(error instanceof KeyMissing || error instanceof SealBroken)) throw error;
    throw new VaultUnusable(
      vault.place,
      `does not belong to these events: it has not the key that the first of them are sealed under (${sealed.keyId}); give the vault that was made with them`,
    );
  }
}
