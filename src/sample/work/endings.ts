import type { CaseInHand } from './case.js';
import { daysAfter } from './scene.js';

const ROUTES = ['ARBITRATION', 'JUDICIAL'] as const;

export const tellRemedies = (dispute: CaseInHand, after: number): void =>
  void dispute.do(after, '16:30', 'notifyRemedies', { routes: ROUTES });

export const close = (dispute: CaseInHand, after: number, outcome: string): void =>
  void dispute.do(after, '17:00', 'closeDispute', { outcome }, dispute.scene.crew.chief.id);

export const archive = (dispute: CaseInHand, after: number, waivers: readonly object[] = []): void =>
  void dispute.do(after, '09:00', 'archiveCaseFile', { documents: ['ID_PROOF'], waivers });

export const perform = (dispute: CaseInHand, obligationId: string, after: number): void =>
  void dispute.do(after, '11:00', 'recordPerformance', { obligationId });

export const breach = (dispute: CaseInHand, obligationId: string, after: number): void =>
  void dispute.do(after, '11:00', 'recordBreach', { obligationId, account: '样例情况：到期未付，电话无人接听。' });

export const planFollowUp = (dispute: CaseInHand, after: number): void =>
  void dispute.do(after, '16:00', 'scheduleFollowUp', { dueDate: daysAfter(dispute.scene, after + 30) });

export const followUp = (dispute: CaseInHand, after: number): void =>
  void dispute.do(after, '15:00', 'recordFollowUp', {
    partyId: dispute.parties[0],
    matter: '样例回访：了解协议履行及双方关系。',
    performance: 'PERFORMED',
    satisfaction: 5,
    escalationSigns: false,
    measures: '样例措施：继续关注，逢节走访。',
  });
