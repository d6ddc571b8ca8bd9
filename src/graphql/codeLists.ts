import { Arg, registerEnumType } from 'type-graphql';
import { type CodeList, codeList } from '../kernel/codes.js';

/** Code lists by their GraphQL enum: one enum a list, however many fields use it. */
const enums = new Map<CodeList, object>();

/** The enum of a code list, for `@Field(() => enumOf(List))`. */
export function enumOf(list: CodeList): object {
  const known = enums.get(list);
  if (known) return known;
  const values = Object.fromEntries(list.values.map(code => [code, code]));
  registerEnumType(values, {
    name: list.name,
    description: list.description,
    valuesConfig: Object.fromEntries(
      list.values.map(code => [code, { description: `${list.labels[code]?.en} (${list.labels[code]?.zh})` }]),
    ),
  });
  enums.set(list, values);
  return values;
}

export const LocaleCode = codeList('Locale', 'Language of a label.', {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
});

/** The argument by which every label and message takes its language. */
export const LocaleArg = (): ParameterDecorator =>
  Arg('locale', () => enumOf(LocaleCode), { defaultValue: 'zh', description: 'Language.' }) as ParameterDecorator;
