import { addDays, startOfDay } from '../kernel/legalDay.js';
import { cancelTimer, policyOf, setTimer } from '../policies/policy.js';
import { certificate } from './certificate.js';
import { recordDeadlineBreach } from './commands/deadline.js';
import type { CertificateEvent } from './events.js';

const TERM = 'term';

/** The first moment after the last day of a term, in Asia/Shanghai. */
const afterTerm = (dueDate: string) => setTimer(TERM, startOfDay(addDays(dueDate, 1)));
const noMore = () => cancelTimer(TERM);

/** A term that ends without a handover is missed, whether or not anybody looks (ID Law arts 12, 20(3)). */
const certificateDeadline = policyOf<CertificateEvent>(certificate)({
  name: 'certificate-deadline',
  version: 1,
  command: recordDeadlineBreach,
  follows: {
    ApplicationSubmitted: ({ data: { dueDate } }) => (dueDate === undefined ? [] : afterTerm(dueDate)),
    DeadlineExtended: ({ data }) => afterTerm(data.newDueDate),
    DeadlineBreached: noMore,
    ApplicationRejected: noMore,
    CertificateDelivered: noMore,
    CertificateCancelled: noMore,
  },
});

export const certificatePolicies = [certificateDeadline];
