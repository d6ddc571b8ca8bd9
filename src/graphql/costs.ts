/** How much more than a plain field one costs. */
export interface Cost {
  /** Of the field itself; 1 by default. */
  readonly own?: number;
  /** The argument without which the field costs no more than others. */
  readonly with?: string;
  /**
   * How often what is inside it comes: the argument that says so, `first` by default where the field has it; or a
   * number, of a list that is not read by pages.
   */
  readonly times?: string | number;
}

/** A read of one stream from its beginning, and the fold of its events. */
const STREAM: Cost = { own: 10 };
/** A look through many rows. */
const SCAN: Cost = { own: 100 };
/** A read of as many streams as name one resident in a life, whatever part of it is asked for. */
const LIFE: Cost = { own: 1_000 };
/** A list that is not read by pages and leads to nouns, each with a history of its own: so many, or about. */
const few = (times: number): Cost => ({ times });

/**
 * What costs more than to read a field of something that is there already, by name of the field on whatever type, or
 * as `Type.field`, which comes first; `Mutation.*` is every mutation that has no entry of its own. Everything else costs
 * 1, times `first` for what is inside a list.
 */
export const COSTS: Readonly<Record<string, Cost>> = {
  allowedCommands: { own: 3 },
  asOf: STREAM,
  history: STREAM,
  'Certificate.custody': few(10),
  'Dispute.followUps': few(3),
  'Dispute.formerReferrals': few(2),
  'Dispute.mediators': few(4),
  'Dispute.parties': few(4),
  'Dispute.risks': few(4),
  'MediationTeam.memberships': few(20),
  'MediationTeam.roster': few(10),
  'Mutation.*': STREAM,
  'Officer.assignments': few(4),
  'OpenWork.total': { own: 10 },
  'OrgUnit.openingBalances': few(4),
  'Query.disputes': { ...SCAN, with: 'text' },
  'Query.findResident': { own: 10 },
  'Query.loopClosure': SCAN,
  'Query.metricSeries': SCAN,
  'Query.openWork': { own: 10 },
  'Query.overdue': SCAN,
  'Query.residentTimeline': LIFE,
  'Query.stationScoreboard': SCAN,
  'Query.totals': SCAN,
  'Resident.guardians': few(2),
  'StationScoreboard.stations': few(20),
  'Subscription.activity': SCAN,
  'Subscription.caseEvents': STREAM,
  'Subscription.totalsChanged': SCAN,
  'TeamRoster.leaders': few(2),
  'TeamRoster.members': few(10),
  'Viewer.mediators': few(2),
  'Viewer.scope': few(20),
  'Visit.auxiliaries': few(2),
  'Visit.noteTexts': few(5),
  'Visit.officers': few(2),
  'Visit.verifications': few(10),
};

/** Payloads of commands read the stream again, for the events that came of them. */
const PAYLOAD_EVENTS = /^\w+Payload\.events$/;

export function costOfField(type: string, field: string): Cost {
  const name = `${type}.${field}`;
  if (PAYLOAD_EVENTS.test(name)) return STREAM;
  return COSTS[name] ?? COSTS[field] ?? COSTS[`${type}.*`] ?? {};
}
