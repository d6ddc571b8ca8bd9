import { statfsSync } from 'node:fs';

export interface DiskRoom {
  readonly freeBytes: number;
  readonly allBytes: number;
}

/** Of the disk that a file lies on, as its owner may use it. */
export function diskRoomAt(file: string): DiskRoom {
  const { bavail, blocks, bsize } = statfsSync(file);
  return { freeBytes: bavail * bsize, allBytes: blocks * bsize };
}
