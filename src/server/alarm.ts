/** Calls back at an instant, in milliseconds since 1970; what it answers takes that back. */
export type Alarm = (at: number, ring: () => void) => () => void;

/** Longest time that Node waits for at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** By the clock of the machine, looked at again when the time should be up: it may have been put back meanwhile. */
export const systemAlarm: Alarm = (at, ring) => {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const left = at - Date.now();
    if (left <= 0) ring();
    else timer = setTimeout(wait, Math.min(left, LONGEST_MS)).unref();
  };
  wait();
  return () => clearTimeout(timer);
};

/**
 * Ends a subscription when the token of its holder does, though nothing may happen that it would send.
 * @param expiresAt milliseconds since 1970; a subscription without lasts as long as it likes
 */
export function endAt(alarm: Alarm, expiresAt: number | undefined, controller: AbortController): void {
  const { signal } = controller;
  if (expiresAt === undefined || signal.aborted) return;
  const takeBack = alarm(expiresAt, () => controller.abort());
  signal.addEventListener('abort', takeBack, { once: true });
}
