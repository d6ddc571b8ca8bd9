import 'reflect-metadata';
import { appointments } from '../appointments/index.js';
import { access } from '../audit/access/index.js';
import { audit } from '../audit/index.js';
import { certificates } from '../certificates/index.js';
import { errands } from '../errands/index.js';
import { general } from '../graphql/general.js';
import type { NounModule } from '../graphql/module.js';
import { mediation } from '../mediation/index.js';
import { needs } from '../needs/index.js';
import { organisation } from '../organisation/index.js';
import { reporting } from '../reporting/index.js';
import { residents } from '../residents/index.js';
import { visits } from '../visits/index.js';

/** Every noun of Satchel. A new one is one line here. */
export const modules: readonly NounModule[] = [
  general,
  organisation,
  residents,
  needs,
  certificates,
  errands,
  appointments,
  visits,
  mediation,
  audit,
  access,
  reporting,
];
