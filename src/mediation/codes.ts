import { type CodeOf, codeList } from '../kernel/codes.js';

export const MediationTrack = codeList('MediationTrack', 'Under which law a dispute is mediated.', {
  PEOPLES: { zh: '人民调解', en: "People's mediation" },
});
export type MediationTrack = CodeOf<typeof MediationTrack>;

export const PartySide = codeList('PartySide', 'On which side of the dispute a party stands.', {
  A: { zh: '甲方', en: 'Side A' },
  B: { zh: '乙方', en: 'Side B' },
});
export type PartySide = CodeOf<typeof PartySide>;

export const DisputeSource = codeList('DisputeSource', 'How the dispute came to the station.', {
  PARTY_APPLICATION: { zh: '当事人申请', en: 'Application of a party' },
  PROACTIVE: { zh: '主动调解', en: "The committee's own initiative" },
  POLICE_TRANSFER: { zh: '公安移交', en: 'Handed over by the police' },
  COURT_ENTRUST: { zh: '法院委托', en: 'Entrusted by a court' },
  GOV_ASSIGN: { zh: '政府交办', en: 'Assigned by the government' },
  HOTLINE_110: { zh: '110接警', en: 'Call to 110' },
  VISIT_SCREENING: { zh: '走访排查', en: 'Found on a visit' },
});

