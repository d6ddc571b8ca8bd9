import { SYSTEM } from '../../access/viewer.js';
import { loadStream } from '../../commands/loadStream.js';
import type { Lookup } from '../../commands/lookup.js';
import { appendEnvelopes, envelopesOf, type Sealer } from '../../commands/record.js';
import { RevisionConflict } from '../../eventstore/errors.js';
import type { EventStore } from '../../eventstore/port.js';
import type { Clock } from '../../kernel/clock.js';
import type { Aggregate } from '../../kernel/decider.js';
import type { EventEnvelope } from '../../kernel/envelope.js';
import { derivedUuid, streamId } from '../../kernel/ids.js';
import { caseNumbering } from './caseNumbering.js';
import type { CaseNumberEvent } from './events.js';

interface Sources {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

const aggregate = caseNumbering as unknown as Aggregate;
const [ruleSet] = caseNumbering.ruleSets;

/** The stream that numbers a unit's cases in a year. */
export const caseNumberStream = (unitId: string, year: number): string =>
  streamId(aggregate.category, derivedUuid(aggregate.category, unitId, year));

const numberIn = (event: EventEnvelope): number => (event as unknown as CaseNumberEvent).data.number;

/**
 * Records the next number of a unit's cases in a year, before the case that bears it: a case that is then refused
 * leaves a gap. A command that comes again gets the number that it was given for the same case: of a command id alone it
 * is not known everywhere that it was used for another case.
 */
export function allocateCaseNumber({ store, sealer, clock }: Sources): Lookup['allocateCaseNumber'] {
  return async ({ unitId, year, caseId, commandId, occurredAt }) => {
    const id = caseNumberStream(unitId, year);
    // Of its own, so that the same command may be given a number elsewhere, when it comes again in another year.
    const allocationId = derivedUuid(commandId, id, caseId);
    for (;;) {
      const { snapshot, events } = await loadStream(store, aggregate, id);
      const given = events.find(event => event.commandId === allocationId);
      if (given) return numberIn(given);
      const number = snapshot.revision + 2;
      const recording = {
        commandId: allocationId,
        causationId: commandId,
        correlationId: commandId,
        actor: SYSTEM,
        occurredAt: new Date(occurredAt),
        now: clock.now(),
        ruleSet,
      };
      const allocated = [{ type: 'CaseNumberAllocated', data: { unitId, year, number } }];
      const envelopes = await envelopesOf(aggregate, snapshot, allocated, recording, sealer);
      try {
        await appendEnvelopes(store, snapshot, envelopes, recording);
        return number;
      } catch (error) {
        // Whoever is slower looks again: each conflict means that another got on.
        if (!(error instanceof RevisionConflict)) throw error;
      }
    }
  };
}
