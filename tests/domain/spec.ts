import { expect } from 'vitest';
import { type AnyCommand, bind, type DecisionContext, type GuardContext } from '../../src/commands/command.js';
import { refusalsOf, rule, ruleSetAt } from '../../src/commands/decide.js';
import { validate } from '../../src/commands/validate.js';
import type { AnyAggregate, NewEvent } from '../../src/kernel/decider.js';
import { evolveWith } from '../../src/kernel/decider.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { derivedUuid, newUuid } from '../../src/kernel/ids.js';
import { legalDayOf } from '../../src/kernel/legalDay.js';

export const DEFAULT_TIME = '2022-10-18T02:00:00.000Z';

/** A UUID that a reader recognises and that is the same in every run. */
export const someId = (name: string): string => derivedUuid('spec', name);
export const idFor = (category: string, name: string): string => `${category}-${someId(name)}`;

export const officerActor: DecisionContext['actor'] = {
  actorId: idFor('officer', 'host'),
  role: 'OFFICER',
  orgUnitId: idFor('orgunit', 'station'),
  alsoKnownAs: [],
};

/** What a guard knows of who asks, of what, and when. */
export const guardContext = (id: string, actor = officerActor, at = DEFAULT_TIME): GuardContext => ({
  actor,
  id,
  occurredAt: at,
  today: legalDayOf(at),
});

export interface WhenOptions {
  readonly facts?: unknown;
  readonly actor?: DecisionContext['actor'];
  readonly at?: string;
}

const envelope = (id: string, event: NewEvent, revision: number, at: string): EventEnvelope => ({
  eventId: newUuid(),
  type: event.type,
  schemaVersion: 1,
  streamId: id,
  revision,
  occurredAt: event.occurredAt ?? at,
  recordedAt: at,
  clockSkewSuspect: false,
  actorId: officerActor.actorId,
  actorRole: officerActor.role,
  orgUnitId: officerActor.orgUnitId,
  commandId: newUuid(),
  correlationId: newUuid(),
  causationId: newUuid(),
  ruleSetId: 'SPEC',
  legalBasisCode: 'SPEC',
  subjectIds: [],
  attachments: [],
  data: event.data,
});

/**
 * Given these events, when a command is decided, then these events or this refusal.
 * Pure: the aggregate's fold, the command's schema, guard and decide, and the modes of its rules.
 */
export class Given {
  private constructor(
    private readonly aggregate: AnyAggregate,
    readonly id: string,
    readonly state: unknown,
    private readonly count: number,
    private readonly at: string,
  ) {}

  static nothing(aggregate: AnyAggregate, name = 'subject'): Given {
    return new Given(aggregate, idFor(aggregate.category, name), aggregate.initial, 0, DEFAULT_TIME);
  }

  /** Time of the events and commands that follow, ISO 8601. */
  on(at: string): Given {
    return new Given(this.aggregate, this.id, this.state, this.count, at);
  }

  events(...events: readonly NewEvent[]): Given {
    let state = this.state;
    let count = this.count;
    for (const event of events) state = evolveWith(this.aggregate, state, envelope(this.id, event, count++, this.at));
    return new Given(this.aggregate, this.id, state, count, this.at);
  }

  private decide(command: AnyCommand, input: object, options: WhenOptions) {
    const bound = bind(this.aggregate, command);
    const named = command.creates ? {} : { [bound.idField]: this.id };
    const validated = validate(bound, {
      commandId: someId(`${command.name}-${this.count}`),
      ...named,
      ...input,
    });
    if (validated.refused) return { refused: validated.refused };
    const at = options.at ?? this.at;
    const set = ruleSetAt(this.aggregate, at);
    const asked = validated.value as Record<string, unknown>;
    const context = {
      ...guardContext(this.id, options.actor, at),
      ruleSetId: set.id,
      derivedId: (name: string) => derivedUuid(this.id, String(this.count), name),
    };
    const forbidden = refusalsOf(set, command.guard?.(this.state, { ...context, input: asked }) ?? []);
    if (forbidden.length > 0) return { refused: forbidden };
    const decided = command.decide(this.state, asked, {
      ...context,
      facts: options.facts,
    });
    return rule(set, decided);
  }

  /** The events that a command comes to, checked against their schemas. */
  when(command: AnyCommand, input: object, options: WhenOptions = {}): readonly NewEvent[] {
    const ruling = this.decide(command, input, options);
    if (ruling.refused) throw new Error(`${command.name} was refused: ${JSON.stringify(ruling.refused)}`);
    return ruling.events.map(event => ({
      ...event,
      data: this.aggregate.events[event.type]?.stored.parse(event.data) ?? expect.fail(`no event ${event.type}`),
    }));
  }

  /** The state after a command was done, to go on from. */
  after(command: AnyCommand, input: object, options: WhenOptions = {}): Given {
    return this.on(options.at ?? this.at).events(...this.when(command, input, options));
  }

  /** Codes of the refusal, and that nothing came of it. */
  refuses(command: AnyCommand, input: object, options: WhenOptions = {}): readonly string[] {
    const ruling = this.decide(command, input, options);
    if (!ruling.refused) throw new Error(`${command.name} was not refused: ${JSON.stringify(ruling.events)}`);
    return ruling.refused.map(refusal => refusal.code);
  }
}

export const deviationsOf = (event: NewEvent | undefined): readonly string[] =>
  ((event?.data as { deviations?: readonly { rule: string }[] })?.deviations ?? []).map(deviation => deviation.rule);
