import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { metricsAt } from '../../harness/metrics.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const CERTIFICATE = `query Q($id: ID!) { certificate(id: $id) {
  status dueDate daysLeft breachedDueDate allowedCommands { name }
  history { nodes { type label(locale: zh) en: label(locale: en) occurredAt recordedAt actorId actorRole orgUnitId data
    stateAfter deviations { rule } } } } }`;
const OVERDUE = 'query Q { overdue(kind: CERT) { nodes { of { id } dueDate } } }';
const MUTATIONS = '{ __type(name: "Mutation") { fields { name } } }';

interface Breach {
  readonly data: { readonly dueDate: string };
  readonly deviations: readonly { readonly rule: string }[];
}

describe('the term of a certificate', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  const on = (day: string, time = '10:00') => satchel.clock.set(new Date(at(day, time)));
  const read = async (id: string) => (await satchel.read(door.officer, CERTIFICATE, { id })).certificate;
  const breaches = async (id: string): Promise<readonly Breach[]> =>
    (await read(id)).history.nodes.filter(({ type }: { type: string }) => type === 'DeadlineBreached');
  const breachedTerms = async (id: string) => {
    await satchel.untilPoliciesRest();
    return (await breaches(id)).map(({ data }) => data.dueDate);
  };
  /** Submitted on 30 August 2022: due on 29 October. */
  const submitted = async (): Promise<string> => {
    on('2022-08-30');
    const certificateId = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId });
    return certificateId;
  };
  const extend = (certificateId: string) =>
    satchel.done(door.chief, 'extendCertificateDeadline', { certificateId, extraDays: 30, reason: 'REMOTE_VILLAGE' });
  /** Signed for at the counter. */
  const handOver = (certificateId: string, more: object = {}) =>
    door.do('handOverAtCounter', { certificateId, ...SIGNED, ...more });

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'), {}, { policiesRun: true });
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
  });
  afterAll(() => satchel.close());

  it('is on record as missed from the moment after its last day, once', async () => {
    const id = await submitted();
    on('2022-10-29', '23:59');
    expect(await breachedTerms(id)).toEqual([]);
    on('2022-10-30', '00:00');
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    const { history, allowedCommands, ...state } = await read(id);
    expect(state).toEqual({ status: 'SUBMITTED', dueDate: '2022-10-29', daysLeft: -1, breachedDueDate: '2022-10-29' });
    expect(history.nodes.at(-1)).toEqual({
      type: 'DeadlineBreached',
      label: '超期',
      en: 'Deadline breached',
      occurredAt: '2022-10-29T16:00:00.000Z',
      recordedAt: '2022-10-29T16:00:00.000Z',
      actorId: 'system',
      actorRole: 'SYSTEM',
      orgUnitId: people.otherStation,
      data: { dueDate: '2022-10-29' },
      stateAfter: 'SUBMITTED',
      deviations: [],
    });
    // The list of what is overdue and the record say the same.
    expect((await satchel.read(door.chief, OVERDUE)).overdue.nodes).toEqual([{ of: { id }, dueDate: '2022-10-29' }]);
    on('2022-12-24');
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    // Time says it, and nobody else.
    expect(allowedCommands.map(({ name }: { name: string }) => name)).not.toContain('recordDeadlineBreach');
    const { fields } = (await satchel.read(people.admin, MUTATIONS)).__type;
    expect(fields.map(({ name }: { name: string }) => name)).not.toContain('recordDeadlineBreach');
    await door.do('cancelCertificate', { certificateId: id, reason: 'WITHDRAWN' });
  });

  it('is counted while it runs, and when it has ended', async () => {
    const fired = 'satchel_policy_fired_total{policy="certificate-deadline",result="done"}';
    const figures = () => metricsAt(`${satchel.url}/metrics`);
    const before = (await figures()).get(fired) ?? 0;
    const id = await submitted();
    await satchel.untilPoliciesRest();
    expect((await figures()).get('satchel_policy_timers{policy="certificate-deadline"}')).toBe(1);
    on('2022-10-30');
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    const now = await figures();
    expect(now.get(fired)).toBe(before + 1);
    expect(now.get('satchel_policy_timers{policy="certificate-deadline"}')).toBeUndefined();
    expect([now.get('satchel_policy_lag_seconds'), now.get('satchel_policies_held_up')]).toEqual([0, 0]);
    const ready = await fetch(`${satchel.url}/readyz`);
    expect(await ready.json()).toMatchObject({ ready: true, parts: { policies: { state: 'UP_TO_DATE' } } });
  });

  it('moves when it is extended, and is missed at the end of the longer one', async () => {
    const id = await submitted();
    on('2022-10-20');
    await extend(id);
    on('2022-11-28', '23:59');
    expect(await breachedTerms(id)).toEqual([]);
    on('2022-11-29', '00:00');
    expect(await breachedTerms(id)).toEqual(['2022-11-28']);
  });

  it('that is extended too late is missed, and perhaps a second time', async () => {
    const id = await submitted();
    on('2022-11-02');
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    await extend(id);
    on('2022-11-29', '08:00');
    expect(await breachedTerms(id)).toEqual(['2022-10-29', '2022-11-28']);
    expect((await read(id)).breachedDueDate).toBe('2022-11-28');
  });

  it('is not missed by what was handed over, cancelled or rejected in it', async () => {
    const [handed, cancelled, rejected] = [await submitted(), await submitted(), await submitted()];
    on('2022-10-28');
    await produce(door, handed);
    await handOver(handed);
    await door.do('cancelCertificate', { certificateId: cancelled, reason: 'WITHDRAWN' });
    await door.do('rejectCertificateApplication', { certificateId: rejected, reason: 'NOT_DUE' });
    on('2022-12-24');
    for (const id of [handed, cancelled, rejected]) expect(await breachedTerms(id)).toEqual([]);
  });

  it('was not missed after all, when a device tells late of a handover in time', async () => {
    const id = await submitted();
    on('2022-10-28');
    await produce(door, id);
    on('2022-11-02');
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    await handOver(id, { occurredAt: at('2022-10-29', '18:00') });
    expect(await read(id)).toMatchObject({ status: 'DELIVERED', breachedDueDate: null });
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
  });

  it('that ended while the server was down is on record as missed when it is back, as of then', async () => {
    const id = await submitted();
    await satchel.restart(() => on('2022-11-02'));
    expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    expect((await breaches(id))[0]).toMatchObject({
      occurredAt: '2022-10-29T16:00:00.000Z',
      recordedAt: at('2022-11-02', '10:00'),
      deviations: [{ rule: 'LATE_ARRIVAL' }],
    });
  });

  it('is on record as missed as well when nothing ran at its end, and what came later was told before', async () => {
    const [handed, cancelled, rejected] = [await submitted(), await submitted(), await submitted()];
    const extended = await submitted();
    await satchel.policies.byHand(async () => {
      on('2022-11-02');
      await produce(door, handed);
      await handOver(handed);
      await door.do('cancelCertificate', { certificateId: cancelled, reason: 'WITHDRAWN' });
      await door.do('rejectCertificateApplication', { certificateId: rejected, reason: 'NOT_DUE' });
      await extend(extended);
    });
    for (const id of [handed, cancelled, rejected, extended]) expect(await breachedTerms(id)).toEqual(['2022-10-29']);
    expect(await read(handed)).toMatchObject({ status: 'DELIVERED', breachedDueDate: '2022-10-29' });
    on('2022-12-24');
    expect(await breachedTerms(extended)).toEqual(['2022-10-29', '2022-11-28']);
  });
});
