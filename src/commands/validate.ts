import { inUtc } from '../kernel/instant.js';
import type { Label } from '../kernel/label.js';
import { replaceLeaves } from '../kernel/paths.js';
import type { BoundCommand } from './command.js';
import { inputRuleOf } from './inputRules.js';
import { type Refusal, refusal } from './refusal.js';

const refusalOf = (path: readonly string[], rule: Label): Refusal => {
  const where = path.join('.') || 'input';
  return refusal('INPUT_INVALID', path, { message: { zh: `${where}：${rule.zh}`, en: `${where}: ${rule.en}` } });
};

export type Validated =
  | {
      /** As it was asked, with defaults: by this a command is known when it comes again. */
      readonly asked: unknown;
      /** The same to decide on, its instants in UTC: whatever offset a client writes, they compare as text. */
      readonly value: unknown;
      readonly refused?: undefined;
    }
  | { readonly refused: readonly Refusal[] };

/** Checks an input once, for the API, the command line and batches alike; names every field and rule broken. */
export function validate({ schema, instants }: BoundCommand, input: unknown): Validated {
  const parsed = schema.safeParse(input);
  if (!parsed.success)
    return { refused: parsed.error.issues.map(issue => refusalOf(issue.path.map(String), inputRuleOf(issue))) };
  const toUtc = (value: unknown, path: readonly string[]) => replaceLeaves(value, path, at => inUtc(String(at)));
  return { asked: parsed.data, value: instants.reduce(toUtc, parsed.data as unknown) };
}
