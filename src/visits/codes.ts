import { codeList } from '../kernel/codes.js';

export const VisitKind = codeList('VisitKind', 'Where officers go, and why.', {
  HOUSEHOLD: { zh: '入户走访', en: 'A household' },
  VILLAGE: { zh: '走村', en: 'A village' },
  SCENIC_AREA: { zh: '景区', en: 'A scenic area: nothing personal is recorded' },
  SCHOOL: { zh: '学校', en: 'A school' },
  FOLLOW_UP: { zh: '回访', en: 'A return to where something was left to do' },
});

export const VisitStatus = codeList('VisitStatus', 'How far a visit has come.', {
  PLANNED: { zh: '已计划', en: 'Planned' },
  STARTED: { zh: '进行中', en: 'Under way' },
  COMPLETED: { zh: '已完成', en: 'Completed' },
  ABANDONED: { zh: '已中止', en: 'Abandoned' },
});

export const PublicityTopic = codeList('PublicityTopic', 'What publicity is about.', {
  ANTI_FRAUD: { zh: '防电信诈骗', en: 'Telecom fraud' },
  GUNS_EXPLOSIVES: { zh: '缉枪治爆', en: 'Guns and explosives' },
  ILLEGAL_FISHING: { zh: '非法捕捞', en: 'Illegal fishing' },
  HUKOU_GUIDE: { zh: '户籍业务办事指南', en: 'Guide to household registration' },
  OTHER: { zh: '其他', en: 'Something else' },
});

export const VerifiedField = codeList('VerifiedField', 'What of a resident was compared with the register.', {
  NAME: { zh: '姓名', en: 'Name' },
  NUMBER: { zh: '公民身份号码', en: 'Resident number' },
  PHONE: { zh: '电话', en: 'Phone' },
  ADDRESS: { zh: '住址', en: 'Address' },
  HOUSEHOLD: { zh: '户', en: 'Household' },
  VULNERABILITY: { zh: '特殊群体', en: 'Special care' },
});

export const VerificationResult = codeList('VerificationResult', 'What the comparison came to.', {
  MATCH: { zh: '一致', en: 'As registered' },
  MISMATCH: { zh: '不一致', en: 'Other than registered' },
  NOT_FOUND: { zh: '查无此人', en: 'The person was not there' },
});

export const GiftDisposition = codeList('GiftDisposition', 'What became of a gift. Keeping it is not among them.', {
  DECLINED: { zh: '当场谢绝', en: 'Declined' },
  RETURNED: { zh: '退还', en: 'Returned' },
  HANDED_IN: { zh: '上交', en: 'Handed in' },
});

export const AbandonReason = codeList('VisitAbandonReason', 'Why a visit came to nothing or was broken off.', {
  NOBODY_HOME: { zh: '无人在家', en: 'Nobody was there' },
  WEATHER: { zh: '天气原因', en: 'Weather' },
  ROAD: { zh: '道路不通', en: 'Road' },
  CALLED_AWAY: { zh: '另有警情', en: 'Called away' },
  NOT_NEEDED: { zh: '无需走访', en: 'No longer needed' },
  OTHER: { zh: '其他', en: 'Another reason' },
});
