import type { z } from 'zod';
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
  | { readonly value: unknown; readonly refused?: undefined }
  | { readonly refused: readonly Refusal[] };

/** Checks an input once, for the API, the command line and batches alike; names every field and rule broken. */
export function validate(schema: z.ZodObject, input: unknown): Validated {
  const parsed = schema.safeParse(input);
  return parsed.success ? { value: parsed.data } : { refused: parsed.error.issues.map(refusalOf) };
}
