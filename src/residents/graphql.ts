import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { hasRole, inScope } from '../access/authorise.js';
import { type Role, STATION_ROLES } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page } from '../graphql/connection.js';
import type { Known, RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { reveal } from '../graphql/maskData.js';
import { PageArgs } from '../graphql/pageArgs.js';
import { Recorded } from '../graphql/recorded.js';
import { AddressMasked, NameMasked, PhoneMasked, ResidentNumberMasked } from '../graphql/scalars.js';
import { withinDivision } from '../graphql/withinDivision.js';
import type { Snapshot } from '../kernel/decider.js';
import type { Mask } from '../kernel/fields.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { ERASED, MINOR_MASK, maskValue } from '../kernel/masking.js';
import type { Personal } from '../kernel/personal.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { AgeBand, HouseholdRelation, RestrictionReason, Vulnerability } from './codes.js';
import { residentCommands } from './commands.js';
import { ageBandOf, isMinorOn, maskedOf } from './masked.js';
import { type Household, type Resident, resident } from './resident.js';
import { residentView } from './views.js';

/** Who may look at a resident: those who work with residents, and those who check how. */
const RESIDENT_READERS: readonly Role[] = [
  ...STATION_ROLES,
  'MEDIATOR',
  'COURT',
  'JUSTICE_OFFICE',
  'COUNTY_CHIEF',
  'AUDITOR',
];

const todayOf = ({ services }: RequestContext) => legalDayOf(services.clock.now());

@ObjectType('HouseholdMembership', { description: 'Where a resident belongs.', simpleResolvers: true })
export class HouseholdType {
  @Field(() => ID, { description: 'Id of the household.' })
  householdId!: string;

  @Field(() => enumOf(HouseholdRelation), { description: 'What the resident is to its head.' })
  relation!: string;
}

@ObjectType('Resident', {
  description: 'A resident, masked: whoever needs more asks for it with a purpose, and it is recorded.',
  implements: Recorded,
  simpleResolvers: true,
})
export class ResidentType extends Recorded<Resident> {
  /** @param hidden whether shown as a minor is, of age or not */
  constructor(
    snapshot: Snapshot<Resident>,
    known?: Known,
    private readonly hidden = false,
  ) {
    super(snapshot, known);
  }

  /** The same, told by nothing: who was a minor in a case stays one in it, of age or not. */
  asMinor(): ResidentType {
    return new ResidentType(this.snapshot, () => false, true);
  }

  private masked(
    value: Personal<string> | undefined,
    mask: Mask,
    context: RequestContext,
  ): Promise<string | undefined> {
    if (this.hidden) return Promise.resolve(value && MINOR_MASK);
    return maskedOf(this.state, value, mask, context.services.lens, todayOf(context));
  }

  /** Whether relatives and home may be named: of a minor they would tell the surname and the village. */
  private async mayNameKin({ viewer, services }: RequestContext): Promise<boolean> {
    if (this.hidden || !inScope(viewer, this.state.orgUnitId)) return false;
    return !(await isMinorOn(this.state, services.lens, legalDayOf(services.clock.now())));
  }

  @Field(() => NameMasked, { nullable: true, description: 'Surname alone; nothing of a minor.' })
  name(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.masked(this.state.name, 'NAME', context);
  }

  /** Surname alone, of a minor too: only for who runs the minor's case. */
  async surname({ services }: RequestContext): Promise<string | undefined> {
    return this.state.name && maskValue('NAME', await reveal(services.lens, this.state.name));
  }

  @Field(() => ResidentNumberMasked, { nullable: true, description: 'Resident number; null for who has none.' })
  number(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.masked(this.state.number, 'NUMBER', context);
  }

  @Field(() => PhoneMasked, { nullable: true, description: 'Phone number.' })
  phone(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.masked(this.state.phone, 'PHONE', context);
  }

  @Field(() => AddressMasked, { nullable: true, description: 'Address, down to the village.' })
  address(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.masked(this.state.address, 'ADDRESS', context);
  }

  @Field(() => AddressMasked, { nullable: true, description: 'Village or neighbourhood.' })
  village(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.masked(this.state.village, 'ADDRESS', context);
  }

  @Field(() => String, { nullable: true, description: 'Code of the township of residence.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => enumOf(AgeBand), { nullable: true, description: 'Age, roughly; null if the date of birth is unknown.' })
  async ageBand(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.hidden ? undefined : ageBandOf(this.state, context.services.lens, todayOf(context));
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether under 18; null if the date of birth is unknown.' })
  async isMinor(@Ctx() context: RequestContext): Promise<boolean | undefined> {
    return this.hidden ? undefined : isMinorOn(this.state, context.services.lens, todayOf(context));
  }

  @Field(() => [enumOf(Vulnerability)], {
    nullable: true,
    description: 'Why the resident needs special care: for the station that is responsible, null for others.',
  })
  async vulnerabilities(@Ctx() { viewer, services }: RequestContext): Promise<readonly string[] | undefined> {
    if (this.hidden || !hasRole(viewer, STATION_ROLES) || !inScope(viewer, this.state.orgUnitId)) return undefined;
    const opened: unknown = await reveal(services.lens, this.state.vulnerabilities ?? []);
    return opened === ERASED ? undefined : (opened as readonly string[]);
  }

  @Field(() => HouseholdType, {
    nullable: true,
    description:
      'The household that the resident belongs to. Null for a minor, whom it would tell (Law on the Protection of Minors art. 103).',
  })
  async household(@Ctx() context: RequestContext): Promise<Household | undefined> {
    return (await this.mayNameKin(context)) ? this.state.household : undefined;
  }

  @Field(() => [ResidentType], {
    description:
      'Guardians whom you may see. None of a minor, whose surname and village they share (Law on the Protection of Minors art. 103).',
  })
  async guardians(@Ctx() context: RequestContext): Promise<readonly ResidentType[]> {
    return (await this.mayNameKin(context)) ? context.loaders.nouns<ResidentType>(this.state.guardianIds) : [];
  }

  @Field(() => enumOf(RestrictionReason), { nullable: true, description: 'Why the data may only be stored; or null.' })
  get restriction(): string | undefined {
    return this.state.restriction;
  }

  @Field(() => OrgUnitType, {
    nullable: true,
    description: 'Station that is responsible: the one that registered the resident, until a move.',
  })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.state.orgUnitId);
  }
}

const ResidentConnection = connectionOf(ResidentType, 'Resident');

@ArgsType()
class ResidentsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only residents of this division, by its code.' })
  divisionCode?: string;

  @Field(() => ID, { nullable: true, description: 'Only residents of this household; minors among them are left out.' })
  householdId?: string;

  @Field(() => ID, { nullable: true, description: 'Only residents whom this station registered.' })
  orgUnitId?: string;
}

@Resolver()
export class ResidentQueries {
  @Query(() => ResidentType, { nullable: true, description: 'A resident by id.' })
  resident(
    @Arg('id', () => ID, { description: 'Id of the resident.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ResidentType> {
    return loaders.required<ResidentType>(id, 'resident');
  }

  @Query(() => ResidentConnection, {
    description: 'Residents of your station, by id. Someone in particular is found with findResident.',
  })
  async residents(
    @Args(() => ResidentsArgs) args: ResidentsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<ResidentType>> {
    const page = await listPage<ResidentType>(context, residentBinding, args, {
      list: 'residents',
      roles: STATION_ROLES,
      equal: { householdId: args.householdId, orgUnitId: args.orgUnitId },
      where: query => withinDivision(query, args.divisionCode),
      sort: { column: 'id', descending: false },
    });
    return args.householdId ? withoutMinors(page, context) : page;
  }
}

/** Beside the rest of the household, a minor would be told by their surname. */
async function withoutMinors(page: Page<ResidentType>, context: RequestContext): Promise<Page<ResidentType>> {
  const minors = await Promise.all(page.edges.map(({ node }) => node.isMinor(context)));
  const edges = page.edges.filter((_edge, index) => minors[index] !== true);
  return { ...page, edges, nodes: edges.map(({ node }) => node) };
}

export const residentBinding = bindNoun({
  aggregate: resident,
  view: residentView,
  commands: residentCommands,
  readers: RESIDENT_READERS,
  type: ResidentType,
});
