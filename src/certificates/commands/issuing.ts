import { OFFICER_ROLES, type Role } from '../../access/roles.js';
import { commandsOf } from '../../commands/command.js';
import { decision } from '../../kernel/decider.js';
import { field, positive } from '../../kernel/fields.js';
import { addDays } from '../../kernel/legalDay.js';
import { unless } from '../../kernel/ruleSet.js';
import { certificate } from '../certificate.js';
import { certificateEvents } from '../events.js';
import { MAX_EXTENSION_DAYS } from '../terms.js';
import { accepted, notEnded, submitted } from './guards.js';

const command = commandsOf(certificate);

/** The county decides; the station records what it was told. */
const ISSUERS: readonly Role[] = [...OFFICER_ROLES, 'COUNTY_CHIEF'];

export const acceptCertificateApplication = command({
  name: 'acceptCertificateApplication',
  label: { zh: '受理', en: 'Accept an application' },
  description: 'Records that the county took the application up, with the number of its receipt.',
  citation: 'ID Law art. 8',
  roles: ISSUERS,
  input: { receiptNo: certificateEvents.ApplicationAccepted.data.shape.receiptNo },
  conflictsWith: ['ApplicationAccepted', 'SupplementRequested', 'ApplicationRejected', 'CertificateCancelled'],
  guard: submitted,
  decide: (_state, input) =>
    decision([], () => [{ type: 'ApplicationAccepted', data: { receiptNo: input.receiptNo } }]),
});

export const requestSupplement = command({
  name: 'requestSupplement',
  label: { zh: '要求补正', en: 'Request a supplement' },
  description: 'Records that the county sent the application back, and what it lacks.',
  roles: ISSUERS,
  input: { reason: certificateEvents.SupplementRequested.data.shape.reason },
  conflictsWith: ['ApplicationAccepted', 'SupplementRequested', 'ApplicationRejected', 'CertificateCancelled'],
  guard: submitted,
  decide: (_state, input) => decision([], () => [{ type: 'SupplementRequested', data: { reason: input.reason } }]),
});

export const rejectCertificateApplication = command({
  name: 'rejectCertificateApplication',
  label: { zh: '不予受理', en: 'Reject an application' },
  description: 'Records that the county did not take the application up, and why.',
  roles: ISSUERS,
  input: { reason: certificateEvents.ApplicationRejected.data.shape.reason },
  conflictsWith: ['ApplicationAccepted', 'SupplementRequested', 'ApplicationRejected', 'CertificateCancelled'],
  guard: submitted,
  decide: (_state, input) => decision([], () => [{ type: 'ApplicationRejected', data: { reason: input.reason } }]),
});

export const extendCertificateDeadline = command({
  name: 'extendCertificateDeadline',
  label: { zh: '延长期限', en: 'Extend the deadline' },
  description: 'Approves, as the station chief, that the term is extended where transport is inconvenient.',
  citation: 'ID Law art. 12',
  roles: ['STATION_CHIEF'],
  input: {
    extraDays: field(positive(), '延长天数', 'Calendar days added, 30 at most'),
    reason: certificateEvents.DeadlineExtended.data.shape.reason,
  },
  conflictsWith: ['DeadlineExtended'],
  guard: state => [
    ...notEnded(state),
    ...unless(state.dueDate !== undefined, 'NO_DEADLINE'),
    ...unless(state.extension === undefined, 'ALREADY_EXTENDED'),
  ],
  decide: (state, input, { actor, today }) => {
    const dueDate = state.dueDate!;
    return decision(
      [
        ...unless(actor.role === 'STATION_CHIEF', 'APPROVER_NOT_CHIEF'),
        ...unless(input.extraDays <= MAX_EXTENSION_DAYS, 'EXTENSION_TOO_LONG', 'extraDays'),
        ...unless(today <= dueDate, 'EXTENDED_TOO_LATE'),
      ],
      () => [
        {
          type: 'DeadlineExtended',
          data: {
            extraDays: input.extraDays,
            reason: input.reason,
            approverId: actor.actorId,
            newDueDate: addDays(dueDate, input.extraDays),
          },
        },
      ],
    );
  },
});

export const produceCertificate = command({
  name: 'produceCertificate',
  label: { zh: '制证', en: 'Produce a certificate' },
  description: 'Records that the certificate was made.',
  roles: ISSUERS,
  input: { batchNo: certificateEvents.CertificateProduced.data.shape.batchNo },
  guard: accepted,
  decide: (_state, input) => decision([], () => [{ type: 'CertificateProduced', data: { batchNo: input.batchNo } }]),
});
