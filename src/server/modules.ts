import 'reflect-metadata';
import { access } from '../audit/access/index.js';
import type { NounModule } from '../graphql/module.js';
import { organisation } from '../organisation/index.js';
import { residents } from '../residents/index.js';

/** Every noun of Satchel. A new one is one line here. */
export const modules: readonly NounModule[] = [organisation, residents, access];
