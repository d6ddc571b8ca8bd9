import { commandsOf } from '../../commands/command.js';
import { visit } from '../visit.js';

export const command = commandsOf(visit);
