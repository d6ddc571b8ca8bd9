import { z } from 'zod';
import type { EventDefinition } from '../kernel/events.js';
import { type FieldMeta, metaOf, unwrap } from '../kernel/fields.js';
import type { Lens } from '../projections/view.js';
import { maskData } from './maskData.js';

/** Codes, counts, days, yes or no: what says something to whoever counts, and names nobody. */
const isFigure = (schema: z.ZodType, { codeList, scalar }: FieldMeta & { readonly scalar?: string }): boolean =>
  codeList !== undefined ||
  scalar !== undefined ||
  schema instanceof z.ZodNumber ||
  schema instanceof z.ZodBoolean ||
  schema instanceof z.ZodEnum ||
  schema instanceof z.ZodLiteral;

function figuresIn(schema: z.ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const meta = metaOf(schema);
  const inner = unwrap(schema);
  // Masked by now; but whoever acts in office is shown by name to those who may read the roster.
  if (meta.personal) return meta.personal.mask === 'OFFICIAL' ? undefined : value;
  if (inner instanceof z.ZodObject) return figuresOf(inner, value as Readonly<Record<string, unknown>>);
  if (inner instanceof z.ZodArray) {
    const items = (value as readonly unknown[]).map(item => figuresIn(inner.element as z.ZodType, item));
    return items.every(item => item === undefined) ? undefined : items;
  }
  return isFigure(inner, meta) ? value : undefined;
}

function figuresOf({ shape }: z.ZodObject, data: Readonly<Record<string, unknown>>): object | undefined {
  const figures = Object.entries(shape)
    .map(([name, schema]) => [name, figuresIn(schema as z.ZodType, data[name])] as const)
    .filter(([, value]) => value !== undefined);
  return figures.length === 0 ? undefined : Object.fromEntries(figures);
}

/**
 * What an event says without saying whom it is about: codes, figures and days as they are, personal values masked.
 * Ids, names of those in office, and text are left out, for whoever may not open what they lead to.
 * @param today legal day on which it is looked at
 */
export async function figures(definition: EventDefinition, data: unknown, lens: Lens, today: string): Promise<object> {
  const masked = await maskData(definition, data, lens, today);
  return figuresOf(definition.data, masked as Readonly<Record<string, unknown>>) ?? {};
}
