import type { GraphQLScalarType } from 'graphql';
import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { allCodeLists } from '../kernel/codes.js';
import { metaOf, unwrap } from '../kernel/fields.js';
import { enumOf } from './codeLists.js';
import { DateScalar, DateTimeScalar, FenScalar } from './scalars.js';

// biome-ignore lint/complexity/noBannedTypes: classes made at run time have no narrower type
export type InputClass = Function & { new (): object };

const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  Date: DateScalar,
  DateTime: DateTimeScalar,
  Fen: FenScalar,
};

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `terms` of `ReachOralAgreementInput` becomes `ReachOralAgreementTermInput`. */
const nestedName = (parent: string, name: string) =>
  `${parent.replace(/Input$/, '')}${capitalised(name).replace(/ies$/, 'y').replace(/s$/, '')}Input`;

function typeOf(schema: z.ZodType, parent: string, name: string): object {
  const meta = metaOf(schema);
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return [typeOf(inner.element as z.ZodType, parent, name)];
  if (meta.scalar) return SCALARS[meta.scalar] as GraphQLScalarType;
  if (inner instanceof z.ZodEnum) {
    const list = meta.codeList ? allCodeLists().get(meta.codeList) : undefined;
    if (!list) throw new Error(`${parent}.${name}: an enum must come from a code list`);
    return enumOf(list);
  }
  if (inner instanceof z.ZodObject)
    return inputType(nestedName(parent, name), inner, metaOf(schema).description ?? `Part of ${parent}.`);
  if (inner instanceof z.ZodBoolean) return Boolean;
  if (inner instanceof z.ZodNumber) return inner.isInt ? Int : Float;
  if (meta.ref || name === 'id' || /Ids?$/.test(name)) return ID;
  if (inner instanceof z.ZodString) return String;
  throw new Error(`${parent}.${name} has no GraphQL input type`);
}

/** The GraphQL input type of a schema; what a schema cannot say in GraphQL it checks itself, afterwards. */
export function inputType(name: string, schema: z.ZodObject, description?: string): InputClass {
  const type = { [name]: class {} }[name] as InputClass;
  for (const [key, child] of Object.entries(schema.shape)) {
    const childSchema = child as z.ZodType;
    const fieldType = typeOf(childSchema, name, key);
    const { description: text, zh } = metaOf(childSchema);
    if (!text) throw new Error(`${name}.${key} needs a description`);
    Field(() => fieldType as never, {
      nullable: childSchema.isOptional(),
      description: zh ? `${text} (${zh})` : text,
    })(type.prototype, key);
  }
  InputType(name, description ? { description } : {})(type);
  return type;
}
