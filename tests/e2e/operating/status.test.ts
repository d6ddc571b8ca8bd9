import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
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
    const satchel = await TestSatchel.start();
    const door = await doorstep(satchel, await sampleStation(satchel));
    const visitId = await door.visit();
    await satchel.services.projections.reached(await satchel.services.store.head(), 10_000);
    const well = await statusOf(satchel.url);
    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toContain(`Satchel at ${satchel.url} works, and all is well.`);
    const { length } = satchel.services.projections.status();
    expect(well.stdout).toContain(`${length} of ${length} read models are up to date`);
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
    const readiness = () => ({ ready: false, parts: { events: 'the event store does not answer' } });
    const server = await startStandIn({}, { readiness });
    const down = await statusOf(`${server.url}/`);
    expect(down).toMatchObject({
      code: 3,
      stdout: `Satchel at ${server.url} cannot be used now.\n  events: the event store does not answer\n`,
    });
    await server.close();
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
