import { createHash } from 'node:crypto';
import type { RawEvent } from '../port.js';

/**
 * SHA-256 over the events of a store in their order: for each the line `<stream> <revision> <length in bytes>`, its
 * newline, and its bytes. Positions are not in it: they are the store's own.
 */
export class EventsDigest {
  private readonly hash = createHash('sha256');
  count = 0;

  add({ streamId, revision, bytes }: RawEvent): void {
    this.hash.update(`${streamId} ${revision} ${bytes.length}\n`).update(bytes);
    this.count++;
  }

  /** Of all that was added. To be asked for once. */
  hex(): string {
    return this.hash.digest('hex');
  }
}
