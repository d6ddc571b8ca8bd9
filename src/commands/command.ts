import { z } from 'zod';
import { isAmong, mayCommand } from '../access/authorise.js';
import type { Role } from '../access/roles.js';
import type { Viewer } from '../access/viewer.js';
import type { Aggregate, Decision, NewEvent } from '../kernel/decider.js';
import { field, idOf, instant, isInstantField, leavesOf, uuid } from '../kernel/fields.js';
import type { Label } from '../kernel/label.js';
import type { Breach } from '../kernel/ruleSet.js';
import type { Lookup } from './lookup.js';

/** What every command carries beside its own fields. */
export const commonInput = {
  commandId: field(
    uuid(),
    '指令编号',
    'Chosen by the client; the same id again gives the same answer and does nothing.',
  ),
  occurredAt: field(
    instant(),
    '发生时间',
    'When it happened, by the clock of the device; now, if left out.',
  ).optional(),
  expectedRevision: field(
    z.number().int().min(-1),
    '预期版本',
    'Revision that the decision is based on: refused with CONFLICT if the noun has moved on.',
  ).optional(),
  deviceId: field(uuid(), '设备编号', 'The device that it was entered on.').optional(),
  basedOnRevision: field(
    z.number().int().min(-1),
    '依据版本',
    'Revision that an offline device had seen: a conflict only if something contradictory was recorded since.',
  ).optional(),
};

export type CommonInput = z.infer<z.ZodObject<typeof commonInput>>;

/** What a decision may know beside the state and the input. */
export interface DecisionContext<Facts = undefined> {
  /** Facts of other streams, looked up before the decision and written into the events. */
  readonly facts: Facts;
  readonly actor: Pick<Viewer, 'actorId' | 'role' | 'orgUnitId' | 'alsoKnownAs'>;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** Legal day of `occurredAt` in Asia/Shanghai. */
  readonly today: string;
  /** Rule set in force on that day. */
  readonly ruleSetId: string;
  /** Id of the noun's stream. */
  readonly id: string;
  /** A UUID for something inside the noun: the same again when the command is. */
  derivedId(name: string): string;
}

/** What a look-up of facts may know of the command. */
export interface FactContext extends Omit<DecisionContext, 'facts'> {
  readonly commandId: string;
}

/** What a guard may know beside the state: who asks, of what, and when. */
export interface GuardContext extends Pick<DecisionContext, 'actor' | 'id' | 'occurredAt' | 'today'> {
  /** Where a command is given, not only thought of: what is refused of a part of the noun is told of the one it names. */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** One thing that can be asked of a noun: its schema, who may ask, and the rules. Declared once. */
export interface Command<
  Input extends z.ZodRawShape = z.ZodRawShape,
  State = unknown,
  Event extends NewEvent = NewEvent,
  Code extends string = string,
  Facts = unknown,
> {
  /** Name of the mutation, `openSession`. */
  readonly name: string;
  readonly label: Label;
  readonly description: string;
  readonly citation?: string;
  /** Begins a stream; `id` may then be chosen by the client. */
  readonly creates?: boolean;
  readonly roles: readonly Role[];
  readonly input: Input;
  /** Types of later events that make a command of an offline device a conflict. */
  readonly conflictsWith?: readonly Event['type'][];
  /** Of those who do not handle the noun, the ones for whom this is all the same: ids of actors and units. */
  readonly alsoFor?: (state: State) => readonly string[];
  /** Whether it is for those too who may not see the noun: it has to ask for what only who is entitled knows. */
  readonly unseen?: boolean;
  /** What is refused whatever an input may say besides; also tells frontends what is allowed now. */
  readonly guard?: (state: State, context: GuardContext) => readonly Breach<Code>[];
  readonly facts?: (
    input: z.infer<z.ZodObject<Input>>,
    state: State,
    lookup: Lookup,
    context: FactContext,
  ) => Promise<Facts>;
  decide(state: State, input: z.infer<z.ZodObject<Input>>, context: DecisionContext<Facts>): Decision<Event, Code>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of commands of different nouns has no common input
export type AnyCommand = Command<any, any, any, any, any>;

/** A command with the noun that it changes, and the whole schema of its input. */
export interface BoundCommand {
  readonly aggregate: Aggregate;
  readonly command: AnyCommand;
  /** Name of the input field that holds the noun's id: `disputeId`, or `id` of a noun to be made. */
  readonly idField: string;
  readonly schema: z.ZodObject;
  /** Paths of the instants in the input. */
  readonly instants: readonly (readonly string[])[];
}

/** `orgUnit` of `OrgUnit`. */
export const fieldNameOf = (noun: string): string => noun.charAt(0).toLowerCase() + noun.slice(1);

export function bind(aggregate: Aggregate<never, never, never> | Aggregate, command: AnyCommand): BoundCommand {
  const noun = aggregate as Aggregate;
  const idField = command.creates ? 'id' : `${fieldNameOf(noun.noun)}Id`;
  const id = field(idOf(noun.category), '编号', `Id of the ${noun.label.en}.`);
  const schema = z.strictObject({
    ...commonInput,
    [idField]: command.creates ? id.optional() : id,
    ...command.input,
  });
  const instants = leavesOf(schema).filter(isInstantField);
  return { aggregate: noun, command, idField, schema, instants: instants.map(({ path }) => path) };
}

/** Declares commands of one noun with its types filled in. */
export const commandsOf =
  <State, Event extends NewEvent, Code extends string>(_aggregate: Aggregate<State, Event, Code>) =>
  <Input extends z.ZodRawShape, Facts = undefined>(
    command: Command<Input, State, Event, Code, Facts>,
  ): Command<Input, State, Event, Code, Facts> =>
    command;

/** Whether the viewer, whose role it is for, may give this command to a noun in this state. */
export const mayGive = ({ command, aggregate }: BoundCommand, viewer: Viewer, state: unknown): boolean =>
  command.unseen === true || mayCommand(viewer, aggregate, state) || isAmong(viewer, command.alsoFor?.(state) ?? []);

/** To whoever sees a noun and does not handle it. */
export const HANDLERS: Label = {
  zh: '仅限承办单位及承办人员',
  en: 'those who handle it: its unit, and who has it in hand',
};
