import {
  distributeMaterial,
  giveContactCard,
  giveHukouCover,
  holdBriefing,
  recordNote,
  verifyResidentInfo,
} from './doing.js';
import { disposeOfGift, offerGift } from './gifts.js';
import { abandonVisit, completeVisit, planVisit, startPlannedVisit, startVisit } from './running.js';

export const visitCommands = [
  planVisit,
  startVisit,
  startPlannedVisit,
  recordNote,
  distributeMaterial,
  giveHukouCover,
  giveContactCard,
  holdBriefing,
  verifyResidentInfo,
  offerGift,
  disposeOfGift,
  completeVisit,
  abandonVisit,
];
