import { type CodeOf, codeList } from '../kernel/codes.js';

export const Role = codeList('Role', 'What a person acts as; decides, with the unit, what the person may do and see.', {
  OFFICER: { zh: '民警', en: 'Officer' },
  AUXILIARY: { zh: '辅警', en: 'Auxiliary officer' },
  STATION_CHIEF: { zh: '派出所所长', en: 'Station chief' },
  MEDIATOR: { zh: '调解员', en: 'Mediator' },
  COURT: { zh: '法庭', en: 'Tribunal' },
  JUSTICE_OFFICE: { zh: '司法所', en: 'Justice office' },
  COUNTY_CHIEF: { zh: '县局局长', en: 'County chief' },
  AUDITOR: { zh: '审计员', en: 'Auditor' },
  ANALYST: { zh: '分析员', en: 'Analyst' },
  ADMIN: { zh: '管理员', en: 'Administrator' },
  SYSTEM: { zh: '系统', en: 'Satchel itself' },
});
export type Role = CodeOf<typeof Role>;

/** Who serves at a station and works with residents. */
export const STATION_ROLES: readonly Role[] = ['OFFICER', 'AUXILIARY', 'STATION_CHIEF'];
/** Who may run a visit, a delivery or a case on a station's behalf; an auxiliary only assists. */
export const OFFICER_ROLES: readonly Role[] = ['OFFICER', 'STATION_CHIEF'];
/** Who may read what a station does for residents, within the scope of their unit. */
export const CASEWORK_READERS: readonly Role[] = [...STATION_ROLES, 'COUNTY_CHIEF', 'AUDITOR'];
/** Who answers for the work of units, or checks it: within the scope of their unit. */
export const SUPERVISORS: readonly Role[] = ['STATION_CHIEF', 'COUNTY_CHIEF', 'AUDITOR'];
/** Everyone who can hold a token. */
export const ALL_ROLES: readonly Role[] = Role.values.filter(role => role !== 'SYSTEM');
/** Who may read what units have done together; a mediator has a part in cases, and sees no unit. */
export const TOTALS_READERS: readonly Role[] = ALL_ROLES.filter(role => role !== 'MEDIATOR');
/** Who may read who serves and who mediates, by name: analysts see numbers alone. */
export const ROSTER_READERS: readonly Role[] = ALL_ROLES.filter(role => role !== 'ANALYST');
/** Who may see of what happened that it did, and nothing of the people whom it happened to. */
export const COUNTS_ONLY: readonly Role[] = ['ANALYST'];
/** Who may follow what units do, without names: those who read casework, and who counts it. */
export const ACTIVITY_READERS: readonly Role[] = [...CASEWORK_READERS, 'ANALYST'];
