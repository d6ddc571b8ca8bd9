import { z } from 'zod';
import type { EventDefinition } from '../kernel/events.js';
import { type FieldMeta, metaOf, unwrap } from '../kernel/fields.js';
import { startOfDayOf } from '../kernel/legalDay.js';
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

const isInstant = ({ scalar }: FieldMeta & { readonly scalar?: string }): boolean => scalar === 'DateTime';

/** Whether personal values are among what is shown, masked by then. */
type Shown = 'WITH_MASKED' | 'FIGURES_ALONE';

function figuresIn(schema: z.ZodType, value: unknown, shown: Shown): unknown {
  if (value === undefined || value === null) return undefined;
  const meta = metaOf(schema);
  const inner = unwrap(schema);
  // Whoever acts in office is shown by name to those who may read the roster, and so not masked.
  if (meta.personal) return shown === 'FIGURES_ALONE' || meta.personal.mask === 'OFFICIAL' ? undefined : value;
  if (inner instanceof z.ZodObject) return figuresOf(inner, value as Readonly<Record<string, unknown>>, shown);
  if (inner instanceof z.ZodArray) {
    const items = (value as readonly unknown[]).map(item => figuresIn(inner.element as z.ZodType, item, shown));
    return items.every(item => item === undefined) ? undefined : items;
  }
  if (shown === 'FIGURES_ALONE' && isInstant(meta)) return startOfDayOf(String(value));
  return isFigure(inner, meta) ? value : undefined;
}

function figuresOf({ shape }: z.ZodObject, data: Readonly<Record<string, unknown>>, shown: Shown): object | undefined {
  const figures = Object.entries(shape)
    .map(([name, schema]) => [name, figuresIn(schema as z.ZodType, data[name], shown)] as const)
    .filter(([, value]) => value !== undefined);
  return figures.length === 0 ? undefined : Object.fromEntries(figures);
}

/**
 * What an event says of nobody: codes, figures and days, and of an instant the day. Personal values are left out, and so
 * are ids, names and text.
 */
export const figuresAlone = (definition: EventDefinition, data: unknown): object =>
  figuresOf(definition.data, data as Readonly<Record<string, unknown>>, 'FIGURES_ALONE') ?? {};

/**
 * The same with personal values masked, for whoever works with these people. Ids, names of those in office, and text are
 * left out, for whoever may not open what they lead to.
 * @param today legal day on which it is looked at
 */
export async function figures(definition: EventDefinition, data: unknown, lens: Lens, today: string): Promise<object> {
  const masked = await maskData(definition, data, lens, today);
  return figuresOf(definition.data, masked as Readonly<Record<string, unknown>>, 'WITH_MASKED') ?? {};
}
