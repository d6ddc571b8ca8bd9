import type { NounModule } from '../graphql/module.js';
import { CaseEventsSubscription } from './caseEvents.js';

export const audit: NounModule = { bindings: [], views: [], resolvers: [CaseEventsSubscription] };
