import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConfigError, loadConfig } from '../../../src/config.js';
import { type StandIn, startStandIn } from './standIn.js';

const NOTE = '{ note(id: "note-1") { text } }';
const BROKEN_AFTER_ONE = 'subscription { brokenAfterOne }';
const HASH = createHash('sha256').update(NOTE).digest('hex');
const REFUSED = [expect.objectContaining({ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } })];

describe('where only trusted documents are run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-documents-'));
  let server: StandIn;
  const fileOf = (content: string): string => {
    const file = join(folder, 'documents.json');
    writeFileSync(file, content);
    return file;
  };
  const startWith = (documents: object) =>
    startStandIn({ SATCHEL_TRUSTED_DOCUMENTS: fileOf(JSON.stringify(documents)) });
  const post = async (body: object, path = '/graphql') => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream, application/json' };
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, text: await response.text() };
  };
  const answered = async (body: object) => JSON.parse((await post(body)).text);

  beforeAll(async () => {
    server = await startWith({ note: NOTE, one: BROKEN_AFTER_ONE });
  });
  afterEach(() => rmSync(join(folder, 'documents.json'), { force: true }));
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('they are run by id, by hash and by their text', async () => {
    const note = { data: { note: { text: 'A note' } } };
    for (const body of [
      { documentId: 'note' },
      { documentId: HASH },
      { documentId: `sha256:${HASH}` },
      { query: NOTE },
    ])
      expect(await answered(body)).toEqual(note);
    const url = `${server.url}/graphql?documentId=note`;
    expect(await (await fetch(url, { headers: { 'apollo-require-preflight': 'true' } })).json()).toEqual(note);
  });

  it('nothing else is, nor a text under the id of another', async () => {
    for (const body of [{ query: '{ caller }' }, { documentId: 'other' }, { query: NOTE, documentId: 'other' }, {}]) {
      expect((await post(body)).status).toBe(400);
      expect((await answered(body)).errors).toEqual(REFUSED);
    }
    expect(await answered({ query: '{ caller }', documentId: 'note' })).toEqual({ data: { note: { text: 'A note' } } });
  });

  it('the same over WebSocket and server-sent events', async () => {
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const first = async (payload: object) => (await client.iterate(payload as { query: string }).next()).value;
    expect(await first({ query: '', documentId: 'one' })).toEqual({ data: { brokenAfterOne: 1 } });
    await expect(first({ query: 'subscription { ticks }' })).rejects.toEqual(REFUSED);
    await client.dispose();
    expect((await post({ documentId: 'one' }, '/graphql/stream')).text).toContain('{"data":{"brokenAfterOne":1}}');
    expect(await post({ query: 'subscription { ticks }' }, '/graphql/stream')).toMatchObject({
      status: 400,
      text: expect.stringContaining('DOCUMENT_NOT_TRUSTED'),
    });
  });

  it('a file that holds something else, or a document that is not valid, stops the start and is named', async () => {
    const rules = (content: string) => {
      try {
        loadConfig({ SATCHEL_TRUSTED_DOCUMENTS: fileOf(content) });
      } catch (error) {
        return (error as ConfigError).problems;
      }
    };
    const name = 'SATCHEL_TRUSTED_DOCUMENTS';
    for (const content of ['{', '[]', '{"a": 1}'])
      expect(rules(content)).toEqual([{ name, rule: 'what the file holds must be a JSON object of documents by id' }]);
    await expect(startWith({ note: NOTE, wrong: '{ nothing }' })).rejects.toThrow(ConfigError);
    await expect(startWith({ wrong: '{ nothing }' })).rejects.toThrow(
      /holds the document wrong, which is not valid: Can/,
    );
  });
});
