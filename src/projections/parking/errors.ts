/** A projection has set a stream aside; the message says why and what to do. */
export class StreamParked extends Error {
  override readonly name = 'StreamParked';
  constructor(projection: string, streamId: string, why: string) {
    super(
      `${projection} has parked ${streamId}, since it cannot take in ${why}. The rest goes on; ` +
        `once that is mended: satchel retry ${streamId}`,
    );
  }
}

/** A projection stands still, whatever comes. */
export class ProjectionBroken extends Error {
  override readonly name = 'ProjectionBroken';
}
