import type { NounModule } from '../graphql/module.js';
import { AppointmentQueries, appointmentBinding } from './graphql.js';

export const appointments: NounModule = {
  bindings: [appointmentBinding],
  views: [],
  resolvers: [AppointmentQueries],
};
