/** An instant with whatever offset as it is written in UTC, `2022-10-18T01:30:00.000Z`. */
export const inUtc = (instant: string): string => new Date(instant).toISOString();
