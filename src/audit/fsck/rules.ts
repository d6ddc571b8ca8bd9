/** What every stored event must be like, and how a person is told that one is not. In the order of the report. */
export const RULES = {
  POSITION: 'position does not follow that of the event before',
  REVISION: 'revision does not follow the one before in the stream',
  EVENT_ID: 'event id is no UUID, or stands twice',
  BYTES: 'bytes are not canonical JSON (RFC 8785)',
  ENVELOPE: 'bytes say another id, type, stream or revision than the store does',
  UNKNOWN: 'type or version is not known to this program',
  DATA: 'data is not as the type asks for',
  IN_THE_CLEAR: 'personal value is not sealed',
  SEAL: 'sealed value is malformed, stands in another place, or does not open with its key',
  KEY_MISSING: 'the vault has no key of a sealed value, nor a mark that it was destroyed',
} as const;

export type Rule = keyof typeof RULES;

/** A rule that an event breaks. `detail` says where and how, and never holds a value. */
export interface Misfit {
  readonly rule: Rule;
  readonly detail?: string;
}
