import type { ClassType } from 'type-graphql';
import type { Role } from '../access/roles.js';
import type { Viewer } from '../access/viewer.js';
import type { BoundCommand } from '../commands/command.js';
import type { CommandServices } from '../commands/commandServices.js';
import type { ReadModel } from '../database/readModel.js';
import type { EventStore } from '../eventstore/port.js';
import type { Tail } from '../eventstore/tail/tail.js';
import type { Clock } from '../kernel/clock.js';
import type { Aggregate, Snapshot } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import type { Retried } from '../projections/parking/retryStream.js';
import type { ProjectionRunner } from '../projections/runner.js';
import type { Lens, View } from '../projections/view.js';

/** Which events of a stream a past state was made of. */
export type Known = (event: EventEnvelope) => boolean;

/** A noun as the API knows it. */
export interface NounBinding {
  readonly aggregate: Aggregate;
  /** Its document view. */
  readonly view: View;
  readonly commands: readonly BoundCommand[];
  /** Who may read one within their scope, by id, in a list or through a link; for everyone else there are none. */
  readonly readers: readonly Role[];
  /** Its GraphQL object type. */
  readonly type: ClassType<object>;
  /** The object that GraphQL reads its fields from; `known` tells which events a past state is made of. */
  wrap(snapshot: Snapshot, known?: Known): object;
}

/** What outlives a request. */
export interface Services {
  readonly store: EventStore;
  /** For subscriptions: the end of the log, read once for all of them. */
  readonly tail: Tail;
  readonly db: ReadModel;
  readonly projections: ProjectionRunner;
  /** Takes the parked events of a stream in once more. */
  retryStream(streamId: string): Promise<Retried>;
  readonly commands: CommandServices;
  readonly lens: Lens;
  /** Records that sealed words of a noun are shown, and is done when that is on disk: otherwise they are not. */
  recordWordsRead(read: { readonly objectId: string; readonly subjectId?: string }, viewer: Viewer): Promise<void>;
  readonly clock: Clock;
  /** By category: `dispute`. */
  readonly nouns: ReadonlyMap<string, NounBinding>;
  /** How long a mutation waits for its projections, in milliseconds. */
  readonly mutationWaitMs: number;
  /** How long a read waits for a consistency token, in milliseconds. */
  readonly readAfterTimeoutMs: number;
}
