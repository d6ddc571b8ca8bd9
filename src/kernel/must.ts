import type { Label } from './label.js';

/** zod carries one text with a check: the English one, by which the Chinese one is found here. */
const chinese = new Map<string, string>();

/** What a check of a schema asks for, in both languages: the text to give to zod. */
export function must(zh: string, en: string): string {
  chinese.set(en, zh);
  return en;
}

/** Both texts of a check that was written with `must`. */
export function askedBy(text: string): Label | undefined {
  const zh = chinese.get(text);
  return zh === undefined ? undefined : { zh, en: text };
}
