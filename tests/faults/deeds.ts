import type { Viewer } from '../../src/access/viewer.js';
import { SYSTEM } from '../../src/access/viewer.js';
import { execute } from '../../src/commands/execute.js';
import type { Done } from '../../src/commands/outcome.js';
import { systemClock } from '../../src/kernel/clock.js';
import { derivedUuid, streamId } from '../../src/kernel/ids.js';
import { boundCommand } from '../../src/server/registry.js';
import { openSatchel, type Satchel } from '../../src/server/satchel.js';

/** A command that depends on its place alone: whoever sends it again sends the same. */
export interface Deed {
  readonly name: string;
  readonly input: { readonly commandId: string } & Readonly<Record<string, unknown>>;
}

const county = streamId('orgunit', derivedUuid('county'));
export const station = streamId('orgunit', derivedUuid('station'));
const officer: Viewer = {
  actorId: streamId('officer', derivedUuid('officer')),
  role: 'OFFICER',
  orgUnitId: station,
  scope: new Set([station]),
  alsoKnownAs: [],
};

/** The county and its station, done by Satchel itself. */
const FOUNDATION: readonly Deed[] = [
  {
    name: 'registerOrgUnit',
    input: { commandId: derivedUuid('register', county), id: county, name: '康县公安局', level: 'COUNTY' },
  },
  {
    name: 'registerOrgUnit',
    input: {
      commandId: derivedUuid('register', station),
      id: station,
      name: '豆坝派出所',
      level: 'STATION',
      parentId: county,
    },
  },
];

const STEPS = 4;

/** The nth thing that a writer does: registers a resident, then comes back to the same one three times. */
export function deed(writer: string, n: number): Deed {
  const who = Math.floor(n / STEPS);
  const residentId = streamId('resident', derivedUuid('resident', writer, who));
  const commandId = derivedUuid('deed', writer, n);
  switch (n % STEPS) {
    case 0:
      return { name: 'registerResident', input: { commandId, id: residentId, name: nameOf(writer, who) } };
    case 1:
      return { name: 'updateContact', input: { commandId, residentId, village: `豆坝村${n}社`, phone: '13800001234' } };
    case 2:
      return { name: 'updateVulnerability', input: { commandId, residentId, vulnerabilities: ['ELDER'] } };
    default:
      return { name: 'updateContact', input: { commandId, residentId, village: `大堡村${n}社` } };
  }
}

/** Sealed in the record; whoever opens it must find it again. */
export const nameOf = (writer: string, who: number): string => `居民${writer}${who}`;

type Running = Pick<Satchel, 'services'>;

/** @throws when it is refused */
export async function perform(satchel: Running, { name, input }: Deed, viewer: Viewer = officer): Promise<Done> {
  const outcome = await execute(satchel.services.commands, boundCommand(name), input, viewer);
  if (outcome.refused) throw new Error(`${name} was refused: ${JSON.stringify(outcome.refused)}`);
  return outcome.done;
}

export async function layFoundation(satchel: Running): Promise<void> {
  for (const each of FOUNDATION) {
    const { position } = await perform(satchel, each, SYSTEM);
    await satchel.services.projections.reached(position, 10_000);
  }
}

export const open = (data: string, masterKey: Buffer): Promise<Satchel> =>
  openSatchel({
    data,
    masterKey,
    clock: systemClock,
    mutationWait: 10_000,
    readAfterTimeout: 10_000,
    onError: error => {
      throw error;
    },
  });
