import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveWith } from '../../../src/kernel/decider.js';
import type { EventEnvelope } from '../../../src/kernel/envelope.js';
import { disputeCommands } from '../../../src/mediation/commands/index.js';
import { dispute } from '../../../src/mediation/dispute.js';
import type { Dispute } from '../../../src/mediation/state.js';
import { derivedStatus, evidentiaryStatus } from '../../../src/mediation/status.js';
import { guardContext } from '../spec.js';
import { wholeCase } from './wholeCase.js';

const envelopes = await wholeCase();
const foldOf = (events: readonly EventEnvelope[]): Dispute =>
  events.reduce<Dispute>((state, event) => evolveWith(dispute as never, state, event) as Dispute, dispute.initial);

describe('The fold of a case', () => {
  it('has met every event that a case knows', () => {
    expect(new Set(envelopes.map(event => event.type))).toEqual(new Set(Object.keys(dispute.events)));
  });

  it('takes any part of a stream, in order', () => {
    fc.assert(
      fc.property(fc.subarray([...envelopes]), part => {
        const state = foldOf(part);
        derivedStatus(state, '2023-01-01');
        evidentiaryStatus(state);
        dispute.participantsOf?.(state);
        for (const command of disputeCommands) command.guard?.(state, guardContext('dispute-1'));
        return dispute.statusOf(state) === state.status;
      }),
      { numRuns: 300 },
    );
  });

  it('holds nothing that a document of it would lose', () => {
    const state = foldOf(envelopes);
    expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
  });
});
