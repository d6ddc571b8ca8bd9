import { type Audit, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

let satchel: TestSatchel;
let people: SampleStation;
beforeAll(async () => {
  satchel = await TestSatchel.start();
  people = await sampleStation(satchel);
});
afterAll(() => satchel.close());

/** What browsers and GraphQL clients send beside the request, and the token of someone who may ask. */
async function asClient(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await satchel.token(people.officer)}`);
  headers.set('apollo-require-preflight', 'true');
  return fetch(url, { ...init, headers });
}

const audits: readonly (readonly [string, Audit])[] = serverAudits({
  url: () => `${satchel.url}/graphql`,
  fetchFn: asClient,
}).map(audit => [audit.name, audit]);

describe('Satchel’s own server, audited for GraphQL over HTTP with a token', () => {
  it.each(audits)('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});
