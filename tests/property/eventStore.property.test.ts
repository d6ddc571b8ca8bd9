import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { sampleUpcasters } from '../contract/sampleAppend.js';
import { expectLikeModel } from './likeModel.js';

describe('the event store on SQLite', () => {
  it('answers as a list in memory would, whatever comes', () =>
    expectLikeModel(
      async () => {
        const directory = await mkdtemp(join(tmpdir(), 'satchel-model-'));
        return {
          open: async () => openSqliteEventStore({ file: join(directory, 'events.db'), upcasters: sampleUpcasters }),
          remove: () => rm(directory, { recursive: true }),
        };
      },
      { numRuns: 60, countsPositions: true, ordersStreams: true, knowsCommandsEverywhere: true },
    ));
});
