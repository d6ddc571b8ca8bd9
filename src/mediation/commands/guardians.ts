import type { Lookup } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { ADULT_AGE, ageOn } from '../../kernel/residentNumber.js';
import { unless } from '../../kernel/ruleSet.js';
import { consentEvents } from '../events/consent.js';
import { findParty } from '../parties.js';
import type { Dispute } from '../state.js';
import {
  type Breaches,
  birthDates,
  command,
  IN_SESSION,
  MEDIATION,
  party,
  told,
  underMediation,
  unendedSession,
} from './command.js';
import { inTurn, someParty, someSession } from './guards.js';
import { inputOf } from './input.js';
import { type Births, minorsAmong } from './minors.js';

const { partyId, guardianName, guardianId, sessionId } = inputOf(consentEvents.GuardianAttended.data);
const { selfSupporting } = inputOf(consentEvents.GuardianWaived.data);

/** Age from which a minor who lives on own earnings has full capacity (Civil Code art. 18). */
const WORKING_AGE = 16;

/** Whether this is a party, and a minor as far as the case knows. */
const minor = (state: Dispute, id: string): Breaches => {
  const unknown = party(state, id, 'partyId');
  return unknown.length > 0 ? unknown : unless(state.minorIds.includes(id), 'NOT_A_MINOR', 'partyId');
};

interface NamedGuardian {
  readonly partyId: string;
  readonly guardianId?: string | undefined;
}

const ofSomeMinor = inTurn(underMediation, someParty(minor));

const guardianFacts = ({ guardianId }: NamedGuardian, _state: Dispute, lookup: Lookup): Promise<Births> =>
  birthDates(lookup, guardianId === undefined ? [] : [guardianId]);

/** Nobody speaks for a minor against whom the minor has a dispute. */
const isOpponent = (state: Dispute, partyId: string, guardianId: string): boolean => {
  const opponent = findParty(state, guardianId);
  return opponent !== undefined && opponent.side !== findParty(state, partyId)?.side;
};

/** A guardian who is named by id is a resident, grown up, another person, and not of the other side. */
const guardianBreaches = (
  state: Dispute,
  { partyId, guardianId }: NamedGuardian,
  births: Births,
  today: string,
): Breaches => {
  if (guardianId === undefined) return [];
  if (!births.has(guardianId)) return unless(false, 'RESIDENT_UNKNOWN', 'guardianId');
  const fit = guardianId !== partyId && !minorsAmong(births, today).includes(guardianId);
  return [
    ...unless(fit, 'GUARDIAN_UNFIT', 'guardianId'),
    ...unless(!isOpponent(state, partyId, guardianId), 'GUARDIAN_IS_OPPONENT', 'guardianId'),
  ];
};

export const notifyGuardian = command({
  name: 'notifyGuardian',
  label: { zh: '通知监护人', en: 'Notify the guardian' },
  description: 'Records that the guardian of a minor was told of the mediation.',
  citation: consentEvents.GuardianNotified.citation,
  roles: IN_SESSION,
  input: { partyId, guardianName, guardianId },
  guard: ofSomeMinor,
  facts: guardianFacts,
  decide: (state, input, { facts, today }) =>
    decision([...minor(state, input.partyId), ...guardianBreaches(state, input, facts, today)], () => [
      { type: 'GuardianNotified', data: { ...told(input), notifiedOn: today } },
    ]),
});

export const recordGuardianAttendance = command({
  name: 'recordGuardianAttendance',
  label: { zh: '监护人到场', en: 'Record the guardian’s attendance' },
  description: 'Records that the guardian of a minor is present for a session: before that, it cannot open.',
  citation: consentEvents.GuardianAttended.citation,
  roles: IN_SESSION,
  input: { partyId, guardianName, guardianId, sessionId },
  guard: inTurn(ofSomeMinor, someSession(unendedSession)),
  facts: guardianFacts,
  decide: (state, input, { facts, today }) =>
    decision(
      [
        ...minor(state, input.partyId),
        ...unendedSession(state, input.sessionId),
        ...guardianBreaches(state, input, facts, today),
      ],
      () => [{ type: 'GuardianAttended', data: told(input) }],
    ),
});

export const waiveGuardian = command({
  name: 'waiveGuardian',
  label: { zh: '免予监护人到场', en: 'Waive the guardian' },
  description: 'Lets a self-supporting minor of 16 or more do without the guardian.',
  citation: consentEvents.GuardianWaived.citation,
  roles: MEDIATION,
  input: { partyId, selfSupporting },
  guard: ofSomeMinor,
  facts: (input, _state, lookup) => birthDates(lookup, [input.partyId]),
  decide: (state, input, { facts, today }) => {
    const birthDate = facts.get(input.partyId);
    const age = birthDate === undefined ? undefined : ageOn(birthDate, today);
    const allowed = input.selfSupporting && age !== undefined && age >= WORKING_AGE && age < ADULT_AGE;
    return decision(
      [...minor(state, input.partyId), ...unless(allowed, 'GUARDIAN_WAIVER_NOT_ALLOWED', 'partyId')],
      () => [{ type: 'GuardianWaived', data: { partyId: input.partyId, selfSupporting: input.selfSupporting } }],
    );
  },
});

export const guardianCommands = [notifyGuardian, recordGuardianAttendance, waiveGuardian];
