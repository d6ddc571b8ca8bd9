import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeEvent, encodeEvent } from '../../src/eventstore/codec.js';
import type { RawEvent, RecordedEvent } from '../../src/eventstore/port.js';
import { fold } from '../../src/kernel/decider.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { categoryOf } from '../../src/kernel/ids.js';
import { loadSampleCounty, sampleCounty } from '../../src/sample/index.js';
import { eventDefinitions, nouns, upcasters } from '../../src/server/registry.js';
import { TestSatchel } from '../harness/testSatchel.js';

/** One stored event of every type and version that ever was, as its canonical bytes: they must read for ever. */
const FOLDER = 'schema/golden';
const SIZE = 0;

const fileOf = (type: string, version: number): string => join(FOLDER, `${type}.v${version}.json`);

/** Those that are missing, from a sample county; what is there is never touched. */
async function writeMissing(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const satchel = await TestSatchel.start();
  try {
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: SIZE }));
    const { host } = sampleCounty.doubaMediation;
    await satchel.read(host.id, '{ findResident(number: "62262518991231001X", purpose: VISIT) { id } }');
    const { liu } = sampleCounty;
    await satchel.read(liu.officer.id, '{ needs(first: 1) { nodes { summary } } }');
    const timeline = 'query Q($id: ID!) { residentTimeline(residentId: $id) { nodes { event { type } } } }';
    await satchel.read(liu.officer.id, timeline, { id: liu.residentId });
    for await (const batch of satchel.stores.events.readAllRaw())
      for (const { bytes } of batch) {
        const { type, schemaVersion } = JSON.parse(bytes.toString('utf8')) as EventEnvelope;
        const file = fileOf(type, schemaVersion);
        if (!existsSync(file)) writeFileSync(file, bytes);
      }
  } finally {
    await satchel.close();
  }
}

if (process.env.SATCHEL_TEST_WRITE_GOLDEN) await writeMissing();

const envelopeOf = ({ position: _apart, ...envelope }: RecordedEvent): EventEnvelope => envelope;

function rawOf(bytes: Buffer): RawEvent {
  const { eventId, streamId, revision } = JSON.parse(bytes.toString('utf8')) as EventEnvelope;
  return { eventId, streamId, revision, bytes, position: '1' };
}

const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];

describe('stored events that must read for ever', () => {
  it('are there for every type and version', () => {
    const versions = eventDefinitions.flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(versions.filter(file => !files.includes(file))).toEqual([]);
  });

  it.each(files)('%s', file => {
    const bytes = readFileSync(join(FOLDER, file));
    const stored = JSON.parse(bytes.toString('utf8')) as EventEnvelope;
    expect(`${stored.type}.v${stored.schemaVersion}.json`).toBe(file);

    const event = decodeEvent(rawOf(bytes), upcasters);
    const definition = eventDefinitions.find(({ type }) => type === event.type);
    expect(definition?.version).toBe(event.schemaVersion);
    expect(definition?.stored.parse(event.data)).toEqual(event.data);
    const noun = nouns.get(categoryOf(event.streamId));
    if (noun) expect(() => fold(noun.aggregate, [event])).not.toThrow();
    if (stored.schemaVersion === definition?.version)
      expect(encodeEvent(envelopeOf(event)).bytes.equals(bytes)).toBe(true);
  });
});
