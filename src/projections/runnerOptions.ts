import type { ReadModel } from '../database/readModel.js';
import type { EventStore, RecordedEvent } from '../eventstore/port.js';
import type { Position } from '../kernel/position.js';
import type { Leadership } from './leadership.js';
import type { Lens, View } from './view.js';

export interface RunnerOptions {
  readonly store: Pick<EventStore, 'head' | 'subscribe' | 'readStream'>;
  readonly db: ReadModel;
  readonly views: readonly View[];
  readonly lens: Lens;
  /** Told of what stops a projection, or all of them. Must not throw. */
  readonly onError: (error: Error) => void;
  /** Told of the categories of streams in a batch, once it can be read; of none where another runner was faster. */
  readonly onProjected?: (categories?: ReadonlySet<string>) => void;
  readonly batchSize?: number;
  /** How long it may keep its process from requests at a time, in milliseconds; a batch at a time, if left out. */
  readonly sliceMs?: number;
  /** Who runs the projections, where several processes share the read models; this one by default. */
  readonly leadership?: Leadership;
  readonly watch?: BatchWatch;
  /**
   * A projection that cannot take in more streams than this is broken itself: it stops, and the events are not to
   * blame. 1,000 by default.
   */
  readonly mostParkedStreams?: number;
  /** Whether these tables stand beside those that are served: their writer then holds back no other. */
  readonly beside?: boolean;
  /** Whether it stops on a full disk, instead of waiting until there is room; false by default. */
  readonly stopsWithoutRoom?: boolean;
}

/** Has a batch taken in and looks on, for traces. */
export type BatchWatch = (batch: readonly RecordedEvent[], take: () => Promise<void>) => Promise<void>;

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  /** Why it stands still; absent while it runs. */
  readonly stopped?: string;
  /** Whether it goes on by itself once what it stands still for is over. */
  readonly isWaiting?: boolean;
  /** Streams of which it takes in nothing more until they are retried. */
  readonly parkedStreams: number;
}
