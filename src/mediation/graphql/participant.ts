import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { ParticipantRole, PartySide } from '../codes.js';
import type { Participant } from '../state/people.js';
import { CasePart } from './part.js';

@ObjectType('Participant', {
  description: 'Someone who joins a mediation with the consent of the parties (PML art. 20).',
  simpleResolvers: true,
})
export class ParticipantType extends CasePart<Participant> {
  @Field(() => ID, { description: 'Id of the participant within the case.' })
  get participantId(): string {
    return this.part.participantId;
  }

  @Field(() => enumOf(ParticipantRole), { description: 'As what.' })
  get role(): string {
    return this.part.role;
  }

  @Field(() => [enumOf(PartySide)], { description: 'Sides that have consented.' })
  get consentBy(): readonly string[] {
    return this.part.consentBy;
  }

  @Field(() => String, { nullable: true, description: 'Name, for who works on the case; `［已封存］` for others.' })
  name(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.name, context);
  }
}
