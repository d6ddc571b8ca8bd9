import { type CodeOf, codeList } from '../kernel/codes.js';

export const CertificateStatus = codeList('CertificateStatus', 'How far a certificate has come.', {
  APPLIED_AT_DOOR: { zh: '上门受理', en: 'Applied for at the door' },
  SUBMITTED: { zh: '已上报', en: 'Submitted' },
  SUPPLEMENT_REQUIRED: { zh: '待补正', en: 'To be supplemented' },
  ACCEPTED: { zh: '已受理', en: 'Accepted' },
  REJECTED: { zh: '不予受理', en: 'Rejected' },
  PRODUCED: { zh: '已制证', en: 'Produced' },
  AT_STATION: { zh: '在所待送', en: 'At the station' },
  LOADED_IN_BACKPACK: { zh: '已装包', en: 'In a backpack' },
  DELIVERING: { zh: '送证中', en: 'Being delivered' },
  DELIVERY_FAILED: { zh: '未送达', en: 'Delivery failed' },
  DELIVERED: { zh: '已签收', en: 'Handed over' },
  CANCELLED: { zh: '已取消', en: 'Cancelled' },
});
export type CertificateStatus = CodeOf<typeof CertificateStatus>;

export const CertificateType = codeList('CertificateType', 'Which certificate it is.', {
  ID_CARD: { zh: '居民身份证', en: 'Resident identity card' },
  HUKOU_BOOK: { zh: '户口簿', en: 'Household register book' },
  RESIDENCE_PERMIT: { zh: '居住证', en: 'Residence permit' },
  TEMP_ID: { zh: '临时居民身份证', en: 'Temporary identity card' },
});
export type CertificateType = CodeOf<typeof CertificateType>;

export const ApplicationReason = codeList(
  'ApplicationReason',
  'Why a certificate is applied for: as the applicant says, never worked out from an age.',
  {
    EXPIRED: { zh: '有效期满', en: 'Expired' },
    LOST: { zh: '遗失', en: 'Lost' },
    DAMAGED: { zh: '损坏', en: 'Damaged' },
    RENAME: { zh: '姓名变更', en: 'Name changed' },
    ERROR: { zh: '登记有误', en: 'Wrong entries' },
    FIRST: { zh: '首次申领', en: 'First application' },
    FIRST_GEN_VOID: { zh: '第一代证停用', en: 'First-generation card, void since 2013' },
    UNKNOWN: { zh: '原因不详', en: 'Not known' },
  },
);
export type ApplicationReason = CodeOf<typeof ApplicationReason>;

export const PhotoBackground = codeList('PhotoBackground', 'What stands behind the face on a photo.', {
  WHITE: { zh: '白色', en: 'White' },
  OTHER: { zh: '其他', en: 'Something else' },
});

export const PhotoFault = codeList('PhotoFault', 'Why a photo will not do (GA 461-2004).', {
  BLURRED: { zh: '模糊', en: 'Blurred' },
  BADLY_LIT: { zh: '光线不均', en: 'Badly lit' },
  FACE_COVERED: { zh: '面部遮挡', en: 'Face covered' },
  EYES_CLOSED: { zh: '闭眼', en: 'Eyes closed' },
  CLOTHING: { zh: '着制服或白色上衣', en: 'Uniform or white top' },
  BACKGROUND: { zh: '背景不纯', en: 'Background not pure' },
});

export const FingerprintExemption = codeList('FingerprintExemption', 'Why no fingerprint can be taken.', {
  FINGERS_MISSING: { zh: '手指残缺', en: 'Fingers missing' },
  PRINTS_WORN: { zh: '指纹磨损无法采集', en: 'Prints too worn to be taken' },
  UNABLE: { zh: '因病无法配合', en: 'Unable for illness' },
});

export const SpecialPiBasis = codeList('SpecialPiBasis', 'On what sensitive data are taken.', {
  STATUTORY_NOTICE: { zh: '法定告知', en: 'Notice of a statutory duty' },
  SEPARATE_CONSENT: { zh: '单独同意', en: 'Separate consent' },
});

export const SupplementReason = codeList('SupplementReason', 'What an application lacks.', {
  PHOTO: { zh: '照片不合格', en: 'A photo that will do' },
  FINGERPRINT: { zh: '指纹不合格', en: 'Fingerprints that will do' },
  HUKOU_BOOK: { zh: '缺户口簿', en: 'The household register book' },
  FORM: { zh: '登记表有误', en: 'A form filled in rightly' },
  OTHER: { zh: '其他材料', en: 'Other papers' },
});

