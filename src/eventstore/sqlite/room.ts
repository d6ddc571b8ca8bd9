import { diskRoomAt } from '../../database/diskRoom.js';
import { StoreFull } from '../errors.js';
import type { Appender } from './append.js';

/** Less is used up by the next few appends. */
const ENOUGH_BYTES = 1024 * 1024;

export interface RoomyAppender extends Appender {
  /** False since an append found the disk full, until one is written or the disk has room again. */
  hasRoom(): boolean;
}

/** The same appender, which remembers that it found no room. */
export function watchRoom(appender: Appender, file: string): RoomyAppender {
  let full = false;
  return {
    ...appender,
    writeTogether: appends => {
      try {
        const appended = appender.writeTogether(appends);
        full = false;
        return appended;
      } catch (error) {
        full ||= error instanceof StoreFull;
        throw error;
      }
    },
    // A server that says it has no room is sent no commands, so that no append would find out: the disk is asked.
    hasRoom: () => {
      full &&= diskRoomAt(file).freeBytes < ENOUGH_BYTES;
      return !full;
    },
  };
}
