import type { Kysely } from 'kysely';

/** The same on both engines. Instants are text, ISO 8601 in UTC, and compare as such. */
export interface ControlTables {
  readonly about: { readonly version: number; readonly epoch: number };
  readonly checkpoint: {
    readonly policy: string;
    readonly version: number;
    readonly position: string;
    /** JSON. */
    readonly landmark: string | null;
  };
  readonly timer: {
    readonly policy: string;
    readonly stream_id: string;
    readonly key: string;
    readonly due_at: string;
    readonly try_at: string;
    readonly org_unit_id: string;
  };
}

export type ControlDatabase = Kysely<ControlTables>;

export interface OpenControlOptions {
  /** Whether to make it where there is none. */
  readonly make: boolean;
}

export interface OpenControl {
  readonly place: string;
  readonly db: ControlDatabase;
  close(): Promise<void>;
}

export const SCHEMA_VERSION = 1;

/** @param prefix of the names, `satchel_control.`, and `text` the type of text that compares by its bytes */
export const tablesIn = (prefix: string, text: string): string => `
CREATE TABLE ${prefix}about (version integer NOT NULL, epoch integer NOT NULL);
INSERT INTO ${prefix}about VALUES (${SCHEMA_VERSION}, 0);
CREATE TABLE ${prefix}checkpoint (
  policy ${text} PRIMARY KEY,
  version integer NOT NULL,
  position ${text} NOT NULL,
  landmark text
);
CREATE TABLE ${prefix}timer (
  policy ${text} NOT NULL,
  stream_id ${text} NOT NULL,
  key ${text} NOT NULL,
  due_at ${text} NOT NULL,
  try_at ${text} NOT NULL,
  org_unit_id ${text} NOT NULL,
  PRIMARY KEY (policy, stream_id, key)
);
CREATE INDEX timer_try_at ON ${prefix}timer (try_at);
CREATE INDEX timer_postponed ON ${prefix}timer (due_at) WHERE try_at > due_at;`;
