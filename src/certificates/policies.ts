import { addDays, startOfDay } from '../kernel/legalDay.js';
import { cancelTimer, policyOf, setTimer } from '../policies/policy.js';
import { certificate } from './certificate.js';
import { recordDeadlineBreach } from './commands/deadline.js';
import type { CertificateEvent } from './events.js';

/** The first moment after the last day of a term, in Asia/Shanghai. */
const afterTerm = (dueDate: string) => setTimer(dueDate, startOfDay(addDays(dueDate, 1)));

/**
 * A term that ends without a handover is missed, whether or not anybody looks (ID Law arts 12, 20(3)). Nothing that ends
 * or extends it cancels the moment: whether that came in time is decided when the moment is there, so that it is all the
 * same how late the policies run.
 */
const certificateDeadline = policyOf<CertificateEvent>(certificate)({
  name: 'certificate-deadline',
  version: 1,
  command: recordDeadlineBreach,
  follows: {
    ApplicationSubmitted: ({ data: { dueDate } }) => (dueDate === undefined ? [] : afterTerm(dueDate)),
    DeadlineExtended: ({ data }) => afterTerm(data.newDueDate),
    DeadlineBreached: ({ data }) => cancelTimer(data.dueDate),
  },
});

export const certificatePolicies = [certificateDeadline];
