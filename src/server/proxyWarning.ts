import type { FastifyInstance } from 'fastify';
import type { Logger } from './logger.js';

/** What proxies add, the standard way (RFC 7239) and the common ones; not all of them do. */
const BY_PROXIES = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Tells once when a request has come through a proxy while something is on only because the server listens on this
 * machine alone: whoever reaches the proxy reaches that, too.
 * @param settings names of those settings
 */
export function warnOfProxies(app: FastifyInstance, settings: readonly string[], logger: Pick<Logger, 'warn'>): void {
  if (settings.length === 0) return;
  let told = false;
  app.addHook('onRequest', ({ headers }, _reply, next) => {
    if (!told && BY_PROXIES.some(name => headers[name] !== undefined)) {
      told = true;
      logger.warn(
        { settings },
        'Requests come through a proxy, and these settings are on because this server listens on its own machine alone: ' +
          'set them to off, unless whoever reaches the proxy may use what they open',
      );
    }
    next();
  });
}
