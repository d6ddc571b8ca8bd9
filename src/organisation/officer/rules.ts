import { IDENTITY_TAKEN, UNIT_UNKNOWN } from '../../commands/registerRules.js';
import type { RuleSet } from '../../kernel/ruleSet.js';

const rules = {
  UNIT_UNKNOWN,
  OWN_POST: {
    mode: 'REFUSE',
    citation: 'Nobody gives a post to themselves, or ends their own',
    message: {
      zh: '不能调整本人任职，请由其他管理员办理',
      en: 'Nobody changes their own post: another administrator does',
    },
  },
  NO_POST_IN_FORCE: {
    mode: 'REFUSE',
    citation: 'One post at a time',
    message: { zh: '该人员现无任职', en: 'The officer has left already: no post is in force' },
  },
  POST_NOT_BEGUN: {
    mode: 'REFUSE',
    citation: 'One post at a time',
    message: {
      zh: '离任日期早于现任职日期，请核对发生时间',
      en: 'The post in force began on a later day: check when it ended',
    },
  },
  BACKPACK_NOT_RETURNED: {
    mode: 'DEVIATE',
    citation: 'Roll-out of June 2021: a backpack belongs to the station',
    message: { zh: '离任时未交回警务背包', en: 'Left without handing the backpack back' },
  },
  WORK_NOT_HANDED_OVER: {
    mode: 'DEVIATE',
    citation: 'Each unit answers for its own work',
    message: { zh: '离任时尚有在办事项未移交', en: 'Left with work in hand that nobody has taken over' },
  },
  MEDIATOR_BY_APPOINTMENT: {
    mode: 'REFUSE',
    citation: 'People’s Mediation Law arts. 13–14',
    message: {
      zh: '调解员须聘任，不能登记为人员岗位，请办理聘任调解员',
      en: 'A mediator is appointed and holds no post: appoint the person as a mediator, an officer by id',
    },
  },
  ROLE_RESERVED: {
    mode: 'REFUSE',
    citation: 'Roles of the register',
    message: { zh: '该岗位不能授予人员', en: 'This role is not for a person' },
  },
  ROLE_UNFIT: {
    mode: 'REFUSE',
    citation: 'Roles of the register: each belongs to units of a kind',
    message: {
      zh: '该岗位与单位级别不符：局长、审计员属县局，所长属派出所，审判岗位属法庭，司法助理属司法所',
      en:
        'The role is not one of this kind of unit: COUNTY_CHIEF and AUDITOR are of the county, STATION_CHIEF is of a ' +
        'station, COURT of a tribunal, JUSTICE_OFFICE of a justice office, OFFICER and AUXILIARY of a station or the county',
    },
  },
  IDENTITY_TAKEN,
  BACKPACK_ALREADY_HELD: {
    mode: 'REFUSE',
    citation: 'Roll-out of June 2021: one backpack an officer',
    message: { zh: '该民警已配有一个警务背包', en: 'The officer holds a backpack already' },
  },
  BACKPACK_HELD_BY_ANOTHER: {
    mode: 'REFUSE',
    citation: 'One holder of a backpack at a time',
    message: { zh: '该背包由他人持有', en: 'Someone else holds this backpack' },
  },
  BACKPACK_NOT_HELD: {
    mode: 'REFUSE',
    citation: 'One holder of a backpack at a time',
    message: { zh: '该民警未持有此背包', en: 'The officer does not hold this backpack' },
  },
  NOT_AT_A_STATION: {
    mode: 'REFUSE',
    citation: 'Backpacks are for officers who go to the villages',
    message: { zh: '警务背包只配发给民警', en: 'Backpacks are issued to officers of a station' },
  },
} as const satisfies RuleSet['rules'];

export type OfficerRule = keyof typeof rules;

export const officerRuleSets: readonly [RuleSet<OfficerRule>] = [
  { id: 'SATCHEL-ORG-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PIPL-13-3', rules },
];
