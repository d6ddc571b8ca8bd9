import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { MediatorCategory, MediatorType } from '../../organisation/mediator/graphql.js';
import { MisconductKind, PartySide } from '../codes.js';
import type { CaseMediator, Misconduct } from '../state/people.js';
import { CasePart } from './part.js';

@ObjectType('CaseMediator', { description: 'A mediator of a case, present or former.', simpleResolvers: true })
export class CaseMediatorType extends CasePart<CaseMediator> {
  @Field(() => ID, { description: 'Id of the mediator.' })
  get mediatorId(): string {
    return this.part.mediatorId;
  }

  @Field(() => enumOf(PartySide), { nullable: true, description: 'Side that chose the mediator; null when assigned.' })
  get chosenBy(): string | undefined {
    return this.part.chosenBy;
  }

  @Field(() => Boolean, { description: 'Whether someone else has taken over.' })
  get replaced(): boolean {
    return this.part.left === 'REPLACED';
  }

  @Field(() => Boolean, { description: 'Whether the mediator was taken off the case, and nobody put in the place.' })
  get removed(): boolean {
    return this.part.left === 'REMOVED';
  }

  @Field(() => String, {
    nullable: true,
    description: 'Name: mediators act by name. That of the officer, if it is one within your scope.',
  })
  async name(@Ctx() context: RequestContext): Promise<string | undefined> {
    const named = await context.loaders.namedIn<MediatorType>(this.part.mediatorId);
    return named?.name(context);
  }

  @Field(() => enumOf(MediatorCategory), { nullable: true, description: 'Where the mediator’s standing comes from.' })
  async category(@Ctx() { loaders }: RequestContext): Promise<string | undefined> {
    const named = await loaders.namedIn<MediatorType>(this.part.mediatorId);
    return named?.category;
  }

  @Field(() => MediatorType, { nullable: true, description: 'The mediator, if within your scope.' })
  mediator(@Ctx() { loaders }: RequestContext): Promise<MediatorType | undefined> {
    return loaders.noun<MediatorType>(this.part.mediatorId);
  }
}

@ObjectType('Misconduct', {
  description: 'What a mediator of the case did that a mediator must not do (PML art. 15).',
  simpleResolvers: true,
})
export class MisconductType extends CasePart<Misconduct> {
  @Field(() => ID, { description: 'Id of the mediator.' })
  get mediatorId(): string {
    return this.part.mediatorId;
  }

  @Field(() => enumOf(MisconductKind), { description: 'What kind it was.' })
  get kind(): string {
    return this.part.kind;
  }

  @Field(() => ID, { nullable: true, description: 'Party who reported it; null when no party did.' })
  get reportedBy(): string | undefined {
    return this.part.reportedBy;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What happened, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }
}
