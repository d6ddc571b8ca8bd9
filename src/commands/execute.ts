import { requireRole } from '../access/authorise.js';
import { KeyDestroyed } from '../access/vault/errors.js';
import type { Viewer } from '../access/viewer.js';
import { CommandIdTaken, RevisionConflict } from '../eventstore/errors.js';
import { derivedUuid, streamId } from '../kernel/ids.js';
import { type Attempt, answerAgain, type Input, tryOnce } from './attempt.js';
import type { BoundCommand } from './command.js';
import type { CommandServices } from './commandServices.js';
import { type Outcome, refused } from './outcome.js';
import { refusal } from './refusal.js';
import { validate } from './validate.js';

/** Times that a decision at a desk is taken anew when someone else was faster. */
const TRIES = 3;

const targetOf = ({ aggregate, idField }: BoundCommand, input: Input, viewer: Viewer): string =>
  (input[idField] as string | undefined) ??
  streamId(aggregate.category, derivedUuid(viewer.actorId, input.commandId, 'id'));

/**
 * A command that came twice at once may be refused for what it did itself: the other one was done between the look for
 * a receipt and the look at the stream, or at the facts.
 */
async function answeredElsewhere(attempt: Attempt, outcome: Outcome): Promise<Outcome> {
  const { services, input, id } = attempt;
  const receipt = await services.store.findReceipt({ commandId: input.commandId, streamId: id });
  return receipt ? answerAgain(attempt, receipt) : outcome;
}

/**
 * The one path of every command: authorise → validate → load → decide → append.
 * @throws Forbidden, NotFound for what the viewer may not do or know
 */
export const execute = (
  services: CommandServices,
  bound: BoundCommand,
  rawInput: unknown,
  viewer: Viewer,
): Promise<Outcome> => {
  const { watch } = services;
  if (!watch) return carryOut(services, bound, rawInput, viewer);
  return watch(bound.command.name, () => carryOut(services, bound, rawInput, viewer));
};

async function carryOut(
  services: CommandServices,
  bound: BoundCommand,
  rawInput: unknown,
  viewer: Viewer,
): Promise<Outcome> {
  requireRole(viewer, bound.command.roles, bound.command.name);
  const validated = validate(bound, rawInput);
  if (validated.refused) return { refused: validated.refused };
  const input = validated.value as Input;
  const inputHmac = services.sealer.receiptHmac([bound.command.name, validated.asked]);
  const attempt: Attempt = { services, bound, input, viewer, inputHmac, id: targetOf(bound, input, viewer) };
  for (let tries = 1; ; tries++) {
    try {
      const outcome = await tryOnce(attempt);
      return outcome.refused ? await answeredElsewhere(attempt, outcome) : outcome;
    } catch (error) {
      if (error instanceof KeyDestroyed) return refused(refusal('SUBJECT_ERASED'));
      if (error instanceof CommandIdTaken) return answerAgain(attempt, error.receipt);
      if (!(error instanceof RevisionConflict)) throw error;
      if (input.expectedRevision !== undefined || tries === TRIES)
        return refused(
          refusal('CONFLICT', [], {
            expectedRevision: input.expectedRevision ?? error.expectedRevision,
            actualRevision: error.actualRevision,
          }),
        );
    }
  }
}
