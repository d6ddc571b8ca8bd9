import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../src/kernel/ids.js';
import { comparePositions } from '../../src/kernel/position.js';
import { emptyPlace, newMasterKey, type SatchelPlace } from '../harness/satchelPlace.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from '../harness/satchelProcess.js';
import { type Subscriber, subscribe, TRANSPORTS, type Transport } from '../harness/subscribers.js';
import { type Anything, newId } from '../harness/testSatchel.js';

const ACTIVITY = `subscription ($after: Position) {
  activity(after: $after, types: ["OrgUnitRegistered"]) { cursor type } }`;
const UNITS = 90;
/** After so many the server is killed. */
const KILLS = [30, 60];

const again = () => new Promise(resolve => setTimeout(resolve, 20));

describe('subscribers of a server that is killed in the middle of load', () => {
  let program: SatchelProgram;
  let place: SatchelPlace;
  let serving: SatchelProcess;
  let url = '';
  let county = '';
  let admin = '';
  let analyst = '';

  const start = async () => {
    serving = program.start(['serve'], place.settings);
    url = await serving.url;
  };
  const ask = async (query: string, variables: object): Promise<Anything> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };

  beforeAll(async () => {
    program = await compileSatchel();
    place = await emptyPlace(newMasterKey());
    const { stdout } = await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], place.settings);
    [, county = '', admin = ''] = /County (\S+)[\s\S]*Token \(.*\):\n(\S+)/.exec(stdout) ?? [];
    await start();
    const input = { commandId: newUuid(), id: newId('officer'), name: '分析甲', orgUnitId: county, role: 'ANALYST' };
    const query = 'mutation R($input: RegisterOfficerInput!) { registerOfficer(input: $input) { errors { code } } }';
    await ask(query, { input: { ...input, post: '分析员' } });
    analyst = (await program.run(['token', input.id], place.settings)).stdout.trim();
  }, 120_000);
  afterAll(async () => {
    serving.child.kill('SIGTERM');
    await serving.ended;
    await place.remove();
    program.remove();
  });

  /** Sends the same command until it is answered. */
  const register = async (number: number): Promise<void> => {
    const unit = { id: newId('orgunit'), name: `第${number}派出所`, level: 'STATION', parentId: county };
    const query = 'mutation R($input: RegisterOrgUnitInput!) { registerOrgUnit(input: $input) { errors { code } } }';
    const input = { commandId: newUuid(), ...unit };
    for (;;) {
      const answer = await ask(query, { input }).catch(() => undefined);
      if (answer?.data?.registerOrgUnit.errors.length === 0) return;
      await again();
    }
  };

  /** Subscribes again behind the last cursor whenever it is cut off, until it has seen so many. */
  const followAll = async (transport: Transport, first: string, count: number) => {
    const cursors: string[] = [];
    let cuts = 0;
    for (; cursors.length < count; cuts++) {
      let subscriber: Subscriber | undefined;
      try {
        const variables = { after: cursors.at(-1) ?? first };
        const holder = { url, token: async () => analyst };
        subscriber = await subscribe(holder, transport, 'analyst', { query: ACTIVITY, variables });
        while (cursors.length < count) cursors.push((await subscriber.next(1))[0].cursor);
      } catch {
        await again();
      }
      await subscriber?.close();
    }
    return { cursors, cuts };
  };

  it('are told everything once, in order, over either transport', { timeout: 120_000 }, async () => {
    const first: string = (await ask('{ orgUnits { readAt } }', {})).data.orgUnits.readAt;
    const followers = TRANSPORTS.map(transport => followAll(transport, first, UNITS));
    let registered = 0;
    const load = (async () => {
      while (registered < UNITS) await register(++registered);
    })();
    for (const number of KILLS) {
      await expect.poll(() => registered, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(number);
      serving.child.kill('SIGKILL');
      await serving.ended;
      await start();
    }
    await load;
    const [overWebSocket, overServerSentEvents] = await Promise.all(followers);
    for (const { cursors, cuts } of [overWebSocket!, overServerSentEvents!]) {
      expect(new Set(cursors).size).toBe(UNITS);
      expect([...cursors].sort(comparePositions)).toEqual(cursors);
      expect(cuts).toBeGreaterThan(KILLS.length);
    }
    expect(overServerSentEvents?.cursors).toEqual(overWebSocket?.cursors);
  });
});
