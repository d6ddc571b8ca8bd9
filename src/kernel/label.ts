/** What a person reads for a code: in Chinese, as the field says it, and in English. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

export type Locale = keyof Label;
