import type { OpenReadModel } from '../database/openReadModel.js';
import { alwaysLeads, type Leadership } from './leadership.js';
import { postgresLeadership } from './postgresLeadership.js';

/** One process has a file for itself, and several may share a database. */
export const leadershipOn = async ({ db, openSession }: OpenReadModel): Promise<Leadership> =>
  openSession ? postgresLeadership({ db, openSession }) : alwaysLeads;
