import { allCodeLists } from '../../src/kernel/codes.js';
import type { Step } from '../../src/sample/story.js';

/** A text that somebody typed, and where: `registerResident.name`. */
export interface TypedText {
  readonly where: string;
  readonly text: string;
}

const NO_TEXT = [
  /^([a-z]+-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  /^\d{4}-\d{2}-\d{2}(T.*)?$/,
  /^[0-9a-f]{64}$/,
  /^vault:/,
];

function* leaves(value: unknown, where: string): Generator<TypedText> {
  if (typeof value === 'string') yield { where, text: value };
  else if (Array.isArray(value)) for (const element of value) yield* leaves(element, where);
  else if (value !== null && typeof value === 'object')
    for (const [name, child] of Object.entries(value)) yield* leaves(child, `${where}.${name}`);
}

/** Every text in the inputs of these commands: not the ids, codes, days, moments and digests. */
export function typedTexts(steps: readonly Step[]): readonly TypedText[] {
  const codes = new Set([...allCodeLists().values()].flatMap(list => list.values));
  return steps
    .flatMap(({ command, input }) => [...leaves(input, command)])
    .filter(({ text }) => !codes.has(text) && !NO_TEXT.some(pattern => pattern.test(text)));
}
