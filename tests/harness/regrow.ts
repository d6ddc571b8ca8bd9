import type { KeptEvent, StandInLog } from './eventStoreDbStandIn/log.js';
import { NO_STREAM } from './eventStoreDbStandIn/log.js';

/**
 * As from an older copy, while the server does not run, after which others have recorded something else: each of the
 * last events is replaced by one of the same size in a new stream, so that it stands at the same position, and more of
 * them follow. They must be of units that were registered.
 */
export function regrow(
  log: StandInLog,
  { putBack, grown }: { readonly putBack: number; readonly grown: number },
): void {
  const gone = log.events.slice(-putBack);
  log.putBack(putBack);
  for (let index = 0; index < grown; index++) write(log, gone[index % putBack]!);
}

function write(log: StandInLog, of: KeptEvent): void {
  const [id, streamId] = [crypto.randomUUID(), `orgunit-${crypto.randomUUID()}`];
  const text = Buffer.from(of.data).toString();
  const event = JSON.parse(text) as { type: string; eventId: string; data: { name: string } };
  if (event.type !== 'OrgUnitRegistered') throw new Error(`${event.type} is not of a unit`);
  const data = text
    .replaceAll(event.eventId, id)
    .replaceAll(of.streamId, streamId)
    .replaceAll(event.data.name, '另站派出所');
  if (data.length !== text.length) throw new Error('It would not stand at the same position');
  log.write(streamId, NO_STREAM, [{ ...of, id, data: Buffer.from(data) }]);
}
