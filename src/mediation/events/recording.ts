import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, line } from '../../kernel/fields.js';
import { RecordingMode, RecordingReason } from '../codes.js';
import { ONE_OFFICER } from '../rules/rule.js';
import { milliseconds, partyIds, recordingId, sessionId, sha256 } from './fields.js';

const reason = () => field(RecordingReason.schema, '原因', 'Why');
const offsetMs = () => milliseconds('位置（毫秒）', 'Place in the recording, milliseconds from its start');
const which = { sessionId: sessionId(), recordingId: recordingId() };

export const recordingEvents = defineEvents('dispute', {
  RecordingNoticeGiven: {
    version: 1,
    label: { zh: '告知录音录像', en: 'Recording notice given' },
    data: z.object({ sessionId: sessionId() }),
  },
  RecordingStarted: {
    version: 1,
    label: { zh: '开始录音录像', en: 'Recording started' },
    citation: ONE_OFFICER,
    data: z.object({
      ...which,
      mode: field(RecordingMode.schema, '方式', 'What is recorded'),
      deviceSerial: field(line(60), '设备编号', 'Serial number of the device'),
      startOffsetMs: milliseconds('起始位置（毫秒）', 'Milliseconds from the opening of the session'),
    }),
  },
  RecordingPaused: {
    version: 1,
    label: { zh: '暂停录音录像', en: 'Recording paused' },
    data: z.object({ ...which, offsetMs: offsetMs(), reason: reason() }),
  },
  RecordingResumed: {
    version: 1,
    label: { zh: '恢复录音录像', en: 'Recording resumed' },
    data: z.object({ ...which, offsetMs: offsetMs(), reason: reason() }),
  },
  RecordingGapDetected: {
    version: 1,
    label: { zh: '发现录音录像中断', en: 'Recording gap detected' },
    citation: ONE_OFFICER,
    data: z.object({
      ...which,
      offsetMs: offsetMs(),
      gapMs: milliseconds('中断时长（毫秒）', 'Length of the gap in milliseconds'),
      reason: reason(),
    }),
  },
  RecordingStopped: {
    version: 1,
    label: { zh: '停止录音录像', en: 'Recording stopped' },
    data: z.object({
      ...which,
      reason: reason(),
      durationMs: milliseconds('时长（毫秒）', 'Length in milliseconds'),
      sha256: sha256('文件摘要', 'SHA-256 of the file'),
    }),
  },
  RecordingReviewOffered: {
    version: 1,
    label: { zh: '提出查看录像', en: 'Recording review offered' },
    data: z.object({ sessionId: sessionId(), partyIds: partyIds('当事人', 'Parties who were offered it') }),
  },
});
