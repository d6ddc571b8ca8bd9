import { Arg, type ClassType, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { maySee } from '../access/authorise.js';
import type { BoundCommand } from '../commands/command.js';
import { fieldNameOf } from '../commands/command.js';
import { execute } from '../commands/execute.js';
import { COMMON_CODES, type Refusal } from '../commands/refusal.js';
import { codeList } from '../kernel/codes.js';
import type { Aggregate } from '../kernel/decider.js';
import type { Label, Locale } from '../kernel/label.js';
import { enumOf, LocaleArg } from './codeLists.js';
import { encodeToken } from './consistencyToken.js';
import type { NounBinding, RequestContext } from './context.js';
import { EventType } from './event.js';
import { sourcesOf } from './history.js';
import { inputType } from './inputTypes.js';

const messagesOf = (aggregate: Aggregate): Record<string, Label> => ({
  ...COMMON_CODES,
  ...Object.fromEntries(
    aggregate.ruleSets.flatMap(set => Object.entries(set.rules).map(([code, rule]) => [code, rule.message])),
  ),
});

/** The one error type of a noun, with the one code enum of its rules. */
function errorTypeOf({ noun, ...aggregate }: Aggregate): ClassType<object> {
  const codes = codeList(
    `${noun}ErrorCode`,
    `Why a command on a ${noun} was refused.`,
    messagesOf({ noun, ...aggregate } as Aggregate),
  );

  @ObjectType(`${noun}Error`, { description: `Why a command on a ${noun} was refused. Nothing was recorded.` })
  class NounError {
    constructor(private readonly refusal: Refusal) {}

    @Field(() => enumOf(codes), { description: 'Stable code of the rule.' })
    get code(): string {
      return this.refusal.code;
    }

    @Field(() => [String], { description: 'Where in the input; empty when it is about the whole.' })
    get path(): readonly string[] {
      return this.refusal.path;
    }

    @Field(() => String, { description: 'What a person reads.' })
    message(@LocaleArg() locale: Locale): string {
      return this.refusal.message[locale];
    }

    @Field(() => String, { nullable: true, description: 'Statute and article, or the practice of the rule.' })
    get citation(): string | undefined {
      return this.refusal.citation;
    }

    @Field(() => Int, { nullable: true, description: 'Of a CONFLICT: the revision that the client decided on.' })
    get expectedRevision(): number | undefined {
      return this.refusal.expectedRevision;
    }

    @Field(() => Int, { nullable: true, description: 'Of a CONFLICT: the revision that is there.' })
    get actualRevision(): number | undefined {
      return this.refusal.actualRevision;
    }
  }
  return NounError as ClassType<object>;
}

const payloadName = (command: string) => `${command.charAt(0).toUpperCase()}${command.slice(1)}`;

function payloadType(bound: BoundCommand, nounType: ClassType<object>, errorType: ClassType<object>) {
  const noun = bound.aggregate.noun;
  const type = { Payload: class {} }.Payload;
  const add = (name: string, of: () => object, nullable: boolean, description: string) =>
    Field(of as never, { nullable, description })(type.prototype, name);
  add(fieldNameOf(noun), () => nounType, true, `The ${noun} after it; null when refused, or not yet readable.`);
  add('events', () => [EventType], false, 'What was recorded; empty when refused.');
  add('consistencyToken', () => String, true, 'To be sent as `satchel-read-after`, so that a read knows of this.');
  add('errors', () => [errorType], false, 'Why it was refused; empty when it was done.');
  ObjectType(`${payloadName(bound.command.name)}Payload`, {
    description: `What came of ${bound.command.name}.`,
    simpleResolvers: true,
  })(type);
  return type;
}

/** Carries out a command, waits (bounded) until it can be read, and answers under the rights of the viewer. */
async function carryOut(
  bound: BoundCommand,
  errorType: ClassType<object>,
  input: unknown,
  { services, viewer, loaders }: RequestContext,
): Promise<object> {
  const outcome = await execute(services.commands, bound, input, viewer);
  const ErrorClass = errorType as unknown as new (refusal: Refusal) => object;
  if (outcome.refused) return { events: [], errors: outcome.refused.map(refusal => new ErrorClass(refusal)) };
  const { streamId, firstRevision, lastRevision, position } = outcome.done;
  const reached = await services.projections.reached(position, services.mutationWaitMs);
  // Behind a parked stream the read model has what was there before: not what this command has made of it.
  const readable = reached && !services.projections.isParked(streamId);
  loaders.clear();
  /** Reads the whole stream, so only for clients that ask for it. */
  const events = async () => {
    const sources = await sourcesOf(services, bound.aggregate, streamId);
    // A command that comes again is answered under the rights of now, which may be fewer than those of then.
    if (!maySee(viewer, bound.aggregate, sources.at(-1)?.after)) return [];
    return sources
      .filter(({ event }) => event.revision >= firstRevision && event.revision <= lastRevision)
      .map(source => new EventType(source));
  };
  return {
    [fieldNameOf(bound.aggregate.noun)]: readable ? await loaders.noun(streamId) : undefined,
    events,
    consistencyToken: encodeToken(position),
    errors: [],
  };
}

const describe = ({ command }: BoundCommand): string =>
  [`${command.description} (${command.label.zh})`, command.citation && `Basis: ${command.citation}.`]
    .filter(Boolean)
    .join(' ');

/** The mutations of a noun, one a command, each made from the command's schema. */
export function mutationsOf(binding: Pick<NounBinding, 'aggregate' | 'commands'>, nounType: ClassType<object>) {
  const errorType = errorTypeOf(binding.aggregate);
  const resolver = { Mutations: class {} }.Mutations;
  for (const bound of binding.commands) {
    const { name } = bound.command;
    const input = inputType(`${payloadName(name)}Input`, bound.schema, describe(bound));
    const payload = payloadType(bound, nounType, errorType);
    Object.defineProperty(resolver.prototype, name, {
      value: (given: unknown, context: RequestContext) => carryOut(bound, errorType, given, context),
      writable: true,
    });
    Arg('input', () => input, { description: 'What is asked.' })(resolver.prototype, name, 0);
    Ctx()(resolver.prototype, name, 1);
    const descriptor = Object.getOwnPropertyDescriptor(resolver.prototype, name) as PropertyDescriptor;
    Mutation(() => payload, { description: describe(bound) })(resolver.prototype, name, descriptor);
  }
  Resolver()(resolver);
  return resolver;
}
