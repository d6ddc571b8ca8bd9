import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../kernel/canonicalJson.js';
import { BackupDamaged, BackupRefused } from './errors.js';
import { writeDurably } from './files.js';

const FORMAT = 'satchel-backup';
const VERSION = 2;
/** Of before there were policies. */
const WITHOUT_CONTROL = 1;
const MANIFEST_FILE = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A file of the backup, as it was when it was written. */
const file = { file: z.string().regex(/^[a-z]+\.db$/), bytes: z.int().min(1), sha256 };

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal([WITHOUT_CONTROL, VERSION]),
  /** Of the program that wrote it. */
  satchel: z.string(),
  takenAt: z.iso.datetime(),
  events: z.strictObject({
    ...file,
    /** Engine that they were on. */
    from: z.enum(['SQLite', 'EventStoreDB']),
    count: z.int().min(0),
    /** Of the last one, as that engine counts. */
    position: z.string(),
    /** The same for the same events on any engine: see `EventsDigest`. */
    digest: sha256,
    /** Of commands whose id was used in several streams; one of each is kept. */
    receiptsLeftOut: z.int().min(0),
  }),
  vault: z.strictObject({ ...file, from: z.enum(['SQLite', 'PostgreSQL']), keys: z.int().min(0) }),
  /** Absent when there was none: policies then begin with the first event. */
  control: z.strictObject({ ...file, from: z.enum(['SQLite', 'PostgreSQL']), timers: z.int().min(0) }).optional(),
});

/** What a backup holds. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A file of the backup. */
export type BackupFile = Pick<Manifest['events'], 'file' | 'bytes' | 'sha256'>;

/** Over all else that the manifest says, so that no letter of it can change unseen. */
const sealOf = (manifest: unknown): string => createHash('sha256').update(canonicalJson(manifest)).digest('hex');

export type Contents = Omit<Manifest, 'format' | 'version'>;

/** To be written last: a folder without it is no backup. */
export function writeManifest(folder: string, contents: Contents): Manifest {
  const manifest: Manifest = { format: FORMAT, version: VERSION, ...contents };
  const text = JSON.stringify({ ...manifest, sha256: sealOf(manifest) }, undefined, 2);
  writeDurably(join(folder, MANIFEST_FILE), `${text}\n`);
  return manifest;
}

/**
 * @throws BackupDamaged when there is none, or it is not as it was written
 * @throws BackupRefused when a newer program wrote it
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST_FILE);
  const { sha256: seal, ...manifest } = parse(path, read(folder, path));
  const { format, version } = manifest;
  if (format !== FORMAT)
    throw new BackupDamaged(`${path}: is not the manifest of a backup; give the folder of a backup`);
  if (typeof version === 'number' && version > VERSION)
    throw new BackupRefused(
      `${path}: is of version ${version}, and this program knows version ${VERSION}; restore with the program that took the backup`,
    );
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success || seal !== sealOf(manifest))
    throw new BackupDamaged(`${path}: is not as it was written; take another copy of the backup`);
  return parsed.data;
}

function read(folder: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new BackupDamaged(
      `${folder}: is no backup, or one that was cut off: ${MANIFEST_FILE} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      { cause },
    );
  }
}

function parse(path: string, text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new BackupDamaged(`${path}: is damaged; take another copy of the backup`, { cause });
  }
}
