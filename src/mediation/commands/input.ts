import type { z } from 'zod';
import { metaOf, unwrap } from '../../kernel/fields.js';
import type { Sealed } from '../../kernel/personal.js';

/** A personal field of an event as an input gives it: in the clear. */
type Plain<Schema> =
  Schema extends z.ZodOptional<infer Inner extends z.ZodType>
    ? z.ZodOptional<Plain<Inner> & z.ZodType>
    : Schema extends z.ZodUnion<readonly [infer Clear extends z.ZodType, z.ZodType<Sealed>]>
      ? Clear
      : Schema;

type InputOf<Shape> = { [Name in keyof Shape as string extends Name ? never : Name]: Plain<Shape[Name]> };

function plain(schema: z.ZodType): z.ZodType {
  const { personal, zh, description } = metaOf(schema);
  if (!personal) return schema;
  const [clear] = (unwrap(schema) as z.ZodUnion<readonly [z.ZodType, z.ZodType]>).options;
  const labelled = clear.meta({ ...clear.meta(), zh, description });
  return schema.isOptional() ? labelled.optional() : labelled;
}

/** The fields of an event as an input has them: the same, but personal ones in the clear. */
export const inputOf = <Shape extends z.ZodRawShape>(data: { readonly shape: Shape }): InputOf<Shape> =>
  Object.fromEntries(
    Object.entries(data.shape).map(([name, schema]) => [name, plain(schema as z.ZodType)]),
  ) as InputOf<Shape>;
