import { Gauge } from 'prom-client';
import type { Services } from '../../graphql/context.js';
import type { Readiness } from '../health.js';
import { lagsOf } from '../lag.js';
import type { Metrics } from './metrics.js';

type Sources = Pick<Services, 'store' | 'projections' | 'clock'>;

/** Events that are counted one by one, where positions say nothing of how many lie between them. */
const COUNTED_UP_TO = 1_000;

/** How far behind each projection is, and whether Satchel is ready. A store that is away leaves the lag out. */
export function measureProjections(metrics: Metrics, sources: Sources, readiness: () => Promise<Readiness>): void {
  const each = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['projection'], registers: [metrics.registry] });
  const events = each(
    'satchel_projection_lag_events',
    `Events that a projection lacks; counted up to ${COUNTED_UP_TO} on EventStoreDB`,
  );
  const seconds = each('satchel_projection_lag_seconds', 'Age of the first event that a projection lacks');
  const stopped = each(
    'satchel_projection_stopped',
    '1 while a projection stands still, or waits for an outage to end',
  );
  const parked = each('satchel_parked_streams', 'Streams that a projection has set aside until someone retries them');
  const ready = new Gauge({
    name: 'satchel_ready',
    help: '1 while /readyz answers 200',
    registers: [metrics.registry],
  });
  const leads = new Gauge({
    name: 'satchel_projection_leader',
    help: '1 while this process runs the projections; of several that share a database, one does',
    registers: [metrics.registry],
  });
  const terms = new Gauge({
    name: 'satchel_projection_leader_terms',
    help: 'How often this process has begun to run the projections',
    registers: [metrics.registry],
  });
  metrics.onLook(async () => {
    const { leadership } = sources.projections;
    leads.set(leadership.leads ? 1 : 0);
    terms.set(leadership.terms);
    const all = sources.projections.status();
    for (const { name, stopped: reason, parkedStreams } of all) {
      stopped.set({ projection: name }, reason ? 1 : 0);
      parked.set({ projection: name }, parkedStreams);
    }
    ready.set(
      await readiness().then(
        state => (state.ready ? 1 : 0),
        () => 0,
      ),
    );
    const lags = await sources.store
      .head()
      .then(head => lagsOf(sources, all, head, COUNTED_UP_TO))
      .catch(() => undefined);
    for (const { name, position } of all) {
      const lag = lags?.get(position);
      if (!lag) {
        events.remove({ projection: name });
        seconds.remove({ projection: name });
        continue;
      }
      events.set({ projection: name }, lag.events);
      seconds.set({ projection: name }, lag.seconds);
    }
  });
}
