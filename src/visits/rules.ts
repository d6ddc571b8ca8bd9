import { DIVISION_UNKNOWN, PROCESSING_RESTRICTED, RESIDENT_UNKNOWN } from '../commands/registerRules.js';
import { PLANNED_IN_THE_PAST, TOO_FAR_AHEAD } from '../kernel/plannedDays.js';
import type { RuleSet } from '../kernel/ruleSet.js';

const AUXILIARIES =
  'State Council Office Opinions on police auxiliaries (国办发〔2016〕15号): they act under an officer';
const POLICE_LAW = 'Police Law art. 22(9)';
const ORDER = 'Order of a visit';

const rules = {
  OFFICER_UNKNOWN: {
    mode: 'REFUSE',
    citation: 'Register of officers',
    message: { zh: '人员未登记', en: 'Someone on the visit is not registered' },
  },
  CREW_TWICE: {
    mode: 'REFUSE',
    citation: 'The record of the visit',
    message: { zh: '同一人不能重复列为走访人员', en: 'Everyone goes on a visit once: name each person once' },
  },
  OFFICER_REQUIRED: {
    mode: 'REFUSE',
    citation: AUXILIARIES,
    message: { zh: '走访须由民警带队', en: 'No visit is planned without an officer' },
  },
  CREW_HAD_LEFT: {
    mode: 'DEVIATE',
    citation: 'Register of officers',
    message: { zh: '走访人员中有人此前已离任', en: 'Someone on the visit had left the service before' },
  },
  AUXILIARY_ALONE: {
    mode: 'DEVIATE',
    citation: AUXILIARIES,
    message: { zh: '辅警单独走访', en: 'Auxiliaries went without an officer' },
  },
  BACKPACK_NOT_THEIRS: {
    mode: 'DEVIATE',
    citation: 'Roll-out of June 2021: one backpack an officer',
    message: { zh: '警务背包不由走访民警持有', en: 'The backpack is held by nobody on the visit' },
  },
  DIVISION_UNKNOWN,
  TOO_FAR_AHEAD,
  PLANNED_IN_THE_PAST,
  VILLAGE_ELSEWHERE: {
    mode: 'REFUSE',
    citation: 'National Bureau of Statistics, divisions 2024',
    message: { zh: '村（社区）不在该乡镇', en: 'The village does not lie in the township' },
  },
  PERSONAL_DATA_ON_SCENIC_VISIT: {
    mode: 'REFUSE',
    citation: 'PIPL art. 6',
    message: { zh: '景区宣传不记录个人信息', en: 'Nothing personal is recorded in a scenic area' },
  },
  RESIDENT_UNKNOWN,
  PROCESSING_RESTRICTED,
  VISIT_NOT_STARTED: {
    mode: 'REFUSE',
    citation: ORDER,
    message: { zh: '走访尚未开始', en: 'The visit has not started' },
  },
  VISIT_ALREADY_STARTED: {
    mode: 'REFUSE',
    citation: ORDER,
    message: { zh: '走访已经开始', en: 'The visit has started already' },
  },
  VISIT_ALREADY_ENDED: {
    mode: 'REFUSE',
    citation: ORDER,
    message: { zh: '走访已经结束', en: 'The visit has ended already' },
  },
  RECORDED_AFTER_END: {
    mode: 'DEVIATE',
    citation: ORDER,
    message: { zh: '走访结束后补记', en: 'Recorded after the visit had ended' },
  },
  GIFT_ID_TAKEN: {
    mode: 'REFUSE',
    citation: POLICE_LAW,
    message: { zh: '该礼品编号已使用', en: 'Another gift of the visit has this id' },
  },
  GIFT_UNKNOWN: {
    mode: 'REFUSE',
    citation: POLICE_LAW,
    message: { zh: '没有此礼品', en: 'No such gift was offered on the visit' },
  },
  GIFT_ALREADY_DISPOSED: {
    mode: 'REFUSE',
    citation: POLICE_LAW,
    message: { zh: '该礼品已处置', en: 'What became of the gift is recorded already' },
  },
  GIFT_UNDISPOSED: {
    mode: 'REFUSE',
    citation: POLICE_LAW,
    message: {
      zh: '尚有礼品未处置，须先谢绝、退还或上交',
      en: 'A gift has to be declined, returned or handed in before the visit ends',
    },
  },
} as const satisfies RuleSet['rules'];

export type VisitRule = keyof typeof rules;

export const visitRuleSets: readonly [RuleSet<VisitRule>] = [
  { id: 'SATCHEL-VISIT-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PIPL-13-3', rules },
];
