import type { Label } from './label.js';

/** Why someone needs special care (特殊群体), for every noun that says so. */
export const VULNERABILITIES = {
  ELDER: { zh: '老年人', en: 'Elder' },
  DISABLED: { zh: '残疾人', en: 'Person with a disability' },
  MINOR: { zh: '未成年人', en: 'Minor' },
  LIVING_ALONE: { zh: '独居', en: 'Living alone' },
  LEFT_BEHIND: { zh: '留守人员', en: 'Left behind while the family works elsewhere' },
} as const satisfies Record<string, Label>;
