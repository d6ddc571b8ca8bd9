import { z } from 'zod';
import { day, field, idOf, line, personal, prose, uuid } from '../../kernel/fields.js';
import { must } from '../../kernel/must.js';
import { PartySide, SigningMethod } from '../codes.js';

/** Free words of people: sealed with the key of the case. */
export const words = (zh: string, en: string, max?: number) => field(personal(prose(max), 'TEXT'), zh, en);
/** Name of someone whose surname could tell who a minor is: a guardian, a relative of the parties. */
export const hiddenName = (zh: string, en: string) => field(personal(line(80), 'TEXT'), zh, en);
export const addressOf = (zh: string, en: string) => field(personal(line(200), 'ADDRESS'), zh, en);

export const partyId = (zh = '当事人', en = 'The party') => field(idOf('resident'), zh, en);
export const partyIds = (zh: string, en: string) => field(z.array(idOf('resident')).min(1).max(20), zh, en);
export const minorIds = () =>
  field(z.array(idOf('resident')), '未成年当事人', 'Parties who were under 18 on the day: masked whole, key or no key');
export const mediatorId = (zh = '调解员', en = 'The mediator') => field(idOf('mediator'), zh, en);
export const unitId = (zh: string, en: string) => field(idOf('orgunit'), zh, en);
export const sessionId = () => field(uuid(), '场次', 'The session');
export const recordingId = () => field(uuid(), '录音录像', 'The recording');
export const participantId = () => field(uuid(), '参与人', 'The participant');
export const obligationId = () => field(uuid(), '履行义务', 'The obligation');

export const side = (zh = '一方', en = 'Side of the dispute') => field(PartySide.schema, zh, en);
export const sides = (zh: string, en: string) => field(z.array(PartySide.schema).max(2), zh, en);
export const onDay = (zh: string, en: string) => field(day(), zh, en);
export const yesNo = (zh: string, en: string) => field(z.boolean(), zh, en);
const hex256 = () =>
  z.string().regex(/^[0-9a-f]{64}$/, must('应为小写十六进制的SHA-256', 'must be a SHA-256 in lower-case hex'));
/** Of a file, which nobody guesses. */
export const sha256 = (zh: string, en: string) => field(hex256(), zh, en);
/** Of words: sealed like them, since whoever guesses the words could confirm them by it, erased or not. */
export const sha256OfWords = (zh: string, en: string) => field(personal(hex256(), 'TEXT'), zh, en);
export const milliseconds = (zh: string, en: string) => field(z.number().int().min(0).max(86_400_000), zh, en);
export const version = (zh: string, en: string) => field(z.number().int().min(1).max(1000), zh, en);
export const people = (zh: string, en: string) => field(z.number().int().min(0).max(1000), zh, en);
export const signingMethod = () => field(SigningMethod.schema, '方式', 'How it was signed');
