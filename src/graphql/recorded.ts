import { Arg, Ctx, Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { hasRole } from '../access/authorise.js';
import type { Viewer } from '../access/viewer.js';
import { type AnyCommand, type BoundCommand, type GuardContext, HANDLERS, mayGive } from '../commands/command.js';
import { refusalsOf, ruleSetAt } from '../commands/decide.js';
import type { Refusal } from '../commands/refusal.js';
import type { Snapshot } from '../kernel/decider.js';
import { categoryOf } from '../kernel/ids.js';
import type { Label, Locale } from '../kernel/label.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { LocaleArg } from './codeLists.js';
import type { Known, NounBinding, RequestContext, Services } from './context.js';
import { HistoryConnection, historyPage } from './history.js';
import type { Loaders } from './loaders.js';
import { DateTimeScalar } from './scalars.js';

@ObjectType({ description: 'Why something is not allowed now.', simpleResolvers: true })
export class Reason {
  constructor(private readonly refusal: Pick<Refusal, 'code' | 'message' | 'citation'>) {}

  @Field(() => String, { description: 'Stable code.' })
  get code(): string {
    return this.refusal.code;
  }

  @Field(() => String, { description: 'What a person reads.' })
  message(@LocaleArg() locale: Locale): string {
    return this.refusal.message[locale];
  }

  @Field(() => String, { nullable: true, description: 'Statute and article, or the practice that it comes from.' })
  get citation(): string | undefined {
    return this.refusal.citation;
  }
}

@ObjectType({ description: 'Something that can be asked of a noun, and whether this viewer may ask it now.' })
export class AllowedCommand {
  @Field(() => String, { description: 'Name of the mutation.' })
  readonly name: string;

  @Field(() => [Reason], { description: 'Why not; empty when it is allowed.' })
  readonly reasons: readonly Reason[];

  constructor(command: AnyCommand, reasons: readonly Reason[]) {
    this.name = command.name;
    this.reasons = reasons;
    this.text = command.label;
  }

  private readonly text: Label;

  @Field(() => String, { description: 'What people call it.' })
  label(@LocaleArg() locale: Locale): string {
    return this.text[locale];
  }

  @Field(() => Boolean, {
    description: 'Whether the state, the role of the viewer and the part in it allow it now; the input may still not.',
  })
  get allowed(): boolean {
    return this.reasons.length === 0;
  }
}

// type-graphql looks for implementing classes among those that name the interface themselves, not through another.
export const typeOfNode = ({ id }: Node, { services }: RequestContext): string | undefined =>
  services.nouns.get(categoryOf(id))?.aggregate.noun;

@InterfaceType({ description: 'Anything with an id of its own (Relay).', resolveType: typeOfNode })
export abstract class Node {
  @Field(() => ID, { description: 'Globally unique; says what it is of, `dispute-0192…`.' })
  id!: string;
}

const EVERYTHING: Known = () => true;

/** A noun with a history: what all of them answer. */
@InterfaceType({ description: 'A noun whose every change is recorded.', implements: Node })
export abstract class Recorded<State = unknown> extends Node {
  constructor(
    protected readonly snapshot: Snapshot<State>,
    protected readonly known: Known = EVERYTHING,
  ) {
    super();
    this.id = snapshot.id;
  }

  protected get state(): State {
    return this.snapshot.state;
  }

  @Field(() => Int, { description: 'Revision of the last event in it; to be given as `expectedRevision`.' })
  get revision(): number {
    return this.snapshot.revision;
  }

  @Field(() => DateTimeScalar, { description: 'When its first event was recorded.' })
  get firstRecordedAt(): string | undefined {
    return this.snapshot.firstRecordedAt;
  }

  @Field(() => DateTimeScalar, { description: 'When its last event was recorded.' })
  get lastRecordedAt(): string | undefined {
    return this.snapshot.lastRecordedAt;
  }

  @Field(() => Boolean, {
    description:
      'Whether its stream is parked: what is read here is true up to `revision`, and later events could not be taken in yet. `history` has them all.',
  })
  parked(@Ctx() { services }: RequestContext): boolean {
    return services.projections.isParked(this.id);
  }

  @Field(() => HistoryConnection, {
    description:
      'What happened to it, in order of revision. Nothing where it is out of your scope, and only named by what you see.',
  })
  history(
    @Arg('first', () => Int, { defaultValue: 50, description: 'Number of events, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor behind which to go on.' }) after:
      | string
      | undefined,
    @Ctx() context: RequestContext,
  ): Promise<HistoryConnection> {
    const { aggregate } = this.bindingIn(context.services);
    return historyPage(context.services, aggregate, this.id, this.known, first, after);
  }

  private bindingIn({ nouns }: Services): NounBinding {
    const binding = nouns.get(categoryOf(this.id));
    if (!binding) throw new Error(`There is no noun for ${this.id}`);
    return binding;
  }

  /** Commands are of now, whatever past the object is of. */
  private async stateNow(loaders: Loaders): Promise<State> {
    if (this.known === EVERYTHING) return this.state;
    return (await loaders.snapshot<State>(this.id))?.state ?? this.state;
  }

  @Field(() => [AllowedCommand], {
    description:
      'What can be asked of it, and why not where it cannot be asked: now, of an object as it was in the past, too.',
  })
  async allowedCommands(@Ctx() { services, viewer, loaders }: RequestContext): Promise<readonly AllowedCommand[]> {
    const state = await this.stateNow(loaders);
    const { aggregate, commands } = this.bindingIn(services);
    const occurredAt = services.clock.now().toISOString();
    const set = ruleSetAt(aggregate, occurredAt);
    const context: GuardContext = { actor: viewer, id: this.id, occurredAt, today: legalDayOf(occurredAt) };
    return commands
      .filter(({ command }) => !command.creates)
      .map(bound => {
        const { command } = bound;
        const access = forbidding(bound, viewer, state);
        const rules = refusalsOf(set, command.guard?.(state, context) ?? []).map(refusal => new Reason(refusal));
        return new AllowedCommand(command, [...access, ...rules]);
      });
  }
}

const forbidden = (zh: string, who: string) =>
  new Reason({ code: 'FORBIDDEN', message: { zh, en: `This is for ${who}` } });

/** What would be answered with FORBIDDEN. */
function forbidding(bound: BoundCommand, viewer: Viewer, state: unknown): readonly Reason[] {
  const { roles } = bound.command;
  if (!hasRole(viewer, roles)) return [forbidden('您的岗位无此权限', roles.join(', '))];
  return mayGive(bound, viewer, state) ? [] : [forbidden(HANDLERS.zh, HANDLERS.en)];
}
