import type { Readiness } from '../../server/health.js';

/** What came of asking a server how it stands. */
export type Answer =
  | { readonly kind: 'readiness'; readonly readiness: Readiness }
  /** Nothing listens there. */
  | { readonly kind: 'nobody' }
  /** Something listens, and does not answer in time. */
  | { readonly kind: 'silent'; readonly patienceMs: number }
  /** Something answers, and not as Satchel does. */
  | { readonly kind: 'other'; readonly status: number };

/** Asks `/readyz`. @param url of the server, without a path */
export async function askReadiness(url: string, patienceMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const answer = await fetch(`${url}/readyz`, { signal });
    const body = (await answer.json().catch(() => undefined)) as Partial<Readiness> | undefined;
    return typeof body?.ready === 'boolean'
      ? { kind: 'readiness', readiness: body as Readiness }
      : { kind: 'other', status: answer.status };
  } catch {
    return signal.aborted ? { kind: 'silent', patienceMs } : { kind: 'nobody' };
  }
}
