import type { SampleQuery } from '../server/graphiql.js';
import { doubaMediation } from './douba.js';
import { liu } from './liu.js';
import { douba } from './units.js';

const { disputeId, duringTheQuarrel } = doubaMediation;

/** Things worth asking the sample county; the county chief may ask all that name no role. */
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
      nodes { revision label(locale: zh) occurredAt recordedAt stateAfter fields(locale: zh) { label value valueLabel } }
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
    name: 'Leaflets handed out in each month of 2022',
    query: `query Series {
  metricSeries(metric: MATERIAL, bucket: MONTH, from: "2022-01-01", to: "2022-12-31") {
    unit
    timeZone
    buckets { from to quantity }
  }
}`,
  },
  {
    name: 'Who was in the mediation teams of Douba on a day',
    query: `query Roster {
  teamRoster(asOf: "2022-10-18", orgUnitId: "${douba.id}") {
    nodes { team { name } leaders { mediator { name } from } members { mediator { name category } from } }
  }
}`,
  },
  {
    name: 'What has happened with Liu, the latest first; that you looked is recorded',
    query: `query Timeline {
  residentTimeline(residentId: "${liu.residentId}", first: 10) {
    nodes { event { occurredAt label(locale: zh) stateAfter } of { __typename id } }
    pageInfo { endCursor hasNextPage }
  }
}`,
  },
  {
    name: 'What an officer has before him or her on a day',
    role: 'OFFICER',
    query: `query MyDay {
  myDay(date: "2022-12-20") {
    appointments(first: 5) { nodes { plannedFor purpose place resident { name } } }
    needs(first: 5) { nodes { category raisedOn plannedFor } }
    errands(first: 5) { nodes { kind status money { collectedFen } } }
    certificates(first: 5) { nodes { status dueDate applicant { name } } }
    dueCertificates(first: 5) { nodes { status dueDate } }
    dueMediations(first: 5) { nodes { caseNo dueDate } }
    followUps(first: 5) { nodes { caseNo statusLabel } }
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
