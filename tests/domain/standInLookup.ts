import type { AnyCommand, FactContext } from '../../src/commands/command.js';
import type { Lookup, VisitFact } from '../../src/commands/lookup.js';
import { officerActor } from './spec.js';

/** Stands in for what other nouns answer: nothing is known but what is given. */
export const standInLookup = (known: Partial<Lookup>): Lookup =>
  new Proxy(known, {
    get: (answers, name) => answers[name as keyof Lookup] ?? (async () => undefined),
  }) as Lookup;

/** A visit of the station, to a household of Dananyu, that has begun. */
export const visitUnderWay = (otherwise: Partial<VisitFact> = {}): VisitFact => ({
  kind: 'HOUSEHOLD',
  orgUnitId: officerActor.orgUnitId,
  participantIds: [officerActor.actorId],
  startedAt: '2021-04-01T01:00:00.000Z',
  divisionCode: '621224112',
  ...otherwise,
});

/** The facts that a command looks up for this input. */
export const factsOf = (command: AnyCommand, input: object, known: Partial<Lookup>, actor = officerActor) =>
  command.facts?.(input as never, {}, standInLookup(known), { actor } as FactContext);
