/** Types of the events of the reported mediation at Douba, in the order in which they must stand (DOMAIN 5.6, 1). */
export const DOUBA_ORDER = [
  'SessionOpened',
  'LegalProvisionsExplained',
  'DisciplineAnnounced',
  'RecordingNoticeGiven',
  'RecordingStarted',
  'TranscriptDrafted',
  'PartyStatementRecorded',
  'PartyStatementRecorded',
  'DisorderOccurred',
  'PersuasionMade',
  'PersuasionMade',
  'RecordingReviewOffered',
  'PartiesReconciled',
  'OralAgreementReached',
  'RecordingStopped',
  'TranscriptSigned',
] as const;
