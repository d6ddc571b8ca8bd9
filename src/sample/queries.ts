import type { SampleQuery } from '../server/graphiql.js';
import { doubaMediation } from './douba.js';
import { liu } from './liu.js';

const { disputeId, duringTheQuarrel } = doubaMediation;

/** Things worth asking the sample county; the county chief may ask all of them. */
export const sampleQueries: readonly SampleQuery[] = [
  {
    name: 'What the county had done by 15 November 2022',
    query: `query Totals {
  totals(asOf: "2022-11-15") {
    metrics { metric quantity qualifier unit }
    checksum
    stations
    officersWithBackpack
    mediationTeams
  }
}`,
  },
  {
    name: 'The mediation in Douba, step by step',
    query: `query Douba {
  dispute(id: "${disputeId}") {
    caseNo
    statusLabel
    evidentiaryStatus
    agreement { confirmationDeadline }
    history(first: 50) {
      nodes { revision label(locale: zh) occurredAt recordedAt stateAfter fields(locale: zh) { label value } }
    }
  }
}`,
  },
  {
    name: 'One moment of its session, by either clock: the quarrel was on, and not yet written down',
    query: `query BothClocks {
  dispute(id: "${disputeId}") {
    asItHappened: asOf(at: "${duringTheQuarrel.toISOString()}", clock: OCCURRED) { ...Session }
    asItWasKnown: asOf(at: "${duringTheQuarrel.toISOString()}", clock: RECORDED) { ...Session }
  }
}
fragment Session on Dispute {
  revision
  status
  sessions { status statements { side at } disorders { kind at } persuasions { towards } }
}`,
  },
  {
    name: 'The identity card of Liu: the term, and who held it when',
    query: `query Liu {
  certificate(id: "${liu.certificateId}") {
    applicant { name number }
    status
    formDate
    dueDate
    extension { extraDays reason }
    custody { event at holder { kind officer { name } } }
  }
  need(id: "${liu.needId}") { status }
}`,
  },
  {
    name: 'Disputes that are still being performed, the latest first',
    query: `query Performing {
  disputes(first: 10, status: PERFORMING) {
    nodes { id caseNo title place statusLabel parties { side resident { name } } deviations { rule } }
    pageInfo { endCursor hasNextPage }
  }
}`,
  },
  {
    name: 'What happens to that case, then whatever comes (over WebSocket)',
    query: `subscription Follow {
  caseEvents(id: "${disputeId}") {
    cursor
    event { revision label(locale: zh) recordedAt }
  }
}`,
  },
  {
    name: 'Quarrels that come up and are made up in the county, then those to come: for analysts, so without names',
    query: `subscription Activity {
  activity(types: ["DisputeReported", "PartiesReconciled"]) {
    cursor
    label(locale: zh)
    occurredAt
    divisionCode
    orgUnit { name }
    data
  }
}`,
  },
  {
    name: 'What the county has done by today, again each time that it is more',
    query: `subscription Counting {
  totalsChanged {
    cursor
    totals { asOf metrics { metric quantity qualifier unit } readAt }
  }
}`,
  },
];
