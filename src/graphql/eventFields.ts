import { Field, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { allCodeLists, type CodeList } from '../kernel/codes.js';
import { metaOf, unwrap } from '../kernel/fields.js';
import type { Locale } from '../kernel/label.js';
import { Json } from './scalars.js';

@ObjectType({ description: 'One field of what an event says, for people.', simpleResolvers: true })
export class EventField {
  @Field(() => [String], { description: 'Where it stands in `data`.' })
  path!: readonly string[];

  @Field(() => String, { description: 'What it is, in the language asked for.' })
  label!: string;

  @Field(() => Json, { nullable: true, description: 'Its value; masked when it is personal.' })
  value!: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'What its value is called, in the language asked for, where that is a code or several; or null.',
  })
  valueLabel!: string | undefined;
}

/** The codes that a field holds, one or several. */
function codesOf(schema: z.ZodType): CodeList | undefined {
  const inner = unwrap(schema);
  const name = metaOf(inner instanceof z.ZodArray ? (inner.element as z.ZodType) : schema).codeList;
  return name === undefined ? undefined : allCodeLists().get(name);
}

const BETWEEN: Readonly<Record<Locale, string>> = { zh: '、', en: ', ' };

function valueLabel(schema: z.ZodType, value: unknown, locale: Locale): string | undefined {
  const list = codesOf(schema);
  const codes: readonly unknown[] = Array.isArray(value) ? value : [value];
  // A masked value is no code.
  if (!list || codes.length === 0 || codes.some(code => !list.values.includes(String(code)))) return undefined;
  return codes.map(code => list.label(String(code), locale)).join(BETWEEN[locale]);
}

/** What an event says, field by field, in the order of its schema. */
export function fieldsOf(
  shape: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
  locale: Locale,
): readonly EventField[] {
  return Object.entries(shape)
    .filter(([name]) => data[name] !== undefined)
    .map(([name, declared]) => {
      const schema = declared as z.ZodType;
      const { zh, description } = metaOf(schema);
      const value = data[name];
      const label = (locale === 'zh' ? zh : description) ?? name;
      return { path: [name], label, value, valueLabel: valueLabel(schema, value, locale) };
    });
}
