import type { AnyCommand, DecisionContext, FactContext } from '../../../src/commands/command.js';
import type { Lookup } from '../../../src/commands/lookup.js';
import type { NewEvent } from '../../../src/kernel/decider.js';
import { legalDayOf } from '../../../src/kernel/legalDay.js';
import { acceptDispute } from '../../../src/mediation/commands/acceptance.js';
import { giveConsent, notifyRightsAndDuties } from '../../../src/mediation/commands/consent.js';
import { assignMediator } from '../../../src/mediation/commands/mediators.js';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { inviteParticipant } from '../../../src/mediation/commands/participants.js';
import { giveRecordingNotice, startRecording } from '../../../src/mediation/commands/recording.js';
import { reportDispute } from '../../../src/mediation/commands/report.js';
import { screenDispute } from '../../../src/mediation/commands/screening.js';
import {
  announceDiscipline,
  explainLegalProvisions,
  scheduleSession,
} from '../../../src/mediation/commands/session.js';
import { dispute } from '../../../src/mediation/dispute.js';
import type { Session } from '../../../src/mediation/state/session.js';
import type { Dispute } from '../../../src/mediation/state.js';
import { DEFAULT_TIME, Given, idFor, officerActor, someId, type WhenOptions } from '../spec.js';
import { standInLookup, visitUnderWay } from '../standInLookup.js';

export const station = officerActor.orgUnitId;
export const justiceOffice = idFor('orgunit', 'justice office');
export const tribunal = idFor('orgunit', 'tribunal');

export const chen = idFor('resident', 'chen');
export const wang = idFor('resident', 'wang');
/** 12 years old in October 2022. */
export const child = idFor('resident', 'child');
/** 16 years old in October 2022. */
export const apprentice = idFor('resident', 'apprentice');
export const stranger = idFor('resident', 'stranger');
/** Registered, but the key of the personal data is destroyed. */
export const forgotten = idFor('resident', 'forgotten');

export const host = idFor('mediator', 'host');
export const elder = idFor('mediator', 'elder');
export const suspended = idFor('mediator', 'suspended');
export const assistant = idFor('mediator', 'assistant');
const assistantOfficer = idFor('officer', 'assistant');
export const visit = idFor('visit', 'screening');

export const officer: DecisionContext['actor'] = { ...officerActor, alsoKnownAs: [host] };
export const judge: DecisionContext['actor'] = {
  actorId: idFor('officer', 'judge'),
  role: 'COURT',
  orgUnitId: tribunal,
  alsoKnownAs: [],
};

const births: Readonly<Record<string, { readonly birthDate?: string }>> = {
  [chen]: { birthDate: '1965-04-02' },
  [wang]: { birthDate: '1970-11-20' },
  [child]: { birthDate: '2010-06-01' },
  [apprentice]: { birthDate: '2006-01-09' },
  [stranger]: { birthDate: '1980-01-01' },
  [forgotten]: {},
};
const mediators: Readonly<Record<string, { status: string; category: string; officerId?: string }>> = {
  [host]: { status: 'APPOINTED', category: 'OFFICER', officerId: officerActor.actorId },
  [elder]: { status: 'APPOINTED', category: 'VETERAN_VILLAGE_CADRE' },
  [suspended]: { status: 'SUSPENDED', category: 'VILLAGE_WORTHY' },
  [assistant]: { status: 'APPOINTED', category: 'OFFICER', officerId: assistantOfficer },
};
const units: Readonly<Record<string, { level: string }>> = {
  [station]: { level: 'STATION' },
  [justiceOffice]: { level: 'JUSTICE_OFFICE' },
  [tribunal]: { level: 'TRIBUNAL' },
};

/** What other nouns know in these stories. */
export const known: Partial<Lookup> = {
  resident: async id => (births[id] ? { orgUnitId: station } : undefined),
  residentWithBirthDate: async id => (births[id] ? { ...births[id], orgUnitId: station } : undefined),
  mediator: async id => mediators[id],
  officer: async id => ({ role: id === assistantOfficer ? 'AUXILIARY' : 'OFFICER', orgUnitId: station }),
  orgUnit: async id => units[id],
  visit: async id => (id === visit ? visitUnderWay() : undefined),
  allocateCaseNumber: async () => 7,
};

export interface StoryOptions extends WhenOptions {
  /** What other nouns know differently this time. */
  readonly knowing?: Partial<Lookup>;
}

