import type { CommandWatch } from '../../commands/commandServices.js';
import { inSpan } from './inSpan.js';
import type { Tracing } from './tracing.js';

/** A span for each command, from its input to its answer. */
export const traceCommands =
  ({ tracer }: Tracing): CommandWatch =>
  (command, carryOut) =>
    inSpan(tracer, `command ${command}`, { 'satchel.command': command }, async span => {
      const outcome = await carryOut();
      if (outcome.refused)
        span.setAttribute(
          'satchel.refused',
          outcome.refused.map(({ code }) => code),
        );
      return outcome;
    });
