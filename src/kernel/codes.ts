import { z } from 'zod';
import type { Label, Locale } from './label.js';

/** A closed list of stable English codes, each with what a person reads for it. */
export interface CodeList<Code extends string = string> {
  readonly name: string;
  readonly description: string;
  readonly labels: Readonly<Record<Code, Label>>;
  readonly values: readonly Code[];
  readonly schema: z.ZodEnum<{ [K in Code]: K }>;
  label(code: Code, locale: Locale): string;
}

const lists = new Map<string, CodeList>();

/** Declares a code list, once for schemas, the API and people. `name` is its GraphQL name. */
export function codeList<const Labels extends Readonly<Record<string, Label>>>(
  name: string,
  description: string,
  labels: Labels,
): CodeList<keyof Labels & string> {
  type Code = keyof Labels & string;
  if (lists.has(name)) throw new Error(`The code list ${name} is declared twice`);
  const values = Object.keys(labels) as Code[];
  const schema = z.enum(values as [Code, ...Code[]]).meta({ codeList: name });
  const list = {
    name,
    description,
    labels,
    values,
    schema,
    label: (code: Code, locale: Locale) => labels[code]?.[locale] ?? code,
  } as unknown as CodeList<Code>;
  lists.set(name, list as unknown as CodeList);
  return list;
}

/** Every list declared so far, by name. */
export const allCodeLists = (): ReadonlyMap<string, CodeList> => lists;

export type CodeOf<List> = List extends CodeList<infer Code> ? Code : never;
