import type { Position } from '../kernel/position.js';
import type { Refusal } from './refusal.js';

export interface Done {
  readonly streamId: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
  readonly position: Position;
}

/** Either it is recorded, now or when the same command came before, or there are reasons why not. */
export type Outcome =
  | { readonly done: Done; readonly refused?: undefined }
  | { readonly refused: readonly Refusal[]; readonly done?: undefined };

export const refused = (...reasons: readonly Refusal[]): Outcome => ({ refused: reasons });
