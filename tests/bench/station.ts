import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import { newUuid, streamId } from '../../src/kernel/ids.js';
import { boundCommand } from '../../src/server/registry.js';
import type { Satchel } from '../../src/server/satchel.js';

/** An officer of a station, for whom work is recorded. */
export interface Post {
  readonly countyId: string;
  readonly stationId: string;
  readonly officerId: string;
  readonly backpackId: string;
  /** Township of the station. */
  readonly divisionCode: string;
}

const STATIONS = 18;
const TOWNSHIP = '621224110';

async function must({ services }: Satchel, name: string, input: object): Promise<string> {
  const outcome = await execute(services.commands, boundCommand(name), { commandId: newUuid(), ...input }, SYSTEM);
  if (outcome.refused) throw new Error(`${name} was refused: ${JSON.stringify(outcome.refused)}`);
  await services.projections.reached(outcome.done.position, 10_000);
  return outcome.done.streamId;
}

/** Someone who works with Satchel; the id. */
export const registerPerson = (satchel: Satchel, orgUnitId: string, role: string, name = role): Promise<string> =>
  must(satchel, 'registerOfficer', { name, orgUnitId, role, post: role });

/** A county with its chief. */
export interface BenchCounty {
  readonly chiefId: string;
  readonly posts: readonly Post[];
}

/** A county with 18 stations, an officer in each, by real commands. */
export const registerPosts = async (satchel: Satchel): Promise<readonly Post[]> =>
  (await registerCounty(satchel)).posts;

/** The same, with the chief of the county. */
export async function registerCounty(satchel: Satchel): Promise<BenchCounty> {
  const county = await must(satchel, 'registerOrgUnit', { name: '县公安局', level: 'COUNTY', divisionCode: '621224' });
  const posts: Post[] = [];
  for (let index = 1; index <= STATIONS; index++) {
    const stationId = await must(satchel, 'registerOrgUnit', {
      name: `第${index}派出所`,
      level: 'STATION',
      parentId: county,
      divisionCode: TOWNSHIP,
    });
    const officerId = await registerPerson(satchel, stationId, 'OFFICER', `民警${index}`);
    posts.push({
      countyId: county,
      stationId,
      officerId,
      backpackId: streamId('backpack', newUuid()),
      divisionCode: TOWNSHIP,
    });
  }
  const chiefId = await must(satchel, 'registerOfficer', {
    name: '局长',
    orgUnitId: county,
    role: 'COUNTY_CHIEF',
    post: '局长',
  });
  return { chiefId, posts };
}
