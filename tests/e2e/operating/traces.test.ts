import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { callerOf } from '../../../src/server/tracing/traceRequests.js';
import { LIU } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';
import { startTraceCollectorStandIn, type TraceCollectorStandIn } from '../../harness/traceCollectorStandIn.js';

const TRACE = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const CALLER = 'bbbbbbbbbbbbbbbb';
const REGISTER = `mutation R($input: RegisterResidentInput!) { registerResident(input: $input) {
  resident { id } errors { code } } }`;

describe('a trace', () => {
  let collector: TraceCollectorStandIn;
  let satchel: TestSatchel;
  let people: SampleStation;
  const raw: Buffer[] = [];

  beforeAll(async () => {
    collector = await startTraceCollectorStandIn();
    satchel = await TestSatchel.start(undefined, { SATCHEL_TRACES: collector.endpoint });
    people = await sampleStation(satchel);
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    const ask = (input: object) => satchel.ask(people.officer, REGISTER, { input }, { traceparent });
    const id = newId('resident');
    const done = await ask({ commandId: crypto.randomUUID(), id, ...LIU });
    expect(done.data?.registerResident.resident).toEqual({ id });
    await ask({ commandId: crypto.randomUUID(), id, name: LIU.name });
    const client = createClient({
      url: `${satchel.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${await satchel.token(people.officer)}` },
    });
    const input = { commandId: crypto.randomUUID(), name: LIU.name };
    await client.iterate({ query: REGISTER, variables: { input } }).next();
    await client.dispose();
    for await (const batch of satchel.stores.events.readAllRaw()) raw.push(...batch.map(({ bytes }) => bytes));
    // What was not sent yet is sent at the end.
    await satchel.stop();
  });
  afterAll(async () => {
    await satchel.remove();
    await collector.stop();
  });

  const named = (name: string, spans = collector.spans) => spans.filter(span => span.name === name);

  it('goes on from the caller, through the command and its append, to the read models', () => {
    const ours = collector.spans.filter(({ traceId }) => traceId === TRACE);
    const request = named('POST /graphql', ours)[0];
    const command = named('command registerResident', ours)[0];
    const append = named('append', ours).find(({ parentSpanId }) => parentSpanId === command?.spanId);
    const project = named('project', ours).find(({ parentSpanId }) => parentSpanId === append?.spanId);
    expect(request?.parentSpanId).toBe(CALLER);
    expect(command?.parentSpanId).toBe(request?.spanId);
    expect(append).toBeDefined();
    expect(project).toBeDefined();
  });

  it('says why a command was refused', () => {
    const refused = named('command registerResident').filter(({ attributes }) =>
      attributes.some(({ key }) => key === 'satchel.refused'),
    );
    expect(refused).toHaveLength(1);
  });

  it('begins with an operation over WebSocket', () => {
    const operation = named('operation over WebSocket')[0];
    expect(operation?.parentSpanId ?? '').toBe('');
    const command = named('command registerResident').find(({ traceId }) => traceId === operation?.traceId);
    expect(command?.parentSpanId).toBe(operation?.spanId);
  });

  it('holds nothing personal, and the record nothing of the trace', () => {
    expect(collector.text()).not.toContain(LIU.name);
    expect(collector.text()).not.toContain(LIU.number);
    expect(collector.text()).not.toMatch(/[\u4e00-\u9fff]/);
    expect(raw.length).toBeGreaterThan(10);
    for (const bytes of raw) expect(bytes.includes(TRACE)).toBe(false);
  });
});

describe('the span of a caller', () => {
  it.each([undefined, '', 'junk', `00-${'0'.repeat(31)}-${CALLER}-01`, `01-${TRACE}-${CALLER}-01`])(
    'is none when it is not in the form of the recommendation: %s',
    traceparent => {
      expect(callerOf(traceparent)).toBe(callerOf(undefined));
    },
  );
});
