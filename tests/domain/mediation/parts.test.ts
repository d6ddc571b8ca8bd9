import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/eventstore/port.js';
import { evolveWith } from '../../../src/kernel/decider.js';
import { dispute } from '../../../src/mediation/dispute.js';
import { noDispute } from '../../../src/mediation/state.js';
import { disputeParticipantView as view } from '../../../src/mediation/views.js';
import type { FoldLens, Row } from '../../../src/projections/view.js';
import { wholeCase } from './wholeCase.js';

const blind: FoldLens = { open: () => '', blindIndex: () => '' };

describe('Who has a part in a case', () => {
  it('is the same for the list of cases as for the case, after each of its events', async () => {
    const rows = new Map<string, Row | undefined>();
    let state: unknown = noDispute;
    for (const event of await wholeCase()) {
      const recorded = { ...event, position: '1' } as RecordedEvent;
      state = evolveWith(dispute as never, state as never, event);
      for (const key of view.keysOf(recorded)) rows.set(key, view.fold(rows.get(key), recorded, key, blind));
      const listed = [...rows.values()].flatMap(row => row?.participantId ?? []);
      expect([event.type, new Set(listed)]).toEqual([event.type, new Set(dispute.participantsOf?.(state as never))]);
    }
  });
});
