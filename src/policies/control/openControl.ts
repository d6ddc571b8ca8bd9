import { isPostgresAddress } from '../../database/postgresAddress.js';
import { controlOn } from './controlOn.js';
import type { ControlStore } from './port.js';
import { openPostgresControl } from './postgresControl.js';
import { openSqliteControl } from './sqliteControl.js';
import type { OpenControlOptions } from './tables.js';

/**
 * @param at `postgres://…`, or the path of a file
 * @throws ControlUnusable, DatabaseUnusable naming the file, or the address without its password
 */
export const openControl = async (at: string, options: OpenControlOptions = { make: true }): Promise<ControlStore> =>
  controlOn(await (isPostgresAddress(at) ? openPostgresControl(at, options) : openSqliteControl(at, options)));
