import type { Logger } from './logger.js';

/** Tells the log why Satchel is not ready, once for as long as that lasts, however often a balancer asks. */
export function troubleLog(logger: Pick<Logger, 'error' | 'info'>): (error?: unknown) => void {
  let known: string | undefined;
  return error => {
    const message = error === undefined ? undefined : error instanceof Error ? error.message : String(error);
    if (message === known) return;
    known = message;
    if (message === undefined) logger.info('All stores can be used again');
    else logger.error({ err: error }, 'Not ready: a store cannot be used');
  };
}
