import type { CodeOf } from '../../kernel/codes.js';
import type { Aggregate } from '../../kernel/decider.js';
import type { Personal } from '../../kernel/personal.js';
import {
  type MediatorCategory,
  type MediatorEvent,
  type MediatorStatus,
  mediatorEvents,
  type SuspensionReason,
} from './events.js';
import { type MediatorRule, mediatorRuleSets } from './rules.js';

export interface Training {
  readonly subject: string;
  readonly hours: number;
  /** Legal day. */
  readonly trainedOn: string;
}

export interface Suspension {
  readonly reason: CodeOf<typeof SuspensionReason>;
  /** Legal day. */
  readonly suspendedOn: string;
}

export interface Mediator {
  readonly id?: string;
  /** Absent when the mediator is an officer, who has a name there. */
  readonly name?: Personal<string>;
  readonly officerId?: string;
  readonly category?: CodeOf<typeof MediatorCategory>;
  readonly orgUnitId?: string;
  /** Legal day. */
  readonly appointedOn?: string;
  readonly trainings: readonly Training[];
  /** Legal day on which the peacemaker badge was awarded. */
  readonly peacemakerSince?: string;
  /** The suspension in force. */
  readonly suspension?: Suspension;
}

export const mediatorStatus = (mediator: Mediator): CodeOf<typeof MediatorStatus> => {
  if (mediator.suspension) return 'SUSPENDED';
  return mediator.id ? 'APPOINTED' : 'NONE';
};

const present = (ids: readonly (string | undefined)[]): readonly string[] => ids.filter(id => id !== undefined);

export const mediator: Aggregate<Mediator, MediatorEvent, MediatorRule> = {
  category: 'mediator',
  noun: 'Mediator',
  label: { zh: '调解员', en: 'mediator' },
  events: mediatorEvents,
  initial: { trainings: [] },
  ruleSets: mediatorRuleSets,
  statusOf: mediatorStatus,
  orgUnitOf: state => state.orgUnitId,
  participantsOf: state => present([state.id, state.officerId]),
  evolve: {
    MediatorAppointed: (state, { streamId, data }) => ({
      ...state,
      id: streamId,
      category: data.category,
      orgUnitId: data.orgUnitId,
      appointedOn: data.appointedOn,
      ...(data.name ? { name: data.name } : {}),
      ...(data.officerId ? { officerId: data.officerId } : {}),
    }),
    MediatorTrained: (state, { data }) => ({
      ...state,
      trainings: [...state.trainings, { subject: data.subject, hours: data.hours, trainedOn: data.trainedOn }],
    }),
    PeacemakerBadgeAwarded: (state, { data }) => ({ ...state, peacemakerSince: data.awardedOn }),
    MediatorSuspended: (state, { data }) => ({
      ...state,
      suspension: { reason: data.reason, suspendedOn: data.suspendedOn },
    }),
    MediatorReinstated: ({ suspension: _over, ...state }) => state,
  },
};
