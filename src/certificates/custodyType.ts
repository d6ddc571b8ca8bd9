import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../graphql/codeLists.js';
import type { RequestContext } from '../graphql/context.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import type { CustodyLink, Holder } from './certificate.js';
import { CustodyEvent, HolderKind } from './codes.js';

@ObjectType('CustodyHolder', { description: 'Who holds a certificate.' })
export class HolderType {
  constructor(private readonly holder: Holder) {}

  @Field(() => enumOf(HolderKind), { description: 'Kind of holder.' })
  get kind(): string {
    return this.holder.kind;
  }

  @Field(() => ID, { nullable: true, description: 'Id of the unit or officer; null of who signed for it.' })
  get id(): string | undefined {
    return this.holder.id;
  }

  @Field(() => ID, { nullable: true, description: 'Backpack that it is in.' })
  get backpackId(): string | undefined {
    return this.holder.backpackId;
  }

  @Field(() => OfficerType, { nullable: true, description: 'The officer who carries it.' })
  officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.holder.kind === 'OFFICER' ? this.holder.id : undefined);
  }
}

@ObjectType('CustodyLink', { description: 'A link in the chain of custody of a certificate.', simpleResolvers: true })
export class CustodyLinkType {
  constructor(private readonly link: CustodyLink) {}

  @Field(() => enumOf(CustodyEvent), { description: 'What happened.' })
  get event(): string {
    return this.link.event;
  }

  @Field(() => HolderType, { nullable: true, description: 'Who holds it from then on.' })
  get holder(): HolderType | undefined {
    return this.link.holder && new HolderType(this.link.holder);
  }

  @Field(() => DateTimeScalar, { description: 'When, by the clock of the device.' })
  get at(): string {
    return this.link.at;
  }
}
