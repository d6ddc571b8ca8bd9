import type { z } from 'zod';
import type { Label } from '../kernel/label.js';
import { askedBy } from '../kernel/must.js';

type Issue = z.core.$ZodIssue;
type SizeIssue = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

const TYPES: Readonly<Record<string, Label>> = {
  string: { zh: '应为文本', en: 'must be a text' },
  int: { zh: '应为整数', en: 'must be a whole number' },
  number: { zh: '应为数字', en: 'must be a number' },
  boolean: { zh: '应为是或否', en: 'must be true or false' },
  array: { zh: '应为列表', en: 'must be a list' },
  object: { zh: '应为一组字段', en: 'must be an object' },
};

const FORMATS: Readonly<Record<string, Label>> = {
  date: { zh: '应为日期，如2022-10-18', en: 'must be a calendar day, as in 2022-10-18' },
  datetime: {
    zh: '应为带时区的时间，如2022-10-18T09:30:00+08:00',
    en: 'must be an instant with an offset, as in 2022-10-18T09:30:00+08:00',
  },
};

const OTHER: Label = { zh: '格式不符', en: 'does not have the form that the schema describes' };
const MISSING: Label = { zh: '必须填写', en: 'is missing' };
const UNKNOWN_FIELD: Label = { zh: '含有未定义的字段', en: 'has a field that there is not' };

const counted = (limit: string, noun: string): string => `${limit} ${noun}${limit === '1' ? '' : 's'}`;

function sizeRule(origin: string, least: boolean, limit: string): Label {
  if (origin === 'string') {
    if (least && limit === '1') return { zh: '不能为空', en: 'must not be empty' };
    return least
      ? { zh: `至少${limit}个字符`, en: `must have at least ${counted(limit, 'character')}` }
      : { zh: `不能超过${limit}个字符`, en: `must have at most ${counted(limit, 'character')}` };
  }
  if (origin === 'array')
    return least
      ? { zh: `至少有${limit}项`, en: `must have at least ${counted(limit, 'item')}` }
      : { zh: `不能超过${limit}项`, en: `must have at most ${counted(limit, 'item')}` };
  return least
    ? { zh: `不能小于${limit}`, en: `must be at least ${limit}` }
    : { zh: `不能大于${limit}`, en: `must be at most ${limit}` };
}

const sizeRuleOf = (issue: SizeIssue): Label =>
  issue.code === 'too_small'
    ? sizeRule(issue.origin, true, String(issue.minimum))
    : sizeRule(issue.origin, false, String(issue.maximum));

const choiceOf = (values: readonly unknown[]): Label => ({
  zh: `应为下列之一：${values.join('、')}`,
  en: `must be one of ${values.join(', ')}`,
});

/** What an input breaks. Client values never stand in it: what was typed may be personal. */
export function inputRuleOf(issue: Issue): Label {
  const asked = askedBy(issue.message);
  if (asked) return asked;
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? MISSING : (TYPES[issue.expected] ?? OTHER);
    case 'too_small':
    case 'too_big':
      return sizeRuleOf(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? OTHER;
    case 'invalid_value':
      return choiceOf(issue.values);
    case 'unrecognized_keys':
      return UNKNOWN_FIELD;
    default:
      return OTHER;
  }
}
