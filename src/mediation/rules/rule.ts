export { deviate, refuse } from '../../kernel/ruleSet.js';

/** Statutes and practice that rules are taken from. */
export const PML = "People's Mediation Law";
export const WORK_RULES = "Rules on people's mediation work (2002)";
export const CIVIL_CODE = 'Civil Code';
export const ONE_OFFICER = 'Procedural regulations (2019) art. 52 para. 2';
/** What follows from the record itself: who is in it, and in which order a case goes. */
export const COURSE = "Course of a people's mediation";
export const RECORD = 'The record of the case';