async function withFacts(given: Given, command: AnyCommand, input: object, options: StoryOptions) {
  const { at = DEFAULT_TIME, actor = officer, knowing = {} } = options;
  const context: FactContext = {
    commandId: someId('command'),
    actor,
    occurredAt: at,
    today: legalDayOf(at),
    ruleSetId: 'SPEC',
    id: given.id,
    derivedId: someId,
  };
  const lookup = standInLookup({ ...known, ...knowing });
  const facts = await command.facts?.(input as never, given.state as never, lookup, context);
  return { ...options, actor, facts };
}

/** The events that a command comes to, with its facts looked up. */
export const events = async (given: Given, command: AnyCommand, input: object, options: StoryOptions = {}) =>
  given.when(command, input, await withFacts(given, command, input, options));

/** Codes of its refusal. */
export const refusal = async (given: Given, command: AnyCommand, input: object, options: StoryOptions = {}) =>
  given.refuses(command, input, await withFacts(given, command, input, options));

export type Step = readonly [command: AnyCommand, input: object, options?: StoryOptions];

/** Goes on with these commands, one after the other. */
export async function tell(given: Given, ...steps: readonly Step[]): Promise<Given> {
  let told = given;
  for (const [command, input, options = {}] of steps)
    told = told.after(command, input, await withFacts(told, command, input, options));
  return told;
}

export const stateOf = (given: Given) => given.state as Dispute;
/** Other visits than that of the station, which has begun. */
export const otherVisits = {
  elsewhere: visitUnderWay({ orgUnitId: idFor('orgunit', 'elsewhere'), participantIds: [] }),
  scenic: visitUnderWay({ kind: 'SCENIC_AREA' }),
};

export const typesOf = (decided: readonly NewEvent[]) => decided.map(({ type }) => type);

export const nothing = Given.nothing(dispute);

export const report = {
  source: 'PARTY_APPLICATION',
  category: 'NEIGHBOUR',
  title: '邻里排水纠纷',
  parties: [
    { subjectId: chen, side: 'A' },
    { subjectId: wang, side: 'B' },
  ],
  divisionCode: '621224110',
  village: '豆坝村',
};

export const sessionId = someId('first session');
export const recordingId = someId('first recording');
export const relative = someId('relative');
export const cadre = someId('cadre');
export const plan = { sessionId, plannedFor: '2022-10-18T10:00:00+08:00', placeType: 'VILLAGE' };
export const opening = { sessionId, officersPresent: 1, auxiliariesPresent: 1 };

const partiesOf = (given: Given) => stateOf(given).parties.map(({ subjectId }) => subjectId);

export const reported = (changes: object = {}) => tell(nothing, [reportDispute, { ...report, ...changes }]);
export const screened = async (changes: object = {}) =>
  tell(await reported(changes), [screenDispute, { legalBasis: 'CIVIL', riskLevel: 2 }]);
export const accepted = async (changes: object = {}) =>
  tell(await screened(changes), [acceptDispute, {}], [assignMediator, { mediatorId: host }]);

export async function consentPending(changes: object = {}): Promise<Given> {
  const given = await accepted(changes);
  return tell(given, ...partiesOf(given).map((partyId): Step => [notifyRightsAndDuties, { partyId }]));
}

export async function ready(changes: object = {}): Promise<Given> {
  const given = await consentPending(changes);
  return tell(given, ...partiesOf(given).map((partyId): Step => [giveConsent, { partyId }]));
}

export const scheduled = async (changes: object = {}) => tell(await ready(changes), [scheduleSession, plan]);

const invitation = { role: 'COMMON_RELATIVE', name: '赵山', participantId: relative, consentBy: ['A', 'B'] };

/** A session that has begun, with a relative invited. */
export const opened = async (changes: object = {}) =>
  tell(await scheduled(changes), [inviteParticipant, invitation], [openSession, opening]);

/** A session in which everything is in order for the parties to speak. */
export const inOrder = async () =>
  tell(
    await opened(),
    [explainLegalProvisions, { sessionId, provisions: ['民法典第二百八十八条'] }],
    [announceDiscipline, { sessionId }],
    [giveRecordingNotice, { sessionId }],
    [startRecording, { sessionId, recordingId, deviceSerial: 'DSJ-0042' }],
  );

export const sessionOf = (given: Given): Session => {
  const [session] = stateOf(given).sessions;
  if (!session) throw new Error('The story has no session');
  return session;
};

export const term = {
  obligorId: chen,
  obligeeId: wang,
  kind: 'REPAIR',
  dueDate: '2022-11-01',
  manner: '修复排水沟',
};
export const payment = { ...term, kind: 'PAYMENT', amountFen: 80_000, manner: '微信转账' };
