import type { Label } from '../kernel/label.js';
import type { RuleSet } from '../kernel/ruleSet.js';

/** Why a command was not done: data for whoever sent it. Nothing was recorded. */
export interface Refusal {
  readonly code: string;
  /** Where in the input, `['terms', '0', 'amountFen']`; empty when it is about the whole. */
  readonly path: readonly string[];
  readonly message: Label;
  readonly citation?: string;
  /** Of a CONFLICT. */
  readonly expectedRevision?: number;
  readonly actualRevision?: number;
}

/** Codes that every noun's errors may have, beside those of its rules. */
export const COMMON_CODES = {
  INPUT_INVALID: { zh: '输入不符合要求', en: 'The input does not fit its rules' },
  CONFLICT: { zh: '记录已有新变化，请重新读取后再提交', en: 'The record has moved on; read it again and decide anew' },
  COMMAND_ID_REUSED: { zh: '指令编号已用于另一内容', en: 'This command id was used for something else' },
  ALREADY_EXISTS: { zh: '该编号的记录已存在', en: 'Something with this id exists already' },
  OCCURRED_IN_FUTURE: {
    zh: '发生时间不能晚于当前时间一天以上',
    en: 'It cannot have happened more than a day after now; check the clock of the device',
  },
  SUBJECT_ERASED: {
    zh: '当事人信息已依法删除，不能再登记其个人信息',
    en: 'The personal data of someone it is about were erased; nothing personal can be recorded of them any more',
  },
} as const satisfies Record<string, Label>;
export type CommonCode = keyof typeof COMMON_CODES;

export const refusal = (code: CommonCode, path: readonly string[] = [], more: Partial<Refusal> = {}): Refusal => ({
  code,
  path,
  message: COMMON_CODES[code],
  ...more,
});

export function ruleRefusal(set: RuleSet, code: string, path: readonly string[]): Refusal {
  const rule = set.rules[code];
  if (!rule) throw new Error(`The rule set ${set.id} has no rule ${code}`);
  return { code, path, message: rule.message, citation: rule.citation };
}
