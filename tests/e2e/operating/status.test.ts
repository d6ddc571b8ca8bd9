import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readinessWith } from '../../../src/server/health.js';
import { visitView } from '../../../src/visits/views.js';
import { doorstep } from '../../harness/doorstep.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { compileSatchel, type SatchelProgram } from '../../harness/satchelProcess.js';
import { TestSatchel } from '../../harness/testSatchel.js';
import { startStandIn } from '../../integration/server/standIn.js';

describe('satchel status', () => {
  let program: SatchelProgram;
  beforeAll(async () => {
    program = await compileSatchel();
  });
  afterAll(() => program.remove());
  afterEach(() => void vi.restoreAllMocks());

  const statusOf = (url: string) => program.run(['status', '--url', url], {});

  it('tells that all is well, with figures, and then what is not', async () => {
    const satchel = await TestSatchel.start(undefined, {}, { policiesRun: true });
    const door = await doorstep(satchel, await sampleStation(satchel));
    const visitId = await door.visit();
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    const well = await statusOf(satchel.url);
    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toContain(`Satchel at ${satchel.url} works, and all is well.`);
    const { length } = satchel.services.projections.status();
    expect(well.stdout).toContain(`${length} of ${length} read models are up to date`);
    expect(well.stdout).toContain('  policies record what is due');
    expect(well.stdout).toMatch(/commands: [1-9]\d* done, 0 refused, 0 denied, 0 failed/);

    const { fold } = visitView;
    vi.spyOn(visitView, 'fold').mockImplementation((row, event, ...rest) => {
      if (event.type === 'VisitNoteRecorded') throw new TypeError('no idea what this means');
      return fold(row, event, ...rest);
    });
    await door.do('recordNote', { visitId, text: '老人身体尚可' }, 'visit { id }');
    const degraded = await statusOf(satchel.url);
    expect(degraded.code).toBe(2);
    expect(degraded.stdout).toContain('works, but not all is well.');
    expect(degraded.stdout).toMatch(/visit: 0 \w+ behind, 1 stream parked/);
    expect(degraded.stdout).toContain('`satchel parked` lists');
    await satchel.close();
  });

  it('tells of a server that cannot be used now, without figures where there are none', async () => {
    const readiness = () => readinessWith({ events: { state: 'AWAY', text: 'the event store does not answer' } });
    const server = await startStandIn({}, { readiness });
    const down = await statusOf(`${server.url}/`);
    expect(down).toMatchObject({
      code: 3,
      stdout: `Satchel at ${server.url} cannot be used now.\n  events: the event store does not answer\n`,
    });
    await server.close();
  });

  it('tells of read models that do not go on, though they are near the head', async () => {
    const satchel = await TestSatchel.start();
    const people = await sampleStation(satchel);
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    // As when its loop hangs: nothing says so but what the read models lack.
    await satchel.services.projections.stop();
    await satchel.bySystem('registerOrgUnit', { name: '望关派出所', level: 'STATION', parentId: people.county });
    const recorded = satchel.clock.now().getTime();
    satchel.clock.set(new Date(recorded + 30_000));
    expect((await statusOf(satchel.url)).stdout).not.toContain('behind for');
    satchel.clock.set(new Date(recorded + 40_000));
    const stuck = await statusOf(satchel.url);
    expect(stuck.code).toBe(3);
    expect(stuck.stdout).toContain('cannot be used now');
    expect(stuck.stdout).toMatch(/visit: \d+ \w+ behind for 40 s/);
    await satchel.close();
  });

  it.each([
    [{ state: 'LEADS', text: 'api-1 (process 7), alive' }, 0, 'the projections are run by api-1 (process 7), alive'],
    [
      { state: 'SILENT', text: 'api-1 (process 7), silent for 9 s' },
      3,
      'were run by api-1 (process 7), silent for 9 s',
    ],
    [{ state: 'NOBODY', text: 'nobody leads' }, 3, 'nobody runs the projections: '],
  ] as const)('tells who runs the projections: %s', async (leader, code, line) => {
    const visit = { state: 'UP_TO_DATE', text: '0 events behind' } as const;
    const server = await startStandIn({}, { readiness: () => readinessWith({ leader, visit }) });
    const told = await statusOf(server.url);
    expect(told.code).toBe(code);
    expect(told.stdout).toContain(line);
    expect(told.stdout).toContain('1 of 1 read models are up to date');
    await server.close();
  });

  it('tells that a server is going away, which lives and is not ready', async () => {
    let drained: () => void = () => undefined;
    const draining = new Promise<void>(resolve => {
      drained = resolve;
    });
    const leaving = await startStandIn({}, { onDrain: () => draining });
    const closing = leaving.close();
    expect((await fetch(`${leaving.url}/livez`)).status).toBe(200);
    const told = await statusOf(leaving.url);
    expect(told.code).toBe(3);
    expect(told.stdout).toContain('server: is going away');
    expect(told.stdout).not.toContain('Nobody answers');
    drained();
    await closing;
  });

  it.each([200, 500])('tells that what answers is not Satchel: HTTP %d', async status => {
    const other = createServer((_request, response) => response.writeHead(status).end('{"error":"nothing"}'));
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const told = await statusOf(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    expect(told.code).toBe(3);
    expect(told.stdout).toContain(`does not answer as Satchel does (HTTP ${status})`);
    other.close();
  });

  it('tells when nobody answers', async () => {
    const server = await startStandIn();
    await server.close();
    const nobody = await statusOf(server.url);
    expect(nobody.code).toBe(3);
    expect(nobody.stdout).toContain(`Nobody answers at ${server.url}`);
  });

  it('asks where the settings say', async () => {
    const satchel = await TestSatchel.start(undefined, { SATCHEL_METRICS: '127.0.0.1:0' });
    const { port } = new URL(satchel.url);
    const { host } = new URL(satchel.metricsUrl as string);
    const { code, stdout } = await program.run(['status'], { SATCHEL_PORT: port, SATCHEL_METRICS: host });
    expect(code).toBe(0);
    expect(stdout).toContain(`Satchel at ${satchel.url} works`);
    expect(stdout).toContain('Since its start');
    await satchel.close();
  });
});
