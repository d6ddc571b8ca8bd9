import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { hasRole, requireRole } from '../../access/authorise.js';
import { type Role, STATION_ROLES } from '../../access/roles.js';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { apiError } from '../../graphql/errors.js';
import type { CodeOf } from '../../kernel/codes.js';
import { parseResidentNumber, type ResidentNumber } from '../../kernel/residentNumber.js';
import { ResidentType } from '../../residents/graphql.js';
import { SearchPurpose } from './events.js';
import { recordAccess } from './recordAccess.js';

const SEARCHERS: readonly Role[] = [...STATION_ROLES, 'COUNTY_CHIEF'];

/** @throws BAD_USER_INPUT naming the rule, never the number */
function checkedNumber(text: string): ResidentNumber {
  const parsed = parseResidentNumber(text);
  if (parsed.ok) return parsed.number;
  throw apiError('BAD_USER_INPUT', `number: ${parsed.message.en}`, {
    argument: 'number',
    rule: `NUMBER_${parsed.rule}`,
  });
}

@Resolver()
export class FindResidentQuery {
  @Query(() => ResidentType, {
    nullable: true,
    description:
      'The resident with exactly this number, masked; for who serves at a station of another station too, without history, household and guardians. Every search is recorded with its purpose, before it is answered.',
  })
  async findResident(
    @Arg('number', () => String, { description: 'Whole resident number.' }) number: string,
    @Arg('purpose', () => enumOf(SearchPurpose), { description: 'What for.' }) purpose: CodeOf<typeof SearchPurpose>,
    @Ctx() { services, viewer, loaders }: RequestContext,
  ): Promise<ResidentType | undefined> {
    requireRole(viewer, SEARCHERS, 'findResident');
    const subjectId = await services.commands.lookup.residentByNumber(checkedNumber(number));
    // Who marries in or quarrels across a boundary belongs to another station, and still needs a certificate or a case.
    const beyond = hasRole(viewer, STATION_ROLES);
    const resident = beyond
      ? await loaders.namedIn<ResidentType>(subjectId)
      : await loaders.noun<ResidentType>(subjectId);
    const found = subjectId === undefined ? { found: false } : { found: true, subjectId };
    const data = { purpose, ...found, shown: resident !== undefined };
    await recordAccess(services.commands, { type: 'ResidentSearched', data }, viewer);
    return resident;
  }
}
