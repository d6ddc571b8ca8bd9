import type { NounModule } from '../graphql/module.js';
import { mediatorsOfOfficer } from '../organisation/mediator/lookups.js';
import { ActivitySubscription } from './activity/activitySubscription.js';
import { LoopClosureQueries } from './loopClosure/loopClosureQuery.js';
import { MyDayQueries } from './myDay/myDayQuery.js';
import { countHeld } from './openWork/heldBy.js';
import { OpenWorkQueries } from './openWork/openWorkQuery.js';
import { OverdueQueries } from './overdue/overdueQuery.js';
import { residentNounView } from './residentTimeline/residentNounView.js';
import { ResidentTimelineQueries } from './residentTimeline/residentTimelineQuery.js';
import { ScoreboardQueries } from './scoreboard/scoreboardQuery.js';
import { MetricSeriesQueries } from './series/metricSeriesQuery.js';
import { TotalsQueries } from './totals/graphql.js';
import { metricDayView } from './totals/metricDayView.js';
import { TotalsSubscription } from './totals/totalsSubscription.js';

/** What is seen across nouns. */
export const reporting: NounModule = {
  bindings: [],
  views: [metricDayView, residentNounView],
  resolvers: [
    TotalsQueries,
    OverdueQueries,
    LoopClosureQueries,
    ScoreboardQueries,
    MetricSeriesQueries,
    ResidentTimelineQueries,
    MyDayQueries,
    OpenWorkQueries,
    ActivitySubscription,
    TotalsSubscription,
  ],
  lookup: ({ db }) => ({
    openWorkOf: async officerId => countHeld(db, [officerId, ...(await mediatorsOfOfficer(db, officerId))]),
  }),
};
