import { Gauge } from 'prom-client';
import type { Clock } from '../../kernel/clock.js';
import type { ControlStore } from '../../policies/control/port.js';
import type { PolicyRunner } from '../../policies/runner.js';
import type { Metrics } from './metrics.js';

/** What policies wait for, and whether they go on: of the process that runs them. A store that is away is left out. */
export function measurePolicies(
  metrics: Metrics,
  control: Pick<ControlStore, 'countTimers'>,
  policies: Pick<PolicyRunner, 'status'>,
  clock: Clock,
): void {
  const registers = [metrics.registry];
  const timers = new Gauge({
    name: 'satchel_policy_timers',
    help: 'Moments that a policy waits for',
    labelNames: ['policy'],
    registers,
  });
  const lag = new Gauge({
    name: 'satchel_policy_lag_seconds',
    help: 'Time by which what is due longest has not been recorded; 0 where another process runs the policies',
    registers,
  });
  const heldUp = new Gauge({ name: 'satchel_policies_held_up', help: '1 while policies do not go on', registers });
  metrics.onLook(async () => {
    const { running, nextTryAt, postponedSince, heldUp: reason } = policies.status();
    const now = clock.now().getTime();
    // What was postponed is looked at later, and due all the same.
    const due = [nextTryAt, postponedSince].map(moment => (moment === undefined ? now : Date.parse(moment)));
    lag.set(running ? Math.max(0, now - Math.min(...due)) / 1_000 : 0);
    heldUp.set(reason === undefined ? 0 : 1);
    timers.reset();
    const counts = running ? await control.countTimers().catch(() => undefined) : undefined;
    for (const [policy, count] of counts ?? []) timers.set({ policy }, count);
  });
}
