import { z } from 'zod';
import { type FoundField, leavesOf, line } from './fields.js';
import type { Label } from './label.js';

/** A rule that a recorded fact breaks: stored with the fact, shown in conformance and on lists. */
const deviationSchema = z.object({ rule: line(80), citation: line(300) });
export type Deviation = z.infer<typeof deviationSchema>;

/** Those that were recorded with an event, in its data. */
export const deviationsIn = (data: unknown): readonly Deviation[] =>
  (data as { readonly deviations?: readonly Deviation[] }).deviations ?? [];

/** What a noun says of one type of event. */
export interface EventDeclaration {
  readonly version: number;
  readonly label: Label;
  /** The rule or practice that the event comes from. */
  readonly citation?: string;
  readonly data: z.ZodObject;
  /** Fields of `data` that a correction may replace. */
  readonly correctable?: readonly string[];
  /** Steps from older versions of `data`: `{ 1: … }` makes version 2 of version 1. */
  readonly upcast?: Readonly<Record<number, (data: unknown) => unknown>>;
}

export interface EventDefinition extends EventDeclaration {
  /** What is stored: `data`, and the rules that it breaks. */
  readonly stored: z.ZodObject;
  readonly type: string;
  readonly category: string;
  readonly personal: readonly FoundField[];
  /** Ids of relatives and households. */
  readonly kin: readonly FoundField[];
  readonly subjects: readonly FoundField[];
}

type Declarations = Readonly<Record<string, EventDeclaration>>;

/** The events of a stream, as a union of `{ type, data }`; see NewEvent for `occurredAt`. */
export type EventsOf<D extends Declarations> = {
  readonly [Type in keyof D & string]: {
    readonly type: Type;
    readonly data: z.infer<D[Type]['data']> & { readonly deviations?: readonly Deviation[] };
    readonly occurredAt?: string;
  };
}[keyof D & string];

/** Gives each event what follows from its schema: which fields are personal, and whom they are about. */
export function defineEvents<const D extends Declarations>(
  category: string,
  declarations: D,
): { readonly [Type in keyof D]: D[Type] & EventDefinition } {
  const definitions = Object.entries(declarations).map(([type, declaration]) => {
    const leaves = leavesOf(declaration.data);
    const definition: EventDefinition = {
      ...declaration,
      stored: declaration.data.extend({ deviations: z.array(deviationSchema).optional() }).strict(),
      type,
      category,
      personal: leaves.filter(leaf => leaf.meta.personal),
      kin: leaves.filter(leaf => leaf.meta.kin),
      subjects: leaves.filter(leaf => leaf.meta.ref === 'resident'),
    };
    return [type, definition];
  });
  return Object.fromEntries(definitions);
}