export const DisputeCategory = codeList('DisputeCategory', 'What the dispute is about.', {
  NEIGHBOUR: { zh: '邻里', en: 'Neighbours' },
  ADJOINING: { zh: '相邻关系', en: 'Adjoining property' },
  LAND: { zh: '土地山林', en: 'Land and forest' },
  HOMESTEAD: { zh: '宅基地', en: 'Homestead' },
  MARRIAGE_FAMILY: { zh: '婚姻家庭', en: 'Marriage and family' },
  SUPPORT: { zh: '赡养抚养', en: 'Support of parents and children' },
  DEBT: { zh: '债务', en: 'Debt' },
  LABOUR: { zh: '劳务', en: 'Labour' },
  CONSUMPTION: { zh: '消费', en: 'Purchase' },
  INJURY: { zh: '损害赔偿', en: 'Damages' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const LegalBasis = codeList('LegalBasis', 'What kind of matter the screening found.', {
  CIVIL: { zh: '民间纠纷', en: 'Civil dispute' },
  MINOR_PSAPL: { zh: '轻微治安违法', en: 'Minor violation of public security' },
  CRIMINAL_SUSPECT: { zh: '涉嫌犯罪', en: 'Suspected crime' },
});

export const ExclusionCode = codeList('ExclusionCode', "Why people's mediation is not open to a dispute.", {
  RESERVED_TO_AUTHORITY: { zh: '依法由专门机关管辖', en: 'Reserved by law to an authority' },
  MEDIATION_FORBIDDEN: { zh: '依法禁止民间调解', en: 'Mediation is forbidden by law' },
  ALREADY_HANDLED: { zh: '法院或行政机关已受理或解决', en: 'A court or an authority has taken it up or settled it' },
  PARTY_UNWILLING: { zh: '一方明确拒绝调解', en: 'A party is clearly unwilling' },
});
export type ExclusionCode = CodeOf<typeof ExclusionCode>;

export const ReferralReason = codeList('ReferralReason', 'Why a dispute was handed to another unit.', {
  JURISDICTION: { zh: '属其管辖', en: 'It is within their jurisdiction' },
  EXPERTISE: { zh: '需专业调解', en: 'It needs their expertise' },
  LITIGATION: { zh: '进入诉讼', en: 'It goes to court' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const ReturnReason = codeList('ReturnReason', 'Why a referred dispute was sent back.', {
  NOT_COMPETENT: { zh: '不属管辖', en: 'Not within their jurisdiction' },
  INCOMPLETE: { zh: '材料不全', en: 'Papers are missing' },
  PARTY_UNWILLING: { zh: '当事人不愿意', en: 'A party is unwilling' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const RecallReason = codeList('RecallReason', 'Why a referral was recalled by who had sent it.', {
  NO_ANSWER: { zh: '对方未答复', en: 'There was no answer' },
  SENT_IN_ERROR: { zh: '移送有误', en: 'It was sent in error' },
  PARTIES_ASKED: { zh: '当事人要求', en: 'The parties asked for it' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const MediatorReplacementReason = codeList(
  'MediatorReplacementReason',
  'Why a mediator was replaced or removed.',
  {
    PARTY_REQUEST: { zh: '当事人要求', en: 'A party asked for it' },
    CONFLICT_OF_INTEREST: { zh: '利害关系回避', en: 'Conflict of interest' },
    MISCONDUCT: { zh: '违规', en: 'Misconduct' },
    UNAVAILABLE: { zh: '不能履职', en: 'Not available' },
  },
);

export const MisconductKind = codeList('MisconductKind', 'What a mediator must not do (PML art. 15).', {
  PARTIALITY: { zh: '偏袒一方', en: 'Partiality' },
  INSULT: { zh: '侮辱当事人', en: 'Insulting a party' },
  TAKING_PROPERTY: { zh: '索取、收受财物', en: 'Asking for or taking property' },
  LEAKING: { zh: '泄露隐私或商业秘密', en: 'Leaking privacy or trade secrets' },
});

export const PartyConsent = codeList('PartyConsent', 'Where a party stands on being mediated.', {
  NONE: { zh: '未表示', en: 'Not given yet' },
  GIVEN: { zh: '同意', en: 'Given' },
  REFUSED: { zh: '拒绝', en: 'Refused' },
  WITHDRAWN: { zh: '撤回', en: 'Withdrawn' },
});
export type PartyConsent = CodeOf<typeof PartyConsent>;

export const ParticipantRole = codeList('ParticipantRole', 'As what someone joins a mediation.', {
  COMMON_RELATIVE: { zh: '共同亲戚', en: 'Relative of both parties' },
  VILLAGE_CADRE: { zh: '村干部', en: 'Village cadre' },
  NEIGHBOUR: { zh: '邻居', en: 'Neighbour' },
  COLLEAGUE: { zh: '同事', en: 'Colleague' },
  EXPERT: { zh: '专业人员', en: 'Expert' },
  SOCIAL_BODY: { zh: '社会组织', en: 'Social body' },
  COURT: { zh: '法庭', en: 'Tribunal' },
  JUSTICE_OFFICE: { zh: '司法所', en: 'Justice office' },
});

export const SessionStatus = codeList('SessionStatus', 'Where a session stands.', {
  SCHEDULED: { zh: '已排期', en: 'Scheduled' },
  OPEN: { zh: '进行中', en: 'Open' },
  ADJOURNED: { zh: '休会', en: 'Adjourned' },
  ENDED: { zh: '已结束', en: 'Ended' },
});
export type SessionStatus = CodeOf<typeof SessionStatus>;

export const SessionOpenness = codeList('SessionOpenness', 'Who may be present at a session.', {
  OPEN: { zh: '公开', en: 'Open' },
  CLOSED: { zh: '不公开', en: 'Closed' },
});
export type SessionOpenness = CodeOf<typeof SessionOpenness>;

export const SessionPlaceType = codeList('SessionPlaceType', 'Where a session is held.', {
  STATION: { zh: '派出所', en: 'Police station' },
  VILLAGE: { zh: '村委会', en: 'Village committee' },
  HOME: { zh: '当事人家中', en: "A party's home" },
  COURT: { zh: '法庭', en: 'Tribunal' },
  FIELD: { zh: '现场', en: 'At the scene' },
});
export type SessionPlaceType = CodeOf<typeof SessionPlaceType>;

export const RescheduleReason = codeList('RescheduleReason', 'Why a session was put off or brought forward.', {
  PARTY_REQUEST: { zh: '当事人要求', en: 'A party asked for it' },
  MEDIATOR_UNAVAILABLE: { zh: '调解员不能到场', en: 'A mediator is not available' },
  WEATHER_ROAD: { zh: '天气或道路', en: 'Weather or road' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const AdjournmentReason = codeList('AdjournmentReason', 'Why a session was adjourned.', {
  COOLING_OFF: { zh: '缓和情绪', en: 'To let tempers cool' },
  EVIDENCE: { zh: '补充证据', en: 'To fetch evidence' },
  PARTY_REQUEST: { zh: '当事人要求', en: 'A party asked for it' },
  LATE: { zh: '时间已晚', en: 'It got late' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const RecordingMode = codeList('RecordingMode', 'What is recorded.', {
  AUDIO_VIDEO: { zh: '录音录像', en: 'Sound and picture' },
  AUDIO: { zh: '录音', en: 'Sound' },
});

export const RecordingReason = codeList('RecordingReason', 'Why a recording paused, went on, stopped or has a gap.', {
  BREAK: { zh: '休息', en: 'Break' },
  BREAK_OVER: { zh: '休息结束', en: 'The break is over' },
  PRIVACY: { zh: '涉及隐私', en: 'Privacy' },
  SESSION_OVER: { zh: '调解结束', en: 'The session is over' },
  BATTERY: { zh: '电量不足', en: 'Battery' },
  STORAGE_FULL: { zh: '存储已满', en: 'Storage full' },
  EQUIPMENT_FAILURE: { zh: '设备故障', en: 'Equipment failure' },
  REPAIRED: { zh: '设备恢复', en: 'The equipment works again' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const EvidenceKind = codeList('EvidenceKind', 'What kind of evidence a party brings.', {
  DOCUMENT: { zh: '书证', en: 'Document' },
  OBJECT: { zh: '物证', en: 'Object' },
  PHOTO: { zh: '照片', en: 'Photo' },
  AUDIO_VIDEO: { zh: '视听资料', en: 'Sound or picture' },
  TESTIMONY: { zh: '证人证言', en: 'Testimony' },
});

export const DisorderKind = codeList('DisorderKind', 'What happened when a session got out of order.', {
  VERBAL: { zh: '争吵', en: 'Quarrel' },
  PHYSICAL: { zh: '肢体冲突', en: 'Blow' },
});

export const ProposalAnswer = codeList('ProposalAnswer', 'What a party says to a proposal.', {
  ACCEPTED: { zh: '接受', en: 'Accepted' },
  REJECTED: { zh: '不接受', en: 'Rejected' },
  COUNTERED: { zh: '另提方案', en: 'Countered' },
});

export const SigningMethod = codeList('SigningMethod', 'How someone signs.', {
  SIGN: { zh: '签名', en: 'Signature' },
  SEAL: { zh: '盖章', en: 'Seal' },
  FINGERPRINT: { zh: '捺指印', en: 'Fingerprint' },
  E_SIGN: { zh: '电子签名', en: 'Electronic signature' },
});

export const TermKind = codeList('TermKind', 'What a term of an agreement asks for.', {
  PAYMENT: { zh: '给付款项', en: 'Payment' },
  APOLOGY: { zh: '赔礼道歉', en: 'Apology' },
  REPAIR: { zh: '修复', en: 'Repair' },
  RETURN: { zh: '返还', en: 'Return' },
  REMOVAL: { zh: '排除妨碍', en: 'Removal of an obstacle' },
  CEASE: { zh: '停止侵害', en: 'To stop doing something' },
  BOUNDARY: { zh: '划定界线', en: 'A boundary' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const AgreementForm = codeList('AgreementForm', 'In which form an agreement was reached.', {
  ORAL: { zh: '口头', en: 'Oral' },
  WRITTEN: { zh: '书面', en: 'Written' },
});

export const ObligationStatus = codeList('ObligationStatus', 'How far an obligation is performed.', {
  OUTSTANDING: { zh: '未履行', en: 'Outstanding' },
  PARTLY_PERFORMED: { zh: '部分履行', en: 'Partly performed' },
  PERFORMED: { zh: '已履行', en: 'Performed' },
  BREACHED: { zh: '违约', en: 'Breached' },
});
export type ObligationStatus = CodeOf<typeof ObligationStatus>;

export const TerminationReason = codeList('TerminationReason', 'Why a mediation ended without an agreement.', {
  REFUSED: { zh: '一方拒绝', en: 'A party refused' },
  WITHDRAWN: { zh: '一方撤回同意', en: 'A party withdrew its consent' },
  NO_AGREEMENT: { zh: '未达成协议', en: 'No agreement' },
  NEW_VIOLATION: { zh: '调解中再次违法', en: 'A new violation during mediation' },
  EXPIRED: { zh: '期限届满', en: 'The period is over' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const RemedyRoute = codeList('RemedyRoute', 'A way to one’s right that is open after mediation failed.', {
  ARBITRATION: { zh: '仲裁', en: 'Arbitration' },
  ADMINISTRATIVE: { zh: '行政途径', en: 'Administrative' },
  JUDICIAL: { zh: '司法途径', en: 'Judicial' },
});

export const FollowUpPerformance = codeList('FollowUpPerformance', 'What a follow-up visit found performed.', {
  PERFORMED: { zh: '已履行', en: 'All of it' },
  PARTLY: { zh: '部分履行', en: 'Part of it' },
  NOT_PERFORMED: { zh: '未履行', en: 'Nothing' },
});

export const DisputeOutcome = codeList('DisputeOutcome', 'How a case ended.', {
  SETTLED: { zh: '调解成功', en: 'Settled and performed' },
  FAILED: { zh: '调解不成', en: 'Mediation failed' },
  EXCLUDED: { zh: '不适用调解', en: 'Not open to mediation' },
  REFERRED: { zh: '已移送', en: 'Taken over by another unit' },
  LITIGATION_ADVISED: { zh: '引导诉讼', en: 'Advised to go to court' },
});
export type DisputeOutcome = CodeOf<typeof DisputeOutcome>;

export const FileDocument = codeList('FileDocument', 'A document that a case file must hold.', {
  APPLICATION: { zh: '申请或受理登记表', en: 'Application or acceptance form' },
  RIGHTS_NOTICE: { zh: '权利义务告知书', en: 'Notice of rights and duties' },
  ID_PROOF: { zh: '身份证明', en: 'Proof of identity' },
  MEDIATION_RECORD: { zh: '调解记录', en: 'Mediation record' },
  AGREEMENT: { zh: '调解协议书或口头协议登记表', en: 'Agreement, or register of the oral one' },
});
export type FileDocument = CodeOf<typeof FileDocument>;

export const WaiverReason = codeList('WaiverReason', 'Why a document may be missing in a case file.', {
  NOT_APPLICABLE: { zh: '不适用', en: 'It does not apply' },
  PARTY_REFUSED: { zh: '当事人拒绝提供', en: 'A party refused it' },
  LOST: { zh: '遗失', en: 'Lost' },
});

export const ReopeningReason = codeList('ReopeningReason', 'Why a closed case was taken up again.', {
  NEW_FACTS: { zh: '新情况', en: 'New facts' },
  DISPUTE_RECURRED: { zh: '纠纷反复', en: 'The dispute flared up again' },
  PARTY_REQUEST: { zh: '当事人申请', en: 'A party asked for it' },
  CLOSED_IN_ERROR: { zh: '误结', en: 'Closed by mistake' },
});

export const DisputeStatus = codeList('DisputeStatus', 'Where a case stands.', {
  NONE: { zh: '未登记', en: 'Nothing recorded' },
  REPORTED: { zh: '已登记', en: 'Reported' },
  SCREENED: { zh: '已研判', en: 'Screened' },
  EXCLUDED: { zh: '不适用调解', en: 'Excluded' },
  REFERRED: { zh: '已移送', en: 'Referred' },
  ACCEPTED: { zh: '已受理', en: 'Accepted' },
  CONSENT_PENDING: { zh: '待同意', en: 'Consent pending' },
  READY: { zh: '待调解', en: 'Ready' },
  IN_MEDIATION: { zh: '调解中', en: 'In mediation' },
  AGREED: { zh: '已达成协议', en: 'Agreed' },
  PERFORMING: { zh: '履行中', en: 'Being performed' },
  PERFORMED: { zh: '已履行', en: 'Performed' },
  FOLLOWUP_DUE: { zh: '待回访', en: 'Follow-up due' },
  TERMINATED: { zh: '已终止', en: 'Terminated' },
  BREACHED: { zh: '违约', en: 'Breached' },
  CLOSED: { zh: '已结案', en: 'Closed' },
  ARCHIVED: { zh: '已归档', en: 'Archived' },
});
export type DisputeStatus = CodeOf<typeof DisputeStatus>;

export const EvidentiaryStatus = codeList('EvidentiaryStatus', 'Whether the record of the sessions can carry proof.', {
  OK: { zh: '完整', en: 'Whole' },
  COMPROMISED: { zh: '有瑕疵', en: 'Compromised' },
});
export type EvidentiaryStatus = CodeOf<typeof EvidentiaryStatus>;
