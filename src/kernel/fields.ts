import { z } from 'zod';
import { must } from './must.js';
import type { Sealed } from './personal.js';

/** How a personal value looks in an ordinary field. OFFICIAL: the name of someone who acts in office, shown as it is. */
export type Mask = 'NAME' | 'NUMBER' | 'PHONE' | 'ADDRESS' | 'TEXT' | 'OFFICIAL';

/** What a schema says of a field beyond its shape. */
export interface FieldMeta {
  readonly zh?: string;
  readonly description?: string;
  readonly codeList?: string;
  /** Category of the stream that an id names. */
  readonly ref?: string;
  readonly personal?: { readonly mask: Mask; readonly of?: string };
  /** Names a relative or a home: of a minor, that tells who it is. */
  readonly kin?: boolean;
  /** Name of the GraphQL scalar, where the shape alone does not tell. */
  readonly scalar?: string;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const sealedSchema = z
  .object({
    keyId: z.string(),
    at: z.string(),
    nonce: z.string(),
    ciphertext: z.string(),
    commitment: z.string(),
  })
  .meta({ description: 'A sealed personal value' }) as unknown as z.ZodType<Sealed>;

/** Says what a field is, in Chinese and English. */
export const field = <S extends z.ZodType>(schema: S, zh: string, en: string): S =>
  schema.meta({ ...schema.meta(), zh, description: en }) as S;

/**
 * Marks a field of an event as personal: it is sealed before it reaches a store.
 * @param of the field beside it that holds the id of the stream whose key seals it; without it, the event's own stream
 */
export const personal = <S extends z.ZodType>(schema: S, mask: Mask, of?: string) =>
  z.union([schema, sealedSchema]).meta({ ...schema.meta(), personal: of ? { mask, of } : { mask } });

/**
 * Marks the id of a relative or a household: ordinary fields leave it out, since the surname and the village behind it
 * would tell who a minor is (Law on the Protection of Minors art. 103).
 */
export const kin = <S extends z.ZodType>(schema: S): S => schema.meta({ ...schema.meta(), kin: true }) as S;

/** The id of a stream of this category, such as `resident-0192…`. */
export const idOf = (category: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${category}-${UUID}$`),
      must(`应为 ${category} 的编号：${category}-<uuid>`, `must be the id of a ${category}: ${category}-<uuid>`),
    )
    .meta({ ref: category });

/** The id of a stream of whatever category. */
export const anyId = () =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z]+-${UUID}$`),
      must('应为记录的编号，如 need-<uuid>', 'must be the id of a noun, such as need-<uuid>'),
    );

export const uuid = () =>
  z.string().regex(new RegExp(`^${UUID}$`), must('应为小写的UUID', 'must be a UUID in lower case'));
/** A calendar day, `2022-10-18`. */
export const day = () => z.iso.date().meta({ scalar: 'Date' });
/** An instant with its offset, `2022-10-18T09:30:00+08:00`. */
export const instant = () => z.iso.datetime({ offset: true }).meta({ scalar: 'DateTime' });
export const isInstantField = ({ meta }: FoundField): boolean => meta.scalar === 'DateTime';
export const count = () => z.number().int().min(0).max(1_000_000);
export const positive = () => z.number().int().min(1).max(1_000_000);
/** A sum over years and counties; below what GraphQL's Int holds even when twenty are added up. */
export const total = () => z.number().int().min(0).max(100_000_000);
/** Money in fen (分). */
export const fen = () => z.number().int().min(0).max(1_000_000_000_00).meta({ scalar: 'Fen' });
/** One line of text without personal data: names, numbers and phones do not belong in it. */
export const line = (max = 200) => z.string().trim().min(1).max(max);
/** Free text, always personal where it is stored. */
export const prose = (max = 10_000) => z.string().trim().min(1).max(max);

/** The schema inside `optional`, `nullable` and `default`. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType;
  return inner;
}

/** Marks of a field, those of the wrapping schema over those of what it wraps. */
export function metaOf(schema: z.ZodType): FieldMeta {
  const outer = (schema.meta() ?? {}) as FieldMeta;
  const inner = unwrap(schema);
  return inner === schema ? outer : { ...(inner.meta() as FieldMeta | undefined), ...outer };
}

/** A field found in a schema; `*` in a path stands for every element of a list. */
export interface FoundField {
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly meta: FieldMeta;
}

/** Every leaf of a schema, in the order of declaration. */
export function leavesOf(schema: z.ZodType, path: readonly string[] = []): FoundField[] {
  const meta = metaOf(schema);
  const inner = unwrap(schema);
  if (meta.personal) return [{ path, schema: inner, meta }];
  if (inner instanceof z.ZodObject)
    return Object.entries(inner.shape).flatMap(([name, child]) => leavesOf(child as z.ZodType, [...path, name]));
  if (inner instanceof z.ZodArray) return leavesOf(inner.element as z.ZodType, [...path, '*']);
  return [{ path, schema: inner, meta }];
}
