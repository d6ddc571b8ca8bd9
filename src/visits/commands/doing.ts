import { STATION_ROLES } from '../../access/roles.js';
import { residentBreaches } from '../../commands/registerRules.js';
import { decision } from '../../kernel/decider.js';
import { hasStarted, inTime, notScenic, textBreaches } from '../checks.js';
import { typed, visitEvents } from '../events.js';
import { command } from './command.js';

const note = visitEvents.VisitNoteRecorded.data.shape;
const material = visitEvents.MaterialDistributed.data.shape;
const briefing = visitEvents.BriefingHeld.data.shape;
const verification = visitEvents.ResidentInfoVerified.data.shape;

export const recordNote = command({
  name: 'recordNote',
  label: { zh: '走访记录', en: 'Record a note' },
  description: 'Writes down what was seen and heard; sealed, with the key of the resident whom it is about.',
  roles: STATION_ROLES,
  input: { text: typed.text, subjectId: note.subjectId },
  guard: hasStarted,
  facts: async (input, _state, lookup) =>
    input.subjectId === undefined ? undefined : lookup.resident(input.subjectId),
  decide: (state, input, { facts: subject }) =>
    decision(
      [
        ...(input.subjectId === undefined ? [] : notScenic(state, 'subjectId')),
        ...textBreaches(state, input.text, 'text'),
        ...(input.subjectId === undefined ? [] : residentBreaches(subject, 'subjectId')),
        ...inTime(state),
      ],
      () => [{ type: 'VisitNoteRecorded', data: { subjectId: input.subjectId, text: input.text } }],
    ),
});

export const distributeMaterial = command({
  name: 'distributeMaterial',
  label: { zh: '发放宣传资料', en: 'Distribute material' },
  description: 'Records publicity material that was handed out, in copies (份).',
  roles: STATION_ROLES,
  input: { topic: material.topic, quantity: material.quantity, audience: material.audience },
  guard: hasStarted,
  decide: (state, { topic, quantity, audience }) =>
    decision(inTime(state), () => [{ type: 'MaterialDistributed', data: { topic, quantity, audience } }]),
});

export const giveHukouCover = command({
  name: 'giveHukouCover',
  label: { zh: '发放户口簿封皮', en: 'Give hukou covers' },
  description: 'Records covers of household-registration books that were given (个); they are free.',
  roles: STATION_ROLES,
  input: { quantity: visitEvents.HukouCoverGiven.data.shape.quantity },
  guard: hasStarted,
  decide: (state, { quantity }) =>
    decision(inTime(state), () => [{ type: 'HukouCoverGiven', data: { quantity, feeFen: 0 } }]),
});

export const giveContactCard = command({
  name: 'giveContactCard',
  label: { zh: '发放警民联系卡', en: 'Give contact cards' },
  description: 'Records contact cards that were given (张).',
  roles: STATION_ROLES,
  input: { quantity: visitEvents.ContactCardGiven.data.shape.quantity },
  guard: hasStarted,
  decide: (state, { quantity }) => decision(inTime(state), () => [{ type: 'ContactCardGiven', data: { quantity } }]),
});

export const holdBriefing = command({
  name: 'holdBriefing',
  label: { zh: '防范宣讲', en: 'Hold a briefing' },
  description: 'Records a talk on prevention: to how many people, and for how long.',
  roles: STATION_ROLES,
  input: { topic: briefing.topic, audienceCount: briefing.audienceCount, durationMin: briefing.durationMin },
  guard: hasStarted,
  decide: (state, { topic, audienceCount, durationMin }) =>
    decision(inTime(state), () => [{ type: 'BriefingHeld', data: { topic, audienceCount, durationMin } }]),
});

export const verifyResidentInfo = command({
  name: 'verifyResidentInfo',
  label: { zh: '信息核查', en: 'Verify resident information' },
  description: 'Records that information of a resident was compared with the register.',
  citation: 'Resident information collection form (居民信息采集表)',
  roles: STATION_ROLES,
  input: {
    subjectId: verification.subjectId,
    fieldsVerified: verification.fieldsVerified,
    result: verification.result,
  },
  guard: state => [...hasStarted(state), ...notScenic(state)],
  facts: (input, _state, lookup) => lookup.resident(input.subjectId),
  decide: (state, { subjectId, fieldsVerified, result }, { facts: subject }) =>
    decision([...residentBreaches(subject, 'subjectId'), ...inTime(state)], () => [
      { type: 'ResidentInfoVerified', data: { subjectId, fieldsVerified, result } },
    ]),
});
