import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../src/commands/command.js';
import { refusalsOf } from '../../src/commands/decide.js';
import { disputeCommands } from '../../src/mediation/commands/index.js';
import { dispute } from '../../src/mediation/dispute.js';
import type { Dispute } from '../../src/mediation/state.js';
import * as story from '../domain/mediation/story.js';
import { wholeCase } from '../domain/mediation/wholeCase.js';
import { type Given, someId } from '../domain/spec.js';
import { objectOf } from './anyOf.js';

const commands: readonly AnyCommand[] = disputeCommands.filter(({ creates }) => !creates);
const [set] = dispute.ruleSets;

/** Codes with which a state forbids a command: those that `allowedCommands` tells. */
const forbids = (command: AnyCommand, state: Dispute): readonly string[] =>
  refusalsOf(set, command.guard?.(state) ?? []).map(({ code }) => code);

/** Names of what the state of a story allows to be asked. */
const allowed = (given: Given): readonly string[] =>
  commands.filter(command => forbids(command, story.stateOf(given)).length === 0).map(({ name }) => name);

const uuidIn = (id: string): string => id.slice(-36);

/** Whom and what an input may name: those of the case, and nobody. */
const uuidsOf = ({ sessions, participants, mediators, parties, agreement }: Dispute): readonly string[] => [
  someId('nobody'),
  ...parties.map(({ subjectId }) => uuidIn(subjectId)),
  ...mediators.map(({ mediatorId }) => uuidIn(mediatorId)),
  ...participants.map(({ participantId }) => participantId),
  ...sessions.flatMap(({ sessionId, recordings, proposals }) => [
    sessionId,
    ...recordings.map(({ recordingId }) => recordingId),
    ...proposals.map(({ proposalId }) => proposalId),
  ]),
  ...(agreement?.obligations ?? []).map(({ obligationId }) => obligationId),
];

/** Some input that the schema of a command allows. */
function anInput(command: AnyCommand, given: Given, seeds: Iterator<number>): Record<string, unknown> {
  const any = objectOf(command.input, uuidsOf(story.stateOf(given)));
  const [input = {}] = fc.sample(any, { seed: seeds.next().value, numRuns: 1 });
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** The story after a few more commands, as far as they are not refused. */
async function wandered(from: Given, seeds: Iterator<number>): Promise<Given> {
  let given = from;
  for (let left = 4; left > 0; left--) {
    const open = commands.filter(command => forbids(command, story.stateOf(given)).length === 0);
    const command = open[seeds.next().value % open.length];
    if (!command) break;
    try {
      given = await story.tell(given, [command, anInput(command, given, seeds)]);
    } catch {
      // Refused for its input: the story stays as it is.
    }
  }
  return given;
}

/** What a guard says of the parts of a case, which the command's own decision says of the one that the input names. */
const OF_A_PART =
  /^SESSION_(UNKNOWN|NOT_|ENDED)|^(RECORDING|TRANSCRIPT)_|^(PROPOSAL|PARTICIPANT)_UNKNOWN$|^MEDIATOR_NOT_ASSIGNED$/;

const unguarded = ({ guard: _guard, ...command }: AnyCommand): AnyCommand => command;

describe('what the state of a case forbids', () => {
  it('is refused with what `allowedCommands` says, for any input', async () => {
    const stream = await wholeCase();
    const met = new Set<string>();
    const states = fc.integer({ min: 1, max: stream.length });
    await fc.assert(
      fc.asyncProperty(states, fc.infiniteStream(fc.nat()), async (length, seeds) => {
        const reached = story.nothing.events(...stream.slice(0, length));
        // A command or two that nobody had planned, so that the states are not those of one story alone.
        const given = await wandered(reached, seeds);
        for (const command of commands) {
          const codes = forbids(command, story.stateOf(given));
          if (codes.length === 0) continue;
          met.add(command.name);
          const input = anInput(command, given, seeds);
          const refused = await story.refusal(given, command, input);
          expect([command.name, input, refused]).toEqual([command.name, input, codes]);
          if (!codes.every(code => OF_A_PART.test(code))) continue;
          // The guard forbids nothing that the decision would let through.
          expect(await story.refusal(given, unguarded(command), input)).not.toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    expect([...met].toSorted()).toEqual(
      commands
        .filter(({ guard }) => guard)
        .map(({ name }) => name)
        .toSorted(),
    );
  }, 60_000);

  it('leaves one command that is allowed whenever there is a case: a warning comes when it comes', () => {
    expect(commands.filter(({ guard }) => !guard).map(({ name }) => name)).toEqual(['reportEscalationRisk']);
  });

  it('is most of it, on a case that is only reported', async () => {
    expect(allowed(await story.reported())).toEqual(['identifyParty', 'screenDispute', 'reportEscalationRisk']);
  });
});
