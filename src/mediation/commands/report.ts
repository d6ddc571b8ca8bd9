import { z } from 'zod';
import { STATION_ROLES } from '../../access/roles.js';
import { visitBreaches } from '../../commands/visitRules.js';
import { decision } from '../../kernel/decider.js';
import { findDivision } from '../../kernel/divisions.js';
import { field } from '../../kernel/fields.js';
import { findPersonalPatterns } from '../../kernel/personalText.js';
import { unless } from '../../kernel/ruleSet.js';
import { PartySide } from '../codes.js';
import { caseEvents } from '../events/case.js';
import { findParty } from '../parties.js';
import { type Breaches, birthDates, command, IN_SESSION, onlyIn, told } from './command.js';
import { inputOf } from './input.js';
import { minorsAmong } from './minors.js';

const reported = inputOf(caseEvents.DisputeReported.data);
const { orgUnitId, source, category, title, parties, divisionCode, village, summary, occurredOn, visitId } = reported;

type PartyInput = z.infer<typeof parties>;

const everySideTaken = (given: PartyInput, unknownSides: readonly string[]): boolean =>
  PartySide.values.every(side => unknownSides.includes(side) || given.some(party => party.side === side));

/** Nobody is known yet on a side that is said to be unknown. */
const unknownIndeed = (given: PartyInput, unknownSides: readonly PartySide[]): Breaches =>
  unknownSides.flatMap((side, index) =>
    unless(!given.some(party => party.side === side), 'SIDE_KNOWN', 'unknownSides', String(index)),
  );

const knownAndOnce = (given: PartyInput, births: ReadonlyMap<string, unknown>): Breaches =>
  given.flatMap(({ subjectId }, index) => [
    ...unless(births.has(subjectId), 'PARTY_UNKNOWN', 'parties', String(index), 'subjectId'),
    ...unless(
      given.findIndex(other => other.subjectId === subjectId) === index,
      'PARTY_TWICE',
      'parties',
      String(index),
      'subjectId',
    ),
  ]);

export const reportDispute = command({
  name: 'reportDispute',
  label: { zh: '登记纠纷', en: 'Report a dispute' },
  description: 'Registers a dispute with its parties and its place; a side may still be unknown.',
  citation: caseEvents.DisputeReported.citation,
  creates: true,
  roles: STATION_ROLES,
  input: {
    orgUnitId: field(orgUnitId, '登记单位', 'Station that it belongs to; your own, if left out').optional(),
    source,
    category,
    title,
    parties,
    unknownSides: field(z.array(PartySide.schema).max(2), '未知一方', 'Sides on which nobody is known yet').default([]),
    divisionCode,
    village,
    summary,
    occurredOn,
    visitId,
  },
  facts: async (input, _state, lookup) => ({
    births: await birthDates(
      lookup,
      input.parties.map(({ subjectId }) => subjectId),
    ),
    unit: input.orgUnitId === undefined || (await lookup.orgUnit(input.orgUnitId)) !== undefined,
    visit: input.visitId === undefined ? undefined : await lookup.visit(input.visitId),
  }),
  decide: (_state, input, { facts, actor: { actorId, orgUnitId: ownUnit }, today }) => {
    const unit = input.orgUnitId ?? ownUnit;
    return decision(
      [
        ...knownAndOnce(input.parties, facts.births),
        ...unless(everySideTaken(input.parties, input.unknownSides), 'PARTIES_REQUIRED', 'parties'),
        ...unknownIndeed(input.parties, input.unknownSides),
        ...unless(findDivision(input.divisionCode)?.level === 'TOWNSHIP', 'DIVISION_UNKNOWN', 'divisionCode'),
        ...unless(findPersonalPatterns(input.title).length === 0, 'PERSONAL_DATA_IN_TITLE', 'title'),
        ...unless(facts.unit, 'UNIT_UNKNOWN', 'orgUnitId'),
        ...visitBreaches({ field: 'visitId', id: input.visitId, visit: facts.visit, orgUnitId: unit, actorId }),
        ...unless(input.occurredOn === undefined || input.occurredOn <= today, 'DATE_IN_FUTURE', 'occurredOn'),
      ],
      () => [
        {
          type: 'DisputeReported',
          data: {
            ...told(input),
            orgUnitId: unit,
            minorIds: minorsAmong(facts.births, today),
          },
        },
      ],
    );
  },
});

const identified = inputOf(caseEvents.PartyIdentified.data);

export const identifyParty = command({
  name: 'identifyParty',
  label: { zh: '查明当事人', en: 'Identify a party' },
  description: 'Adds a party who was not known, or not known to be one, when the dispute was reported.',
  roles: IN_SESSION,
  input: { partyId: identified.partyId, side: identified.side },
  conflictsWith: ['ConsentGiven', 'MediationTerminated', 'DisputeClosed'],
  guard: onlyIn(['REPORTED', 'SCREENED', 'ACCEPTED', 'CONSENT_PENDING'], 'PARTIES_SETTLED'),
  facts: (input, _state, lookup) => birthDates(lookup, [input.partyId]),
  decide: (state, input, { facts, today }) =>
    decision(
      [
        ...unless(facts.has(input.partyId), 'PARTY_UNKNOWN', 'partyId'),
        ...unless(findParty(state, input.partyId) === undefined, 'PARTY_TWICE', 'partyId'),
      ],
      () => [{ type: 'PartyIdentified', data: { ...told(input), minorIds: minorsAmong(facts, today) } }],
    ),
});

export const reportCommands = [reportDispute, identifyParty];
