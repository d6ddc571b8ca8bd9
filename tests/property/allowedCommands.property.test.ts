import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyCommand, DecisionContext } from '../../src/commands/command.js';
import { refusalsOf } from '../../src/commands/decide.js';
import { disputeCommands } from '../../src/mediation/commands/index.js';
import { dispute } from '../../src/mediation/dispute.js';
import type { Dispute } from '../../src/mediation/state.js';
import * as story from '../domain/mediation/story.js';
import { wholeCase } from '../domain/mediation/wholeCase.js';
import { DEFAULT_TIME, type Given, guardContext, someId } from '../domain/spec.js';
import { objectOf } from './anyOf.js';
import { anyone, BY_FACTS_TOO, fittingInputs } from './fittingInputs.js';

const commands: readonly AnyCommand[] = disputeCommands.filter(({ creates }) => !creates);
const [set] = dispute.ruleSets;

type Actor = DecisionContext['actor'];

/** Earlier than all of a story: a recording paused before it stopped, which is told late. */
const BEFORE = '2022-10-18T01:59:00.000Z';

/** Codes with which a case forbids a command to someone: those that `allowedCommands` tells. */
const forbids = (command: AnyCommand, given: Given, actor: Actor = story.officer): readonly string[] =>
  refusalsOf(set, command.guard?.(given.state, guardContext(given.id, actor)) ?? []).map(({ code }) => code);

/** Names of what the state of a story allows to be asked. */
const allowed = (given: Given): readonly string[] =>
  commands.filter(command => forbids(command, given).length === 0).map(({ name }) => name);

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

const fitting = (command: AnyCommand, given: Given): readonly object[] =>
  fittingInputs[command.name]?.(story.stateOf(given)) ?? [];

/** The story after a few more commands that nobody had planned, as far as they are not refused. */
async function wandered(from: Given, seeds: Iterator<number>): Promise<Given> {
  let given = from;
  for (let left = 6; left > 0; left--) {
    const open = commands.filter(command => forbids(command, given).length === 0);
    const command = open[seeds.next().value % open.length];
    if (!command) break;
    const inputs = [...fitting(command, given), anInput(command, given, seeds)];
    try {
      given = await story.tell(given, [command, inputs[seeds.next().value % inputs.length]!, { knowing: anyone }]);
    } catch {
      // Refused for its input: the story stays as it is.
    }
  }
  return given;
}

/** What a guard says of the parts of a case, which the command's own decision says of the one that the input names. */
const OF_A_PART = new RegExp(
  [
    '^SESSION_(UNKNOWN|NOT_|ENDED|UNFINISHED)|^(RECORDING|TRANSCRIPT|OBLIGATION)_',
    '^(PROPOSAL|PARTICIPANT)_UNKNOWN$|^MEDIATOR_NOT_ASSIGNED$|^HOST_NOT_MEDIATOR$|^NOT_A_(MINOR|PARTY)$',
    '^CONSENT_(ALREADY|NOT)_GIVEN$|^EXCLUSION_NOT_FOUND$|^DRAFT_REQUIRED$|^(SIGNED|SEALED)_ALREADY$',
  ].join('|'),
);

const unguarded = ({ guard: _guard, ...command }: AnyCommand): AnyCommand => command;

function* counted(): Generator<number> {
  for (let next = 1; ; next++) yield next;
}

/** Each state of the one story in which everything happens, then some that a few commands besides it come to. */
async function forEachState(check: (given: Given, seeds: Iterator<number>) => Promise<void>): Promise<void> {
  const stream = await wholeCase();
  const reached = (length: number) => story.nothing.events(...stream.slice(0, length));
  for (const length of stream.keys()) await check(reached(length + 1), counted());
  const lengths = fc.integer({ min: 1, max: stream.length });
  await fc.assert(
    fc.asyncProperty(lengths, fc.infiniteStream(fc.nat()), async (length, seeds) =>
      check(await wandered(reached(length), seeds), seeds),
    ),
    { numRuns: 60 },
  );
}

const names = (of: Iterable<string>): readonly string[] => [...of].toSorted();

describe('what the state of a case forbids', () => {
  it('is refused for any input, with what `allowedCommands` says', async () => {
    const met = new Set<string>();
    await forEachState(async (given, seeds) => {
      for (const command of commands) {
        const codes = forbids(command, given);
        if (codes.length === 0) continue;
        met.add(command.name);
        // Of closing, an unfinished session is a matter of the whole case.
        const ofAPart = command.name !== 'closeDispute' && codes.every(code => OF_A_PART.test(code));
        for (const input of [anInput(command, given, seeds), ...fitting(command, given)]) {
          const refused = await story.refusal(given, command, input, { knowing: anyone });
          // Of a part that the input names, it is told what that one lacks.
          if (!ofAPart) expect([command.name, input, refused]).toEqual([command.name, input, codes]);
          // The guard forbids nothing that the decision would let through, not even of what fits the case.
          else expect(await story.refusal(given, unguarded(command), input, { knowing: anyone })).not.toEqual([]);
        }
      }
    });
    expect(names(met)).toEqual(names(commands.filter(({ guard }) => guard).map(({ name }) => name)));
  }, 120_000);

  it('is all that it forbids: where it allows a command, some input is accepted', async () => {
    const met = new Set<string>();
    const isAccepted = async (given: Given, command: AnyCommand, actor: Actor): Promise<boolean> => {
      for (const input of fitting(command, given))
        for (const at of [DEFAULT_TIME, BEFORE]) {
          const events = await story.events(given, command, input, { actor, at, knowing: anyone }).catch(() => []);
          if (events.length > 0) return true;
        }
      return false;
    };
    await forEachState(async given => {
      for (const actor of [story.officer, story.judge])
        for (const command of commands) {
          if (BY_FACTS_TOO.includes(command.name) || forbids(command, given, actor).length > 0) continue;
          met.add(command.name);
          const told = [command.name, story.stateOf(given).status, actor.role];
          expect([...told, await isAccepted(given, command, actor)]).toEqual([...told, true]);
        }
    });
    expect(names([...met, ...BY_FACTS_TOO])).toEqual(names(commands.map(({ name }) => name)));
  }, 120_000);

  it('leaves one command that is allowed whenever there is a case: a warning comes when it comes', () => {
    expect(commands.filter(({ guard }) => !guard).map(({ name }) => name)).toEqual(['reportEscalationRisk']);
  });

  it('is most of it, on a case that is only reported', async () => {
    expect(allowed(await story.reported())).toEqual(['identifyParty', 'screenDispute', 'reportEscalationRisk']);
  });

  it('is signing, where there is nothing to sign', async () => {
    const signing = (given: Given) => allowed(given).filter(name => /^(signAgreement|affixSeal)/.test(name));
    expect(signing(await story.opened())).toEqual([]);
    const [draft = {}] = fittingInputs.draftAgreement?.(story.stateOf(await story.opened())) ?? [];
    const command = commands.find(({ name }) => name === 'draftAgreement')!;
    const drafted = await story.tell(await story.opened(), [command, draft]);
    expect(signing(drafted)).toEqual(['signAgreement', 'signAgreementAsMediator', 'affixSeal']);
  });
});
