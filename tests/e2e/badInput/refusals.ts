import { afterEach, beforeEach, expect } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import type { Anything, GraphQLAnswer, TestSatchel } from '../../harness/testSatchel.js';

/** A name that would give someone away; put into the input, it must not come back in the error. */
export const TELLING = '欧阳不可说';

/** What names an error, whether it stands in the payload of a command or at the top of the answer. */
export interface TypedError {
  readonly code: string;
  /** Where in the input, `vulnerabilities.0`; empty when it is about the whole. */
  readonly field: string;
  readonly message: string;
}

/** Holds each test of the file to leaving nothing behind. */
export function leavesNothingBehind(satchel: () => TestSatchel): void {
  let before: string;
  beforeEach(async () => {
    before = await satchel().services.store.head();
  });
  afterEach(async () => {
    expect(await satchel().services.store.head(), 'nothing was appended').toBe(before);
  });
}

type AnswerError = NonNullable<GraphQLAnswer['errors']>[number];

const topLevel = ({ message, extensions }: AnswerError): TypedError => ({
  code: String(extensions.code),
  field: ((extensions.inputPath ?? []) as readonly unknown[]).slice(1).join('.'),
  message,
});

/** Of an answer that must be one error; `telling` is what was typed and may not be repeated. */
export function onlyErrorOf(answer: GraphQLAnswer, ...telling: readonly string[]): TypedError {
  for (const value of telling)
    expect(JSON.stringify(answer), 'what was typed stays with the client').not.toContain(value);
  expect(answer.errors).toHaveLength(1);
  return topLevel(answer.errors?.[0] as AnswerError);
}

const QUERY = (name: string) => `mutation Do($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
  ${name}(input: $input) { consistencyToken events { id } errors { code path message(locale: en) } } }`;

export interface BadCommand {
  readonly by: string;
  readonly command: string;
  readonly input: object;
  readonly telling?: readonly string[];
}

/** Why a command was not done. Nothing was recorded, and nothing that was typed is repeated. */
export async function refusalsOf(satchel: TestSatchel, bad: BadCommand): Promise<readonly TypedError[]> {
  const { by, command, input, telling = [] } = bad;
  const answer = await satchel.ask(by, QUERY(command), { input: { commandId: newUuid(), ...input } });
  for (const value of [TELLING, ...telling])
    expect(JSON.stringify(answer), 'what was typed stays with the client').not.toContain(value);
  if (answer.errors) return answer.errors.map(topLevel);
  const payload: Anything = answer.data?.[command];
  expect(payload).toMatchObject({ consistencyToken: null, events: [] });
  return payload.errors.map(({ code, path, message }: Anything) => ({ code, field: path.join('.'), message }));
}