export const RejectionReason = codeList('ApplicationRejection', 'Why an application is not taken up.', {
  NOT_REGISTERED_HERE: { zh: '非本地户籍', en: 'Registered elsewhere' },
  IDENTITY_NOT_PROVEN: { zh: '身份无法核实', en: 'Identity not proven' },
  NOT_DUE: { zh: '不符合办理条件', en: 'The conditions are not met' },
  DUPLICATE: { zh: '重复申请', en: 'Applied for already' },
});

export const ExtensionReason = codeList(
  'DeadlineExtensionReason',
  'What makes transport inconvenient (ID Law art. 12).',
  {
    REMOTE_VILLAGE: { zh: '地处偏远', en: 'A remote village' },
    ROAD_CUT: { zh: '道路中断', en: 'The road is cut' },
    WEATHER: { zh: '恶劣天气', en: 'Bad weather' },
  },
);

export const DeliveryFailure = codeList('DeliveryFailure', 'Why a certificate could not be handed over.', {
  NOT_HOME: { zh: '不在家', en: 'Nobody at home' },
  REFUSED: { zh: '拒收', en: 'Refused' },
  MOVED: { zh: '已搬迁', en: 'Moved away' },
  WRONG_DATA: { zh: '证件信息有误', en: 'Wrong entries on it' },
  WEATHER: { zh: '天气原因', en: 'Weather' },
  ROAD: { zh: '道路不通', en: 'Road' },
});

export const OldCardWaiver = codeList('OldCardWaiver', 'Why no old card can be handed back.', {
  NEVER_HELD: { zh: '未持有旧证', en: 'None was ever held' },
  NOT_FOUND: { zh: '旧证下落不明', en: 'It cannot be found' },
  DESTROYED: { zh: '旧证已毁损', en: 'It no longer exists' },
});

export const OldCardOutcome = codeList('OldCardOutcome', 'What became of the old card.', {
  SURRENDERED: { zh: '已交回', en: 'Handed back' },
  WAIVED: { zh: '免交', en: 'Waived, with a reason' },
  NOT_REQUIRED: { zh: '无需交回', en: 'None to hand back' },
});
export type OldCardOutcome = CodeOf<typeof OldCardOutcome>;

export const SignerRelation = codeList('SignerRelation', 'Who signed for a certificate.', {
  SELF: { zh: '本人', en: 'The holder' },
  GUARDIAN: { zh: '监护人', en: 'The guardian' },
  PROXY: { zh: '代领人', en: 'A proxy, with an authorisation' },
});
export type SignerRelation = CodeOf<typeof SignerRelation>;

export const DeliveryMethod = codeList('DeliveryMethod', 'Where a certificate was handed over.', {
  DOOR: { zh: '送证上门', en: 'At the door: counts as delivered' },
  COUNTER: { zh: '窗口领取', en: 'At the counter of the station' },
});
export type DeliveryMethod = CodeOf<typeof DeliveryMethod>;

export const CancellationReason = codeList('CertificateCancellation', 'Why a certificate is not handed over at all.', {
  WITHDRAWN: { zh: '本人撤回', en: 'Withdrawn' },
  MOVED_AWAY: { zh: '户口迁出', en: 'Registration moved away' },
  NO_LONGER_NEEDED: { zh: '不再需要', en: 'No longer needed' },
  DEFECTIVE: { zh: '证件有缺陷', en: 'Defective' },
  DUPLICATE: { zh: '重复办理', en: 'Applied for twice' },
});

export const CustodyEvent = codeList('CustodyEvent', 'A link in the chain of custody.', {
  RECEIVED: { zh: '到所', en: 'Received at the station' },
  LOADED: { zh: '装包', en: 'Loaded into a backpack' },
  ATTEMPTED: { zh: '送证', en: 'Taken to the door' },
  RETURNED: { zh: '退回', en: 'Returned to the station' },
  DELIVERED: { zh: '签收', en: 'Handed over' },
});
export type CustodyEvent = CodeOf<typeof CustodyEvent>;

export const HolderKind = codeList('CustodyHolderKind', 'Who holds a certificate.', {
  STATION: { zh: '派出所', en: 'A station' },
  OFFICER: { zh: '民警', en: 'An officer, in the backpack' },
  RECIPIENT: { zh: '签收人', en: 'Whoever signed for it' },
});
export type HolderKind = CodeOf<typeof HolderKind>;
