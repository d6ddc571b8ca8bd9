import { z } from 'zod';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { day, field, idOf, kin, line, personal, prose, uuid } from '../kernel/fields.js';
import { must } from '../kernel/must.js';
import { HouseholdRelation, LiftingReason, RestrictionReason, Sex, Vulnerability } from './codes.js';

const vulnerabilities = () => z.array(Vulnerability.schema).max(Vulnerability.values.length);

const name = field(line(80), '姓名', 'Name');
const phone = field(line(40), '电话', 'Mobile number, or landline with its area code');
const address = field(prose(300), '住址', 'Address');
const village = field(line(80), '村（社区）', 'Village or neighbourhood');
const guardianIds = field(z.array(kin(idOf('resident'))).max(4), '监护人', 'Guardians, who are residents too');
const divisionCode = field(
  z.string().regex(/^\d{9}$/, must('应为9位数字', 'must have 9 digits')),
  '乡镇代码',
  'Township of residence',
);

/** What a person types of a resident, before it is checked and sealed. */
export const typed = {
  name,
  number: field(line(40), '公民身份号码', 'Resident number'),
  phone,
  address,
  village,
  divisionCode,
  guardianIds,
  vulnerabilities: field(vulnerabilities(), '特殊群体', 'Why the resident needs special care'),
  birthDate: field(day(), '出生日期', 'Date of birth of someone without a resident number'),
};

/** Last among the personal fields: masking reads it to know a minor, and masks it after the others. */
const birthDate = field(personal(day(), 'TEXT'), '出生日期', 'Date of birth').optional();

const contact = {
  phone: field(personal(phone, 'PHONE'), '电话', 'Phone number').optional(),
  address: field(personal(address, 'ADDRESS'), '住址', 'Address').optional(),
  village: field(personal(village, 'ADDRESS'), '村（社区）', 'Village or neighbourhood').optional(),
  divisionCode: divisionCode.optional(),
};

export const residentEvents = defineEvents('resident', {
  ResidentRegistered: {
    version: 1,
    label: { zh: '居民登记', en: 'Resident registered' },
    citation: 'GB 11643-1999',
    data: z.object({
      orgUnitId: field(idOf('orgunit'), '派出所', 'Station that registered the resident'),
      name: field(personal(name, 'NAME'), '姓名', 'Name'),
      number: field(personal(typed.number, 'NUMBER'), '公民身份号码', 'Resident number').optional(),
      sex: field(personal(Sex.schema, 'TEXT'), '性别', 'Sex, as the number has it').optional(),
      ...contact,
      vulnerabilities: field(personal(vulnerabilities(), 'TEXT'), '特殊群体', 'Why special care is needed').optional(),
      guardianIds: guardianIds.optional(),
      birthDate,
    }),
  },
  ContactUpdated: {
    version: 1,
    label: { zh: '联系信息更新', en: 'Contact updated' },
    data: z.object({ ...contact, birthDate }),
  },
  VulnerabilityUpdated: {
    version: 1,
    label: { zh: '特殊群体标注更新', en: 'Vulnerability updated' },
    data: z.object({
      vulnerabilities: field(personal(vulnerabilities(), 'TEXT'), '特殊群体', 'Why special care is needed; all of it'),
    }),
  },
  GuardiansNamed: {
    version: 1,
    label: { zh: '登记监护人', en: 'Guardians named' },
    citation: 'Civil Code arts. 26–39',
    data: z.object({ guardianIds }),
  },
  HouseholdJoined: {
    version: 1,
    label: { zh: '入户', en: 'Household joined' },
    data: z.object({
      householdId: field(kin(uuid()), '户', 'The household'),
      relation: field(HouseholdRelation.schema, '与户主关系', 'What the resident is to its head'),
    }),
    correctable: ['relation'],
  },
  HouseholdLeft: {
    version: 1,
    label: { zh: '离户', en: 'Household left' },
    data: z.object({ householdId: field(kin(uuid()), '户', 'The household') }),
  },
  ResidentRestricted: {
    version: 1,
    label: { zh: '限制处理', en: 'Processing restricted' },
    citation: 'PIPL art. 47',
    data: z.object({ reason: field(RestrictionReason.schema, '原因', 'Why') }),
  },
  RestrictionLifted: {
    version: 1,
    label: { zh: '解除限制处理', en: 'Restriction lifted' },
    citation: 'PIPL arts. 13, 47',
    data: z.object({ reason: field(LiftingReason.schema, '原因', 'Why') }),
  },
  ResidentMoved: {
    version: 1,
    label: { zh: '居民迁移', en: 'Resident moved to another station' },
    citation: 'Regulations on Household Registration (1958) arts. 10, 13',
    data: z.object({
      fromUnitId: field(idOf('orgunit'), '迁出地派出所', 'Station that was responsible until now'),
      toUnitId: field(idOf('orgunit'), '迁入地派出所', 'Station that is responsible from now on'),
      divisionCode: divisionCode.optional(),
    }),
  },
});

export type ResidentEvent = EventsOf<typeof residentEvents>;
