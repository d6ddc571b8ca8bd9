/** Someone else runs the policies, or did so meanwhile; nothing of this was written. */
export class ControlLost extends Error {
  override readonly name = 'ControlLost';
}

/** The control store cannot be used: damaged, of a newer version, or no control store. */
export class ControlUnusable extends Error {
  override readonly name = 'ControlUnusable';
  readonly code = 'CONTROL_UNUSABLE';
  /** @param place a file, or an address without its password */
  constructor(
    readonly place: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${reason}`, options);
  }
}

/** There is none; only whoever copies asks, since one that is lost is made anew. */
export class ControlNotThere extends ControlUnusable {
  constructor(place: string) {
    super(place, 'there is no control store');
  }
}

/** What to do about one that is damaged: nothing in it is not in the events, too. */
export const LET_GO =
  'restore it from a backup, or delete it: policies then read the log again, and record nothing twice';

export const controlOfVersion = (place: string, version: number, known: number): ControlUnusable =>
  new ControlUnusable(
    place,
    `is a control store of version ${version}, and this program knows version ${known}; use the program that wrote it`,
  );
