import { z } from 'zod';
import { Role } from '../../access/roles.js';
import { codeList } from '../../kernel/codes.js';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { day, field, idOf, line, personal } from '../../kernel/fields.js';

const BackpackReturnReason = codeList('BackpackReturnReason', 'Why a backpack was handed back.', {
  TRANSFER: { zh: '调离', en: 'Transferred' },
  RETIREMENT: { zh: '退休', en: 'Retired' },
  REPLACEMENT: { zh: '更换', en: 'To be replaced' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const PostEndReason = codeList('PostEndReason', 'Why someone left a post with none to follow it.', {
  TRANSFER: { zh: '调离', en: 'Transferred to where Satchel is not in use' },
  RETIREMENT: { zh: '退休', en: 'Retired' },
  RESIGNATION: { zh: '辞职', en: 'Resigned' },
  DISMISSAL: { zh: '辞退、开除', en: 'Dismissed' },
  DEATH: { zh: '去世', en: 'Died' },
  OTHER: { zh: '其他', en: 'Other' },
});

/** Issuer of tokens that Satchel signs itself; the subject is then the id of the person. */
export const LOCAL_ISSUER = 'satchel:local';

export const identitySchema = z.object({
  issuer: field(line(200), '签发方', 'Who vouches for the person: `satchel:local`, or an OIDC issuer'),
  subject: field(line(200), '主体', 'What the issuer calls the person'),
});

export const officerEvents = defineEvents('officer', {
  OfficerRegistered: {
    version: 1,
    label: { zh: '人员登记', en: 'Officer registered' },
    data: z.object({
      name: field(personal(line(80), 'OFFICIAL'), '姓名', 'Name'),
      badgeNumber: field(line(40), '警号', 'Badge number').optional(),
      identity: field(identitySchema, '登录身份', 'Whom a token of this person names'),
    }),
  },
  OfficerAssignedToUnit: {
    version: 1,
    label: { zh: '任职', en: 'Officer assigned to a unit' },
    data: z.object({
      orgUnitId: field(idOf('orgunit'), '单位', 'Unit of the post'),
      role: field(Role.schema, '岗位', 'Role of the post'),
      post: field(line(80), '职务', 'What the post is called'),
      from: field(day(), '任职日期', 'Legal day from which it counts'),
    }),
  },
  OfficerPostEnded: {
    version: 1,
    label: { zh: '离任', en: 'Post of an officer ended' },
    data: z.object({
      orgUnitId: field(idOf('orgunit'), '单位', 'Unit of the post that ends'),
      role: field(Role.schema, '岗位', 'Role of the post that ends'),
      from: field(day(), '任职日期', 'Legal day from which that post counted'),
      reason: field(PostEndReason.schema, '原因', 'Why it ends'),
      endedOn: field(day(), '离任日期', 'Legal day on which it ends'),
    }),
  },
  BackpackIssued: {
    version: 1,
    label: { zh: '配发警务背包', en: 'Backpack issued' },
    data: z.object({
      backpackId: field(idOf('backpack'), '背包', 'The backpack'),
      serial: field(line(40), '编号', 'Serial number on it'),
      orgUnitId: field(idOf('orgunit'), '单位', 'Unit of the officer at the time'),
      issuedOn: field(day(), '配发日期', 'Legal day of issue'),
    }),
  },
  BackpackReturned: {
    version: 1,
    label: { zh: '交回警务背包', en: 'Backpack returned' },
    data: z.object({
      backpackId: field(idOf('backpack'), '背包', 'The backpack'),
      reason: field(BackpackReturnReason.schema, '原因', 'Why it was handed back'),
      issuedOn: field(day(), '配发日期', 'Legal day of the issue that ends'),
      returnedOn: field(day(), '交回日期', 'Legal day of return'),
    }),
  },
});

export type OfficerEvent = EventsOf<typeof officerEvents>;
