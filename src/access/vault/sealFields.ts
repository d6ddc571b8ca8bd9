import type { EventDefinition } from '../../kernel/events.js';
import { replaceLeaves } from '../../kernel/paths.js';
import { isSealed, type Sealed } from '../../kernel/personal.js';
import { blindIndex } from './blindIndex.js';
import { receiptHmac } from './receiptHmac.js';
import { openOrErased, seal } from './sealing.js';
import type { SealingKey, Vault } from './vault.js';

interface FoundValue {
  readonly at: string;
  readonly keyId: string;
}

/** Visits every personal value that is still in the clear. */
function replacePersonal(
  definition: EventDefinition,
  streamId: string,
  data: unknown,
  replace: (value: unknown, found: FoundValue) => unknown,
): unknown {
  return definition.personal.reduce(
    (result, { path, meta }) =>
      replaceLeaves(result, path, (value, { at, parent }) => {
        if (isSealed(value)) return value;
        const named = meta.personal?.of === undefined ? undefined : parent[meta.personal.of];
        return replace(value, { at, keyId: typeof named === 'string' ? named : streamId });
      }),
    data,
  );
}

/** What the command path needs of a vault: seals an event's personal fields, each under the key of whom it is about. */
export async function sealerOf(vault: Vault) {
  return {
    /** @throws KeyDestroyed when one of those whom the event is about is erased */
    async seal(definition: EventDefinition, eventId: string, streamId: string, data: unknown): Promise<unknown> {
      const keyIds = new Set<string>();
      replacePersonal(definition, streamId, data, (value, { keyId }) => {
        keyIds.add(keyId);
        return value;
      });
      if (keyIds.size === 0) return data;
      const keys: ReadonlyMap<string, SealingKey> = await vault.sealingKeys(keyIds);
      return replacePersonal(definition, streamId, data, (value, { at, keyId }) =>
        seal(keys.get(keyId)!, { eventId, path: at }, value),
      );
    },
    receiptHmac: receiptHmac(await vault.secret('command-receipts')),
  };
}

/** What read models need of a vault. */
export async function lensOf(vault: Vault) {
  return {
    open: (sealed: Sealed): Promise<unknown> => openOrErased(vault, sealed),
    blindIndex: blindIndex(await vault.secret('blind-index')),
  };
}
