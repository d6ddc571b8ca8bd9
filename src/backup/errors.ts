/** Base of what backup and restore may throw; `code` is stable, and the message names the folder and the way out. */
export abstract class BackupError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The backup cannot be taken there, or not be restored there. Nothing was written, or what was is gone again. */
export class BackupRefused extends BackupError {
  readonly code = 'BACKUP_REFUSED';
}

/** The folder is no backup, or not one that is whole. */
export class BackupDamaged extends BackupError {
  readonly code = 'BACKUP_DAMAGED';
}
