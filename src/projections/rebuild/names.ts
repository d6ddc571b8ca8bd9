import type { View } from '../view.js';

// What is being built, and what was served before, stands beside what is served: tables, checkpoints and parked events
// of the same name with an ending.

const NEXT = '_next';
const OLD = '_old';

/** The view as it is being built beside the served one. */
export const nextOf = (view: View): View => ({ ...view, table: `${view.table}${NEXT}` });

/** The view that was served before, kept until someone says otherwise. */
export const oldOf = (view: View): View => ({ ...view, table: `${view.table}${OLD}` });
