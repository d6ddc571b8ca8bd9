import { KeyMissing, SealBroken } from '../../access/vault/errors.js';
import { isWellFormed, standsInPlace } from '../../access/vault/sealing.js';
import type { EventEnvelope } from '../../kernel/envelope.js';
import { ERASED } from '../../kernel/masking.js';
import { isSealed, type Sealed } from '../../kernel/personal.js';
import type { Misfit } from './rules.js';

/** Opens a sealed value: what it holds, or ERASED once its key is destroyed. @throws KeyMissing, SealBroken */
export type OpenSealed = (sealed: Sealed) => Promise<unknown>;

/** Sealed values so far, by what became of them. */
export interface SealedCount {
  /** Opened with their key, and are what their commitment says. */
  opened: number;
  /** Their key is destroyed, as it should be once someone is erased. */
  erased: number;
  /** Only looked at from outside: there is no vault. */
  unopened: number;
}

export interface SealCheck {
  /** Its place is looked at before this returns, as it depends on what came before. */
  check(envelope: EventEnvelope): Promise<Misfit[]>;
  readonly count: Readonly<SealedCount>;
}

/** Whether an event of this id has come before, in this stream. */
export type HasCome = (eventId: string, streamId: string) => boolean;

/** Whether sealed values are well formed, stand where they belong, and open. */
export function sealCheck(open: OpenSealed | undefined, hasCome: HasCome): SealCheck {
  const count: SealedCount = { opened: 0, erased: 0, unopened: 0 };
  /** Where it was sealed for, or carried on from an earlier event of the stream. */
  const isInPlace = (sealed: Sealed, { eventId, streamId }: EventEnvelope, path: string): boolean => {
    const [origin = ''] = sealed.at.split('/', 1);
    return standsInPlace(sealed, { eventId, path }) || (origin !== eventId && hasCome(origin, streamId));
  };
  const checkOne = async (sealed: Sealed, envelope: EventEnvelope, path: string): Promise<Misfit[]> => {
    if (!isWellFormed(sealed) || !isInPlace(sealed, envelope, path)) return [{ rule: 'SEAL', detail: path }];
    if (!open) {
      count.unopened++;
      return [];
    }
    try {
      count[(await open(sealed)) === ERASED ? 'erased' : 'opened']++;
      return [];
    } catch (error) {
      if (error instanceof KeyMissing) return [{ rule: 'KEY_MISSING', detail: `${sealed.keyId} at ${path}` }];
      if (error instanceof SealBroken) return [{ rule: 'SEAL', detail: path }];
      throw error;
    }
  };
  return {
    check: async envelope => {
      const found = sealedIn(envelope.data).map(([path, sealed]) => checkOne(sealed, envelope, path));
      return (await Promise.all(found)).flat();
    },
    count,
  };
}

/** Every sealed value in data of whatever version, by its path. */
function sealedIn(value: unknown, path: readonly string[] = []): [path: string, sealed: Sealed][] {
  if (isSealed(value)) return [[path.join('/'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => sealedIn(child, [...path, name]));
}
