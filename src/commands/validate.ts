import type { z } from 'zod';
import { inUtc } from '../kernel/instant.js';
import { replaceLeaves } from '../kernel/paths.js';
import type { BoundCommand } from './command.js';
import { COMMON_CODES, type Refusal, refusal } from './refusal.js';

/** Client values never stand in a message: what was typed may be personal. */
const ruleText = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`;
  return issue.message.replace(/, received .*$/s, '');
};

const refusalOf = (issue: z.core.$ZodIssue): Refusal => {
  const path = issue.path.map(String);
  const where = path.join('.') || 'input';
  return refusal('INPUT_INVALID', path, {
    message: { zh: `${COMMON_CODES.INPUT_INVALID.zh}：${where}`, en: `${where}: ${ruleText(issue)}` },
  });
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
  if (!parsed.success) return { refused: parsed.error.issues.map(refusalOf) };
  const toUtc = (value: unknown, path: readonly string[]) => replaceLeaves(value, path, at => inUtc(String(at)));
  return { asked: parsed.data, value: instants.reduce(toUtc, parsed.data as unknown) };
}
