import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, uuid } from '../../kernel/fields.js';
import { EvidenceKind, ProposalAnswer } from '../codes.js';
import { milliseconds, participantId, partyId, recordingId, sessionId, sha256, side, words, yesNo } from './fields.js';

const PRIVILEGE = 'Civil Procedure Law, interpretation (2022) art. 107';
const proposalId = () => field(uuid(), '方案', 'The proposal');
const settlementPrivilege = () =>
  yesNo('和解让步', 'Whether it was admitted for the sake of a settlement and may not be used against the party');

export const statementEvents = defineEvents('dispute', {
  PartyStatementRecorded: {
    version: 1,
    label: { zh: '当事人陈述', en: 'Party statement recorded' },
    citation: PRIVILEGE,
    data: z.object({
      sessionId: sessionId(),
      statementId: field(uuid(), '陈述编号', 'The statement'),
      partyId: partyId('陈述人', 'Party who speaks'),
      side: side(),
      text: words('陈述内容', 'What was said'),
      settlementPrivilege: settlementPrivilege(),
      recordingId: recordingId().optional(),
      recordingOffsetMs: milliseconds('录像位置（毫秒）', 'Place in the recording in milliseconds').optional(),
    }),
    correctable: ['text', 'settlementPrivilege'],
  },
  EvidenceSubmitted: {
    version: 1,
    label: { zh: '举证', en: 'Evidence submitted' },
    data: z.object({
      sessionId: sessionId(),
      evidenceId: field(uuid(), '证据编号', 'The piece of evidence'),
      partyId: partyId('举证人', 'Party who brings it'),
      kind: field(EvidenceKind.schema, '种类', 'What it is'),
      description: words('说明', 'What it shows', 4000),
      sha256: sha256('文件摘要', 'SHA-256 of the file').optional(),
    }),
  },
  PersuasionMade: {
    version: 1,
    label: { zh: '劝说', en: 'Persuasion made' },
    citation: "People's Mediation Law arts. 20, 22",
    data: z.object({
      sessionId: sessionId(),
      participantId: participantId(),
      towards: side('劝说对象', 'Side that is spoken to').optional(),
      summary: words('劝说内容', 'What was said', 4000).optional(),
    }),
  },
  ProposalMade: {
    version: 1,
    label: { zh: '提出方案', en: 'Proposal made' },
    citation: "People's Mediation Law art. 22",
    data: z.object({
      sessionId: sessionId(),
      proposalId: proposalId(),
      partyId: partyId('提出人', 'Party who proposes; the mediator, if nobody').optional(),
      content: words('方案内容', 'What is proposed', 4000),
      settlementPrivilege: settlementPrivilege(),
    }),
  },
  ProposalAnswered: {
    version: 1,
    label: { zh: '回应方案', en: 'Proposal answered' },
    data: z.object({
      sessionId: sessionId(),
      proposalId: proposalId(),
      partyId: partyId('回应人', 'Party who answers'),
      answer: field(ProposalAnswer.schema, '回应', 'What the party says'),
      remarks: words('意见', 'In words', 4000).optional(),
    }),
  },
  PartiesReconciled: {
    version: 1,
    label: { zh: '握手言和', en: 'Parties reconciled' },
    data: z.object({ sessionId: sessionId(), account: words('情况', 'How', 4000).optional() }),
  },
});
